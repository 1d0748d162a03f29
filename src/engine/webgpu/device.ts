/** The one GPUDevice of a thread, shared by everything that computes on it. */

import { EngineError } from '../errors';

/** Asked for where the adapter offers more than every adapter must; the kernels themselves need only the defaults. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Asked for where there: kernels that need one are used only where it was given. */
const FEATURES = ['shader-f16'] as const satisfies readonly GPUFeatureName[];

export interface DeviceLease {
  readonly device: GPUDevice;
  /** For the badge: the adapter in words. */
  readonly description: string;
  /** Once only; the last one destroys the device. */
  readonly release: () => void;
}

interface Shared {
  readonly opened: Promise<GPUDevice>;
  users: number;
}

const shared = new Map<GPU, Shared>();

/**
 * @param gpu default: the browser's; tests in Node bring their own
 * @throws EngineError 'backend-unavailable'
 */
export async function leaseDevice(gpu: GPU | undefined = browserGpu()): Promise<DeviceLease> {
  if (!gpu) throw new EngineError('backend-unavailable', 'This browser does not offer WebGPU.');
  const entry = shared.get(gpu) ?? { opened: openDevice(gpu), users: 0 };
  shared.set(gpu, entry);
  entry.users++;
  const forget = () => {
    if (shared.get(gpu) === entry) shared.delete(gpu);
  };
  try {
    const device = await entry.opened;
    // A lost device is of no use to the next one who asks.
    void device.lost.then(forget);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      if (--entry.users > 0) return;
      forget();
      device.destroy();
    };
    return { device, description: describe(device.adapterInfo), release };
  } catch (error) {
    forget();
    throw error;
  }
}

function browserGpu(): GPU | undefined {
  // Typed as always present, but absent in Node, in browsers without WebGPU and on insecure pages.
  return (globalThis.navigator as Navigator | undefined)?.gpu;
}

async function openDevice(gpu: GPU): Promise<GPUDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineError('backend-unavailable', 'WebGPU found no graphics adapter.');
  try {
    const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
    const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
    return await adapter.requestDevice({ label: 'counterpart', requiredLimits, requiredFeatures });
  } catch (cause) {
    throw new EngineError('backend-unavailable', 'The graphics adapter did not give a device.', { cause });
  }
}

function describe({ description, vendor, architecture, device }: GPUAdapterInfo): string {
  return description || [vendor, architecture || device].filter(Boolean).join(' ') || 'GPU';
}
