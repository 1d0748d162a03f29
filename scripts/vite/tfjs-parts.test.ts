import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import {
  dropModels,
  dropOptimizers,
  dropStores,
  keepKernels,
  keepResize,
  listedKernels,
  nameShared,
  shortenShaders,
} from './tfjs-parts';

const require = createRequire(import.meta.url);
const installed = (name: string, file: string) =>
  readFileSync(join(dirname(require.resolve(`@tensorflow/${name}/package.json`)), 'dist', file), 'utf8');
const wanted = listedKernels(
  readFileSync(join(import.meta.dirname, '../../src/engine/tfjs/backends/webgpu-kernels.ts'), 'utf8'),
);

it('keeps the kernels that the engine picks for WebGPU in the installed WebAssembly backend, and imports no others', () => {
  const kept = keepKernels(installed('tfjs-backend-wasm', 'register_all_kernels.js'), wanted);
  expect(wanted.size).toBeGreaterThan(20);
  expect(listedKernels(kept)).toEqual(wanted);
});

it('refuses a kernel that the backend does not have', () => {
  const code = installed('tfjs-backend-wasm', 'register_all_kernels.js');
  expect(() => keepKernels(code, new Set(['addConfig', 'guessConfig']))).toThrow('guessConfig');
});

it('takes no optimizers along', () => {
  expect(dropOptimizers(installed('tfjs-core', 'index.js'))).not.toContain('registerOptimizers();');
});

it('takes neither its own models’ files along nor operators on images that nothing calls', () => {
  const base = dropModels(installed('tfjs-core', 'base.js')).replace(/^\/\/# .*$/m, '');
  expect(base).not.toMatch(/\bio\b.*from|[{,] io,/);
  expect(base).toContain('export { browser, math, serialization');
  const platform = dropStores(installed('tfjs-core', 'platforms/platform_browser.js')).replace(/^\/\/# .*$/m, '');
  expect(platform).not.toMatch(/\.\.\/io\/|ModelStoreManagerRegistry/);
  expect(platform).toContain("env().setPlatform('browser', new PlatformBrowser());");
  expect(keepResize(installed('tfjs-core', 'ops/ops.js'))).toContain('const image = { resizeNearestNeighbor };');
});

it('names what WebGPU takes from the CPU’s kernels', () => {
  expect(nameShared(installed('tfjs-backend-webgpu', 'kernel_utils/shared.js'))).toContain(
    'import { addImpl as addImplCPU, castImpl as castImplCPU,',
  );
});

it('says so when a new release looks different', () => {
  expect(() => dropOptimizers('export * from "./base";')).toThrow('tfjs-parts');
  for (const edit of [nameShared, dropModels, dropStores, keepResize])
    expect(() => edit('export * from "./base";')).toThrow('tfjs-parts');
  expect(() => keepKernels('export * from "./base";', wanted)).toThrow('tfjs-parts');
});

it('shortens shaders by indents and comments alone', () => {
  const { code } = shortened(
    'const x = () => `\n    fn main() {\n      // By rows.\n      let a = 1; // One.\n    }`;',
  );
  expect(code).toBe('const x = () => `\nfn main() {\nlet a = 1; // One.\n}`;');
  const kernels = readdirSync(join(dirname(require.resolve('@tensorflow/tfjs-backend-webgpu/package.json')), 'dist'));
  const programs = kernels.filter((file) => file.endsWith('_webgpu.js'));
  expect(programs.length).toBeGreaterThan(40);
  for (const file of programs) {
    const { before, code: after } = shortened(installed('tfjs-backend-webgpu', file));
    expect(after.length).toBeLessThan(before.length);
    expect(parseSync(file, after).errors).toEqual([]);
    expect(withoutSpace(after)).toBe(withoutSpace(before.replace(/^\s*\/\/[^\n`]*\n/gm, '')));
  }
});

const shortened = (before: string) => ({ before, code: shortenShaders(before) });
const withoutSpace = (code: string) => code.replace(/\s+/g, '');
