/** WebGPU in Node: Dawn (npm "webgpu"), which is loaded when it is asked for and not before. */

import { createWgslExecutor } from '../../engine/webgpu/executor';
import type { Executor } from '../../engine/executor';
import { EngineError } from '../../engine/errors';
import { GpuMissingError, GpuPackageMissingError } from '../errors';

/** The engine on the machine's graphics adapter. @throws GpuPackageMissingError, GpuMissingError */
export async function gpuExecutor(): Promise<Executor> {
  const dawn = await import('webgpu').catch((cause: unknown) => {
    throw new GpuPackageMissingError({ cause });
  });
  // Names such as GPUBufferUsage, which a browser has.
  Object.assign(globalThis, dawn.globals);
  try {
    return await createWgslExecutor({ gpu: dawn.create([]) });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new GpuMissingError(error.message, { cause: error });
  }
}
