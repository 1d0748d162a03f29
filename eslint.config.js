import js from '@eslint/js';
import formatjs from 'eslint-plugin-formatjs';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Layers that must run in a worker, in Node and in a test alike: no page, no store, no clock of a screen. */
const PURE = [
  'src/schemas/**',
  'src/imaging/**',
  'src/findings/**',
  'src/engine/**',
  'src/networks/**',
  'src/counterfactual/**',
  'src/dataset/**',
];
const TESTS = ['**/*.test.{ts,tsx,mjs}', 'src/**/testing/**', 'e2e/**'];

export default defineConfig(
  globalIgnores([
    'dist/',
    'build/',
    'node_modules/',
    'models/',
    'training/',
    '.venv/',
    'test-results/',
    'playwright-report/',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-implicit-coercion': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    // Words for the screen come from src/messages.
    files: ['src/app/**/*.{ts,tsx}', 'src/state/**/*.ts'],
    ignores: TESTS,
    plugins: { formatjs },
    rules: {
      'formatjs/no-literal-string-in-jsx': [
        'error',
        { props: { include: [['*', '{label,detail,about,valueText,title,word,placeholder}']] } },
      ],
      'formatjs/no-literal-string-in-object': ['error', { include: ['title', 'detail', 'reason', 'advice'] }],
    },
  },
  {
    // The store's actions are closures, not methods: taking one out of the state is how zustand is used.
    files: ['src/app/**', 'src/state/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'sessionStorage', 'alert', 'HTMLElement', 'HTMLCanvasElement'].map(
          (name) => ({
            name,
            message: 'This layer also runs in a worker and in Node: no DOM here.',
          }),
        ),
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // TypeScript checks names and types in scripts/ too, through JSDoc, which these two rules do not read.
    files: ['scripts/**/*.mjs'],
    rules: { 'no-undef': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // Benchmarks are scripts without their own project.
    files: ['bench/**/*.mjs', '**/*.{js,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'URL', 'module', 'performance', 'fetch'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
