import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { transformWithOxc } from 'vite';
import { expect, it } from 'vitest';
import { keepFactoryText } from './tfjs-threads.ts';

const file = createRequire(import.meta.url).resolve(
  '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
);

it('gives the installed factory a text that is a factory by itself', async () => {
  const code = keepFactoryText(await readFile(file, 'utf8'));
  const module: { exports: unknown } = { exports: undefined };
  runInNewContext(code, { module, exports: {} });
  const text = String(module.exports);
  // The guard that a minifier would drop, and what it guards.
  expect(text).toContain('typeof _scriptDir');
  expect(runInNewContext(`typeof ${text}`)).toBe('function');
});

it('leaves code that is still JavaScript', async () => {
  const { code } = await transformWithOxc(keepFactoryText(await readFile(file, 'utf8')), 'factory.js');
  expect(code).toContain('toString');
});

it('stops the build when the file is not the one it knows', () => {
  expect(() => keepFactoryText('module.exports = 1;')).toThrow('not found');
});
