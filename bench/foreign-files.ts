/** What the other libraries need beside their packages: converted networks, and LiteRT's script as a module. */

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StaticFolder } from '../scripts/vite/static-folders';

type Library = 'onnxruntime-web' | 'litert';

const CONVERTED: Readonly<Record<Library, { file: (network: string) => string; how: (networks: string) => string }>> = {
  'onnxruntime-web': {
    file: (network) => `onnx/${network}.onnx`,
    how: (networks) => `in training/: training export --onnx-only ${networks}`,
  },
  litert: {
    file: (network) => `tflite/${network}.b${network === 'denoiser' ? 3 : 1}.tflite`,
    how: (networks) => `uv run bench/convert/tflite.py ${networks}`,
  },
};

/** One line for each library that lacks files, with the command that makes them. */
export function missingFiles(
  build: string,
  engines: readonly string[],
  networks: readonly string[],
  exists: (path: string) => boolean = existsSync,
): string[] {
  return (Object.keys(CONVERTED) as Library[])
    .filter((library) => engines.some((engine) => engine.startsWith(library)))
    .flatMap((library) => {
      const { file, how } = CONVERTED[library];
      const without = networks.filter((network) => !exists(join(build, file(network))));
      return without.length > 0
        ? [
            `${library} lacks its files of ${without.join(', ')}, which are not in the repository. To make them, ${how(without.join(' '))}`,
          ]
        : [];
    });
}

/** @param workerFolder where the server allows WebAssembly to be compiled and threads to be started */
export async function foreignFolders(repository: string, workerFolder: string): Promise<StaticFolder[]> {
  const [build, modules] = [join(repository, 'build'), join(repository, 'node_modules')];
  const litert = join(modules, '@litertjs/core/wasm');
  return [
    { from: join(build, 'onnx'), to: 'onnx', include: (path) => /\.onnx(?:\.data)?$/.test(path) },
    { from: join(build, 'tflite'), to: 'tflite', include: (path) => path.endsWith('.tflite') },
    {
      from: join(modules, 'onnxruntime-web/dist'),
      to: `${workerFolder}/ort`,
      include: (path) =>
        /^(?:ort\.(?:wasm|webgpu)\.min|ort-wasm-simd-threaded(?:\.asyncify|\.jsep)?)\.(?:mjs|wasm)$/.test(path),
    },
    // Its factory looks beside the worker's own script.
    { from: litert, to: workerFolder, include: (path) => path === 'litert_wasm_internal.wasm' },
    {
      from: await litertModule(litert, join(build, 'litert')),
      to: `${workerFolder}/litert`,
      include: (path) => path.endsWith('.mjs'),
    },
  ];
}

/** LiteRT's script defines a global function, which a module does not; so it says where it is. */
async function litertModule(from: string, to: string): Promise<string> {
  const script = await readFile(join(from, 'litert_wasm_internal.js'), 'utf8');
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'litert_wasm_internal.mjs'), `${script}\nself.ModuleFactory = ModuleFactory;\n`);
  return to;
}
