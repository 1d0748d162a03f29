/** The layers, highest first. An import may stay in its layer or go down this list, never up. */
const LAYERS = [
  ['app', 'cli'],
  ['state'],
  ['viewport'],
  ['worker'],
  ['export'],
  ['run'],
  ['dataset'],
  ['record'],
  ['dicom'],
  ['counterfactual'],
  ['networks'],
  ['engine', 'findings'],
  ['imaging'],
  // Words for the screen, and what zod schemas share: every layer may have something to say, or a border to check.
  ['messages', 'schemas', 'assembler'],
];
const TEST = '\\.test\\.tsx?$|/testing/';

const below = LAYERS.flatMap((layer, depth) => {
  const above = LAYERS.slice(0, depth).flat();
  return above.length === 0
    ? []
    : layer.map((name) => ({
        name: `${name}-imports-downwards`,
        comment: `src/${name}/ is below ${above.join(', ')} and may not import from there.`,
        severity: 'error',
        from: { path: `^src/${name}/` },
        to: { path: `^src/(?:${above.join('|')})/` },
      }));
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...below,
    {
      name: 'engine-stands-alone',
      comment:
        'The engine could be its own package: with the assembler it imports nothing from the rest, not even errors.ts.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/', pathNot: '^src/(?:engine|assembler)/' },
    },
    {
      name: 'findings-without-engine',
      comment: 'The vocabulary knows nothing of networks.',
      severity: 'error',
      from: { path: '^src/findings/' },
      to: { path: '^src/engine/' },
    },
    {
      name: 'app-and-cli-apart',
      comment: 'Two faces of the same core do not know each other.',
      severity: 'error',
      from: { path: '^src/(app|cli)/' },
      to: { path: '^src/(?:app|cli)/', pathNot: '^src/$1/' },
    },
    {
      name: 'no-page-in-the-core',
      comment: 'What runs in a worker, in Node and in a test does not import the user interface’s libraries.',
      severity: 'error',
      from: {
        path: '^src/(?:schemas|imaging|findings|engine|networks|counterfactual|dicom|record|dataset|run|export|worker)/',
        pathNot: TEST,
      },
      to: { path: 'node_modules/(?:react|react-dom|zustand|radix-ui|@radix-ui|lucide-react|cornerstone-core)(?:/|$)' },
    },
    {
      name: 'tfjs-only-in-its-executor',
      comment: 'One folder knows tfjs, so that another executor can take its place.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/engine/tfjs/', TEST] },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-type-cycles-in-the-record',
      comment:
        'What a user has made, and the state around it, is typed from below: a slice by its own interface, not by the whole store.',
      severity: 'error',
      from: { path: '^src/(?:record|dataset|run|export|state)/', pathNot: TEST },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          TEST,
          '\\.d\\.ts$',
          '^src/app/main\\.tsx$',
          '^src/app/offline/serviceWorker\\.ts$',
          '^src/csp-nonce\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'no-development-packages',
      comment: 'What ships depends on what package.json lists under dependencies.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TEST, '\\.bench\\.ts$'] },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: ['node_modules/@types/', 'node_modules/vite/'],
      },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^node:', '\\?'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'module', 'types', 'default'],
    },
  },
};
