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

/** Who made the adapter, as far as the browser tells; empty texts where it does not. */
export type AdapterName = Readonly<Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>>;

export interface DeviceLease {
  readonly device: GPUDevice;
  readonly name: AdapterName;
  /** For the badge: the adapter in words. */
  readonly description: string;
  /** Once only; the last one destroys the device. */
  readonly release: () => void;
}

type Opened = Pick<DeviceLease, 'device' | 'name' | 'description'>;

interface Shared {
  readonly opened: Promise<Opened>;
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
    const opened = await entry.opened;
    const { device } = opened;
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
    return { ...opened, release };
  } catch (error) {
    forget();
    throw error;
  }
}

function browserGpu(): GPU | undefined {
  // Typed as always present, but absent in Node, in browsers without WebGPU and on insecure pages.
  return (globalThis.navigator as Navigator | undefined)?.gpu;
}

/** Everything that may fail comes before the device: one that nobody holds would never be destroyed. */
async function openDevice(gpu: GPU): Promise<Opened> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineError('backend-unavailable', 'WebGPU found no graphics adapter.');
  const name = await nameOf(adapter);
  const description = describe(name);
  // Older browsers lack some of the names.
  const limits = LIMITS.filter((limit) => (adapter.limits[limit] as number | undefined) !== undefined);
  try {
    const requiredLimits = Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]]));
    const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
    const device = await adapter.requestDevice({ label: 'counterpart', requiredLimits, requiredFeatures });
    return { device, name, description };
  } catch (cause) {
    throw new EngineError('backend-unavailable', 'The graphics adapter did not give a device.', { cause });
  }
}

/** `GPUDevice.adapterInfo` came last, `GPUAdapter.info` before it, and first there was a method to ask for it. */
interface OlderAdapter {
  readonly info?: Partial<AdapterName>;
  requestAdapterInfo?(): Promise<Partial<AdapterName>>;
}

async function nameOf(adapter: OlderAdapter): Promise<AdapterName> {
  // It is for a badge, and for what is kept between visits: work does not depend on it.
  const asked = async () => adapter.requestAdapterInfo?.();
  const info = adapter.info ?? (await asked().catch(() => undefined));
  const { vendor = '', architecture = '', device = '', description = '' } = info ?? {};
  return { vendor, architecture, device, description };
}

function describe({ description, vendor, architecture, device }: AdapterName): string {
  return description || [vendor, architecture || device].filter(Boolean).join(' ') || 'GPU';
}
