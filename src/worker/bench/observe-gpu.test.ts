import { describe, expect, it } from 'vitest';
import { type GpuPrototypes, watchGpu } from './observe-gpu';

/** A GPU of classes with prototypes, whose waits end when told. */
function fakeGpu() {
  let finish: () => void = () => undefined;
  const wait = () => new Promise<undefined>((resolve) => (finish = () => resolve(undefined)));
  class Buffer {
    destroy(): void {
      return undefined;
    }
    mapAsync = undefined as unknown as () => Promise<undefined>;
  }
  Object.defineProperty(Buffer.prototype, 'mapAsync', { value: wait, writable: true });
  class Device {
    createBuffer(): Buffer {
      const made = new Buffer();
      Reflect.deleteProperty(made, 'mapAsync');
      return made;
    }
    popErrorScope(): Promise<null> {
      return Promise.resolve(null);
    }
  }
  class Queue {
    onSubmittedWorkDone(): Promise<undefined> {
      return wait();
    }
  }
  const prototypes = {
    device: Device.prototype,
    buffer: Buffer.prototype,
    queue: Queue.prototype,
  } as unknown as GpuPrototypes;
  const device = new Device() as unknown as GPUDevice;
  const queue = new Queue() as unknown as GPUQueue;
  return { prototypes, device, queue, finish: () => finish() };
}

describe('watching a GPU', () => {
  it('counts the most bytes alive at once, not all that were ever made', () => {
    const { prototypes, device } = fakeGpu();
    const watch = watchGpu(prototypes)!;
    const make = (size: number) => device.createBuffer({ size, usage: 0 });
    const first = make(100);
    make(50);
    first.destroy();
    first.destroy();
    make(60);
    expect(watch.peakBytes()).toBe(150);
  });

  it('counts time in which something waits once, however many wait', async () => {
    const { prototypes, queue, device, finish } = fakeGpu();
    let time = 0;
    const watch = watchGpu(prototypes, () => time)!;
    const waiting = queue.onSubmittedWorkDone();
    time = 5;
    await device.popErrorScope();
    time = 8;
    finish();
    await waiting;
    time = 100;
    expect(watch.waitedMs()).toBe(8);
  });

  it('has nothing to watch where there is no WebGPU', () => {
    expect(watchGpu()).toBeUndefined();
  });
});
