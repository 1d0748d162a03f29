/** What this browser on this computer offers: nothing of what is open in it. */

import * as say from '../../messages/en/diagnostics';

export interface Environment {
  readonly browser: string;
  readonly language: string;
  readonly processors: number;
  /** Gigabytes, rounded by the browser; undefined where it does not say. */
  readonly memory: number | undefined;
  readonly screen: string;
  /** Without it there are no WebAssembly threads. */
  readonly isolated: boolean;
  readonly secure: boolean;
  /** Undefined: no WebGPU. */
  readonly adapter: Adapter | undefined;
  /** Bytes used and allowed; undefined where the browser does not say. */
  readonly storage: { readonly used: number; readonly allowed: number; readonly kept: boolean } | undefined;
  /** Whether the app answers without a server. */
  readonly offline: 'ready' | 'not yet' | 'not possible';
}

export interface Adapter {
  readonly name: string;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** What the studio's kernels care about. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** As much of WebGPU as is asked; the DOM library has no types for it. */
interface GpuLike {
  requestAdapter(): Promise<{
    readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly description?: string };
    readonly features: Iterable<string>;
    readonly limits: Readonly<Record<string, number | undefined>>;
  } | null>;
}

async function adapterOf(gpu: GpuLike | undefined): Promise<Adapter | undefined> {
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (adapter === null || adapter === undefined) return undefined;
  const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
  return {
    name: [vendor, architecture, description].filter((part) => part !== '').join(' ') || say.notNamed(),
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit] ?? 0])),
  };
}

async function storageOf(storage: StorageManager | undefined): Promise<Environment['storage']> {
  try {
    const [estimate, kept] = [await storage?.estimate(), (await storage?.persisted()) ?? false];
    return estimate?.usage === undefined || estimate.quota === undefined
      ? undefined
      : { used: estimate.usage, allowed: estimate.quota, kept };
  } catch {
    return undefined;
  }
}

/** Never rejects: what cannot be told is left out. */
export async function readEnvironment(): Promise<Environment> {
  const { gpu, deviceMemory } = navigator as Navigator & { readonly gpu?: GpuLike; readonly deviceMemory?: number };
  // jsdom, private windows and old browsers lack some of these, whatever their types say.
  const lacking: Partial<Navigator> = navigator;
  const worker = lacking.serviceWorker;
  return {
    browser: navigator.userAgent,
    language: navigator.language,
    processors: navigator.hardwareConcurrency,
    memory: deviceMemory,
    screen: say.screenSize({ width: screen.width, height: screen.height, ratio: devicePixelRatio }),
    isolated: globalThis.crossOriginIsolated,
    secure: globalThis.isSecureContext,
    adapter: await adapterOf(gpu),
    storage: await storageOf(lacking.storage),
    offline:
      worker === undefined
        ? 'not possible'
        : (await worker.getRegistration().catch(() => undefined))?.active
          ? 'ready'
          : 'not yet',
  };
}
