import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { zodWithoutEval } from './zod-without-eval.ts';

const ZOD = resolve(import.meta.dirname, '../../node_modules/zod/index.js');

it('leaves a built schema that never asks for new Function', async () => {
  const root = await mkdtemp(join(tmpdir(), 'counterpart-zod-'));
  const asked: unknown[] = [];
  const Native = globalThis.Function;
  try {
    const source = `import { z } from ${JSON.stringify(ZOD)};
      export const parse = (value) => z.object({ a: z.number(), b: z.string().optional() }).parse(value);`;
    await writeFile(join(root, 'entry.js'), source);
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [zodWithoutEval()],
      build: { outDir: 'out', minify: false, lib: { entry: 'entry.js', formats: ['es'], fileName: () => 'built.mjs' } },
    });
    globalThis.Function = new Proxy(Native, {
      construct: (target, args: unknown[]) => {
        asked.push(args);
        return Reflect.construct(target, args) as object;
      },
    });
    const built = (await import(/* @vite-ignore */ join(root, 'out', 'built.mjs'))) as {
      parse: (value: unknown) => unknown;
    };
    expect(built.parse({ a: 1 })).toEqual({ a: 1 });
    expect(() => built.parse({ a: 'one' })).toThrow('expected number');
    expect(asked).toEqual([]);
  } finally {
    globalThis.Function = Native;
    await rm(root, { recursive: true });
  }
});
