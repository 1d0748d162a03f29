/** Starts the engines that are compared, all as executors. */

import type { Executor } from '../../src/engine';
import { createTfjsExecutor } from '../../src/engine/tfjs/executor';
import { createWasmExecutor } from '../../src/engine/wasm/executor';
import { createWgslExecutor } from '../../src/engine/webgpu/executor';
import { litert } from './litert';
import { onnxruntime } from './onnxruntime';
import type { EngineName } from './protocol';
import { tfjsWebgl } from './tfjs-webgl';

/**
 * @param networks whose files are fetched now, so that no download is timed
 * @throws Error where it cannot run here
 */
export async function startEngine(engine: EngineName, threads: number, networks: readonly string[]): Promise<Executor> {
  switch (engine) {
    case 'wgsl':
      return createWgslExecutor();
    case 'wgsl-half-webgpu':
      return createWgslExecutor({ halfArithmetic: true });
    case 'simd-wasm':
      return createWasmExecutor({ threads });
    case 'tfjs-webgpu':
      return createTfjsExecutor('webgpu');
    case 'tfjs-wasm':
      return createTfjsExecutor('wasm', { wasmPaths: '/wasm/', threads });
    case 'tfjs-webgl':
      return tfjsWebgl();
    case 'onnxruntime-web-webgpu':
      return onnxruntime('webgpu', threads, networks);
    case 'onnxruntime-web-wasm':
      return onnxruntime('wasm', threads, networks);
    case 'litert-webgpu':
      return litert('webgpu', threads, networks);
    case 'litert-wasm':
      return litert('wasm', threads, networks);
  }
}
