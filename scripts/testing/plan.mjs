import { join } from 'node:path';
import { SetupError } from '../setup/setup-error.mjs';
import { junitReport, playwrightReport, vitestReport } from './counts.mjs';

/** @typedef {import('./counts.mjs').Report} Report */
/** @typedef {'checks' | 'unit' | 'engine' | 'training' | 'build' | 'e2e'} Part */
/** @typedef {'dependencies' | 'python' | 'chromium' | 'build'} Need */
/**
 * @typedef {object} Step
 * @property {Part} part
 * @property {string} name
 * @property {readonly Need[]} needs
 * @property {'node' | 'python'} program
 * @property {readonly string[]} args
 * @property {boolean} [single] keeps one core busy, no more: another such step may run beside it
 * @property {string} [folder] where it runs, relative to the root
 * @property {Readonly<Record<string, string>>} [environment]
 * @property {{ file: string, read: (report: string) => Report }} [report] absent: a check, which counts as one test
 */

/** @type {readonly Part[]} */
export const PARTS = ['checks', 'unit', 'engine', 'training', 'build', 'e2e'];

/**
 * Every step of a whole run, cheapest first. Paths in `args` are absolute or relative to the step's folder.
 * @param {string} root
 * @param {string} reports the folder that reports are written to
 * @returns {readonly Step[]}
 */
export function testSteps(root, reports) {
  const bin = (/** @type {string} */ path) => join(root, 'node_modules', ...path.split('/'));
  /** @type {(part: Part, name: string, args: readonly string[]) => Step} */
  const nodeCheck = (part, name, args) => ({
    part,
    name,
    args,
    single: true,
    program: 'node',
    needs: ['dependencies'],
  });
  /** @type {(name: string, args: readonly string[]) => Step} */
  const pythonCheck = (name, args) => ({
    part: 'training',
    name,
    args,
    single: true,
    program: 'python',
    needs: ['python'],
    folder: 'training',
  });
  /** @type {(part: Part, projects: readonly string[]) => Step} */
  const vitest = (part, projects) => {
    const file = join(reports, `vitest-${part}.json`);
    const selection = projects.flatMap((project) => ['--project', project]);
    return {
      part,
      name: `vitest (${projects.join(', ')})`,
      program: 'node',
      args: [
        bin('vitest/vitest.mjs'),
        'run',
        ...selection,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      needs: ['dependencies'],
      report: { file, read: vitestReport },
    };
  };
  const junit = join(reports, 'pytest.xml');
  const playwright = join(reports, 'playwright.json');
  return [
    nodeCheck('checks', 'types of the app (tsc)', [bin('typescript/bin/tsc'), '--noEmit']),
    nodeCheck('checks', 'types of the scripts (tsc)', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'scripts']),
    nodeCheck('checks', 'lint (eslint)', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']),
    nodeCheck('checks', 'format (prettier)', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
    nodeCheck('checks', 'layers (dependency-cruiser)', [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      'src',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
    nodeCheck('checks', 'unused code (knip)', [bin('knip/bin/knip.js')]),
    vitest('unit', ['unit', 'app']),
    vitest('engine', ['engine']),
    pythonCheck('lint (ruff)', ['-m', 'ruff', 'check', '.']),
    pythonCheck('types (mypy)', ['-m', 'mypy']),
    {
      part: 'training',
      name: 'pytest',
      single: true,
      program: 'python',
      args: ['-m', 'pytest', '-q', `--junitxml=${junit}`],
      needs: ['python'],
      folder: 'training',
      report: { file: junit, read: junitReport },
    },
    { ...nodeCheck('build', 'size budgets', ['scripts/size.mjs']), needs: ['dependencies', 'build'] },
    {
      part: 'e2e',
      name: 'playwright',
      program: 'node',
      args: [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
      needs: ['dependencies', 'build', 'chromium'],
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwright },
      report: { file: playwright, read: playwrightReport },
    },
  ];
}

/**
 * @param {readonly string[]} args names of parts; none asks for all
 * @returns {readonly Part[]}
 * @throws {SetupError} 'bad-argument'
 */
export function chooseParts(args) {
  const unknown = args.find((arg) => !PARTS.some((part) => part === arg));
  if (unknown !== undefined) {
    throw new SetupError(
      'bad-argument',
      `There is no part "${unknown}" of the tests.`,
      `Name some of: ${PARTS.join(', ')}; or none for all.`,
    );
  }
  return args.length === 0 ? PARTS : PARTS.filter((part) => args.includes(part));
}
