import { describe, expect, it } from 'vitest';
import { leaseDevice } from './device';

interface Adapter {
  readonly info?: Partial<GPUAdapterInfo>;
  readonly limits?: Partial<GPUSupportedLimits>;
  readonly features?: ReadonlySet<string>;
  readonly requestAdapterInfo?: () => Promise<Partial<GPUAdapterInfo>>;
}

/** A GPU whose devices have no `adapterInfo`, as in Safari and in Chrome before 129. */
function fakeGpu(adapter: Adapter) {
  const devices: { destroyed: boolean; asked: GPUDeviceDescriptor | undefined }[] = [];
  const requestDevice = (asked?: GPUDeviceDescriptor) => {
    const state = { destroyed: false, asked };
    devices.push(state);
    return Promise.resolve({ lost: new Promise(() => undefined), destroy: () => (state.destroyed = true) });
  };
  const whole = { limits: {}, features: new Set(), requestDevice, ...adapter };
  return { gpu: { requestAdapter: () => Promise.resolve(whole) } as unknown as GPU, devices };
}

describe('the device of a thread', () => {
  it.each<[string, Adapter, string]>([
    ['the adapter says it', { info: { vendor: 'apple', architecture: 'metal-3' } }, 'apple metal-3'],
    ['the adapter says it when asked', { requestAdapterInfo: () => Promise.resolve({ description: 'Iris' }) }, 'Iris'],
    ['the adapter refuses to say it', { requestAdapterInfo: () => Promise.reject(new Error('private')) }, 'GPU'],
    ['nobody says it', {}, 'GPU'],
  ])('has a name where devices do not tell theirs and %s', async (_, adapter, name) => {
    const { gpu, devices } = fakeGpu(adapter);
    const lease = await leaseDevice(gpu);
    expect(lease.description).toBe(name);
    lease.release();
    expect(devices.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('is shared, and destroyed by the last who lets go', async () => {
    const { gpu, devices } = fakeGpu({});
    const [first, second] = await Promise.all([leaseDevice(gpu), leaseDevice(gpu)]);
    first.release();
    first.release();
    expect(devices).toMatchObject([{ destroyed: false }]);
    second.release();
    expect(devices).toMatchObject([{ destroyed: true }]);
  });

  it('is not asked for limits that the browser does not know', async () => {
    const { gpu, devices } = fakeGpu({ limits: { maxBufferSize: 4 } });
    (await leaseDevice(gpu)).release();
    expect(devices[0]?.asked?.requiredLimits).toEqual({ maxBufferSize: 4 });
  });

  it.each([
    ['halves, where the adapter has them', ['shader-f16', 'subgroups'], ['shader-f16']],
    ['nothing, where the adapter has none', [], []],
  ])('is asked for %s', async (_, offered, asked) => {
    const { gpu, devices } = fakeGpu({ features: new Set(offered) });
    (await leaseDevice(gpu)).release();
    expect(devices[0]?.asked?.requiredFeatures).toEqual(asked);
  });

  it('is asked for anew after a refusal', async () => {
    const { gpu, devices } = fakeGpu({});
    const { requestAdapter } = gpu;
    gpu.requestAdapter = () => Promise.resolve(null);
    await expect(leaseDevice(gpu)).rejects.toMatchObject({ code: 'backend-unavailable' });
    gpu.requestAdapter = requestAdapter;
    (await leaseDevice(gpu)).release();
    expect(devices).toHaveLength(1);
  });
});
