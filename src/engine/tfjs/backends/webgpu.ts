/** The GPU. The device is asked for by the engine, not by tfjs, so that its name, its limits and its loss are known, and shared. */

import { findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors';
import { leaseDevice } from '../../webgpu/device';
import type { Backend, DeviceComplaint } from './backend';

const SCOPES = ['internal', 'validation', 'out-of-memory'] as const satisfies readonly GPUErrorFilter[];

/** @throws EngineError 'backend-unavailable' */
export async function startWebgpu(): Promise<Backend> {
  const { device, name, description, release } = await leaseDevice();
  const { WebGPUBackend } = await importKernels().catch((cause: unknown) => {
    release();
    throw new EngineError('backend-unavailable', 'The kernels of tfjs could not be fetched.', { cause });
  });
  // The package registers itself where there is WebGPU; typed as always found.
  if (findBackendFactory('webgpu') as unknown) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, name as GPUAdapterInfo));
  return {
    name: 'webgpu',
    device: description,
    limits: {
      totalBytes: Number.POSITIVE_INFINITY,
      tensorBytes: Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
    },
    lost: device.lost.then((info) => info.message || info.reason),
    watch: (submit) => watch(device, submit),
    stop: () => {
      removeBackend('webgpu');
      release();
    },
  };
}

function importKernels() {
  return import('./webgpu-kernels');
}

async function watch(device: GPUDevice, submit: () => Promise<void>): Promise<DeviceComplaint | undefined> {
  for (const scope of SCOPES) device.pushErrorScope(scope);
  // A lost device rejects, which `lost` reports better.
  const pop = () => Promise.all(SCOPES.map(() => device.popErrorScope().catch(() => null)));
  try {
    await submit();
  } catch (error) {
    await pop();
    throw error;
  }
  const [first] = (await pop()).filter((error) => error !== null);
  return first && { kind: first instanceof GPUOutOfMemoryError ? 'out-of-memory' : 'failed', message: first.message };
}
