/** The GPU. The device is asked for here, not by tfjs, so that its name, its limits and its loss are known. */

import { findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors';
import type { Backend, DeviceComplaint } from './backend';

const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

const SCOPES = ['internal', 'validation', 'out-of-memory'] as const satisfies readonly GPUErrorFilter[];

/** @throws EngineError 'backend-unavailable' */
export async function startWebgpu(): Promise<Backend> {
  const device = await requestDevice();
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // The package registers itself where there is WebGPU; typed as always found.
  if (findBackendFactory('webgpu') as unknown) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo));
  return {
    name: 'webgpu',
    device: describe(device.adapterInfo),
    limits: {
      totalBytes: Number.POSITIVE_INFINITY,
      tensorBytes: Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
    },
    lost: device.lost.then((info) => info.message || info.reason),
    watch: (submit) => watch(device, submit),
    stop: () => {
      removeBackend('webgpu');
      device.destroy();
    },
  };
}

async function requestDevice(): Promise<GPUDevice> {
  // Typed as always present, but absent in Node, in browsers without WebGPU and on insecure pages.
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) throw new EngineError('backend-unavailable', 'This browser does not offer WebGPU.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineError('backend-unavailable', 'WebGPU found no graphics adapter.');
  try {
    const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
    return await adapter.requestDevice({ requiredLimits });
  } catch (cause) {
    throw new EngineError('backend-unavailable', 'The graphics adapter did not give a device.', { cause });
  }
}

function describe({ description, vendor, architecture, device }: GPUAdapterInfo): string {
  return description || [vendor, architecture || device].filter(Boolean).join(' ') || 'GPU';
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
