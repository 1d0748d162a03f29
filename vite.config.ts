import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { ISOLATION_HEADERS, NONCE_PLACEHOLDER } from './scripts/serve/headers.mjs';
import { classNames } from './scripts/vite/class-names.ts';
import { messages } from './scripts/vite/compile-messages.ts';
import { componentParts } from './scripts/vite/component-parts.ts';
import { laterChunks } from './scripts/vite/later-chunks.ts';
import { pageChunks } from './scripts/vite/page-chunks.ts';
import { pageWorkers } from './scripts/vite/page-workers.ts';
import { SERVICE_WORKER_FILE, serviceWorker } from './scripts/vite/service-worker.ts';
import { staticFolders } from './scripts/vite/static-folders.ts';
import { tfjsParts } from './scripts/vite/tfjs-parts.ts';
import { tfjsWithoutThreads } from './scripts/vite/tfjs-threads.ts';
import { thirdParty } from './scripts/vite/third-party.ts';
import { webpackParts } from './scripts/vite/webpack-parts.ts';
import { zodWithoutEval } from './scripts/vite/zod-without-eval.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The parts of models/ that a browser needs; cards stay behind. Goldens are for the benchmark's page, which alone asks for them. */
const SHIPPED_MODEL_FILE =
  /^(?:manifest\.json|[^/]+\/(?:graph\.json|weights\.safetensors|goldens\.safetensors|neighbours\.safetensors)|samples\/.+)$/;

const notices = thirdParty(readFileSync(here('./LICENSE'), 'utf8'));
/** Notices are told in one file (scripts/vite/third-party.ts), not in every chunk. */
const comments = false;

const OTHER_PAGES = { bench: here('./bench.html'), blind: here('./blind.html') };

const WORKERS = {
  inference: here('./src/worker/main.ts'),
  opening: here('./src/worker/openMain.ts'),
  keeping: here('./src/app/offline/keepMain.ts'),
  thread: here('./src/engine/wasm/threads/worker.ts'),
  languageModelWorker: here('./src/worker/languageModel/languageModelWorker.ts'),
};
const inSources = (...paths: string[]) => paths.map((path) => here(`./src/${path}`));
/** What is fetched later, by what it is fetched for; what more of them need comes with the first. */
const LATER = {
  png: inSources('imaging/png.ts', 'imaging/mask-sniff.ts', 'imaging/mask-file.ts', 'imaging/as-seen.ts'),
  jpeg: inSources('imaging/jpeg.ts'),
  dicom: inSources('dicom/read-dicom.ts', 'dicom/patient-study.ts', 'dicom/seg/sniff.ts', 'dicom/seg/read-seg.ts'),
  writing: inSources(
    'dicom/seg/belongs.ts',
    'dicom/seg/write-seg.ts',
    'export/writers/pictures.ts',
    'export/zip.ts',
    'record/project/projectFile.ts',
  ),
  dialogs: inSources(
    'app/candidates/saveSweep.ts',
    'app/masks/MasksPanel.tsx',
    'app/opening/FrameQuestion.tsx',
    'app/opening/MaskQuestion.tsx',
    'app/projects/ProjectsDialog.tsx',
    'app/report/ReportDialog.tsx',
    'app/swap/MatrixDialog.tsx',
    'app/swap/SwapDialog.tsx',
    'app/tour/Tour.tsx',
    'state/languageModel.ts',
    'worker/languageModel/localModel.ts',
  ),
  sets: inSources(
    'app/dataset/DatasetDialog.tsx',
    'app/run/RunDialog.tsx',
    'export/registry.ts',
    'export/runItems.ts',
    'export/write.ts',
    'state/commands/planRun.ts',
  ),
};
/** The server gives the workers' folder the policy that WebAssembly threads need; what they import runs under it too. */
const chunkNamed = (name: string) => (name in WORKERS ? 'assets/worker/[name]-[hash].js' : 'assets/[name]-[hash].js');

export default defineConfig(({ command }) => ({
  plugins: [
    react(),
    pageWorkers(WORKERS),
    tfjsWithoutThreads(),
    tfjsParts(here('./src/engine/tfjs/backends/webgpu-kernels.ts')),
    webpackParts({
      'cornerstone-core': {
        file: here('./node_modules/cornerstone-core/dist/cornerstone.js'),
        used: ['enable', 'disable', 'displayImage', 'setViewport', 'resize'],
        // Greys alone are drawn, one image an element, on a canvas.
        without: [
          './internal/drawCompositeImage.js',
          './internal/tryEnableWebgl.js',
          './layers.js',
          './rendering/renderColorImage.js',
          './rendering/renderLabelMapImage.js',
          './rendering/renderPseudoColorImage.js',
          './webgl/index.js',
        ],
      },
      'dicom-parser': { file: here('./node_modules/dicom-parser/dist/dicomParser.js'), used: ['parseDicom'] },
    }),
    componentParts(),
    messages(),
    zodWithoutEval(),
    staticFolders([
      { from: here('./models'), to: 'models', include: (path) => SHIPPED_MODEL_FILE.test(path) },
      {
        from: here('./node_modules/@tensorflow/tfjs-backend-wasm/dist'),
        to: 'wasm',
        include: (path) => /^tfjs-backend-wasm(?:-simd)?\.wasm$/.test(path),
      },
    ]),
    serviceWorker(),
    notices,
  ],
  resolve: {
    alias: {
      // The style injector of the component library asks this module for the nonce that the content security policy wants.
      'get-nonce': here('./src/csp-nonce.ts'),
    },
  },
  css: { modules: command === 'build' ? { generateScopedName: classNames(here('./src')) } : {} },
  html: { cspNonce: NONCE_PLACEHOLDER },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  build: {
    target: 'es2023',
    // data: addresses would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // Workers have no document that could fetch ahead.
    modulePreload: {
      resolveDependencies: (_, files, { hostId }) => (hostId.startsWith('assets/worker/') ? [] : files),
    },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // A property that is read for nothing does nothing, here and in what we use: 1.7 kB less.
      treeshake: { propertyReadSideEffects: false },
      input: {
        index: here('./index.html'),
        ...OTHER_PAGES,
        'service-worker': here('./src/app/offline/serviceWorker.ts'),
      },
      output: {
        comments,
        // Under a name that stays: the browser compares it with the one it has.
        entryFileNames: ({ name }) => (name === 'service-worker' ? SERVICE_WORKER_FILE : chunkNamed(name)),
        chunkFileNames: ({ name }) => chunkNamed(name),
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            { name: 'components', test: /node_modules[\\/](?:@radix-ui|radix-ui|@floating-ui|lucide-react)[\\/]/ },
            { name: 'viewer', test: /node_modules[\\/]cornerstone-core[\\/]/ },
            ...pageChunks(['studio', here('./index.html')], OTHER_PAGES, Object.values(WORKERS)),
            ...laterChunks(LATER, [...Object.values(OTHER_PAGES), ...Object.values(WORKERS)]),
          ],
        },
      },
    },
  },
  test: {
    reporters: ['default'],
    // Generous: the tests also run on two cores that are busy with something else.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest leaves one core to itself, which on two cores is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}', 'bench/**/*.test.{ts,mjs}'],
          exclude: ['src/{app,state,viewport,engine,networks}/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          environment: 'jsdom',
          include: ['src/{app,state,viewport}/**/*.test.{ts,tsx}'],
          setupFiles: ['src/app/testing/patience.ts'],
        },
      },
      {
        extends: true,
        // Networks against their goldens on tfjs-wasm: seconds each, so they run one file at a time.
        test: {
          name: 'engine',
          environment: 'node',
          include: ['src/{engine,networks}/**/*.test.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
}));
