import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { addressWorkers, helpWorkers } from './page-workers';

const named = (code: string) => addressWorkers(code, '/src/app/start.ts', (worker) => `at(${worker})`);

it('replaces the addresses of workers, however the call is broken into lines', () => {
  expect(named("new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' })")).toBe(
    "new Worker(at(/src/worker/main.ts), { type: 'module' })",
  );
  expect(named("new Worker(\n  new URL(\n    './one.ts',\n    import.meta.url,\n  ),\n  options)")).toBe(
    'new Worker(\n  at(/src/app/one.ts),\n  options)',
  );
});

it('leaves other addresses and workers alone', () => {
  for (const code of ["new URL('./picture.png', import.meta.url)", 'new Worker(address)'])
    expect(named(code)).toBe(code);
});

it('finds in the helper of the installed Vite what a worker cannot do', () => {
  const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'));
  const source = readFileSync(join(vite, 'dist/node/chunks/node.js'), 'utf8');
  const helper = /^function preload\(baseModule[\s\S]*?^\}/m.exec(source)?.[0] ?? '';
  const helped = helpWorkers(helper);
  expect(helped).not.toContain('window.');
  expect(helped).toContain("typeof document !== 'undefined' && deps");
});

it('fails where the helper is another', () => {
  expect(() => helpWorkers('export const preload = 1;')).toThrow(/was not found/);
});
