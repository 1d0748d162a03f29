/** Watches WebGPU from outside, whoever uses it: bytes of live buffers, and the time spent waiting for the GPU. */

export interface GpuWatch {
  /** Most bytes of buffers alive at once. Buffers that are dropped without being destroyed count as alive. */
  peakBytes(): number;
  /** Milliseconds so far in which something waited for the GPU. */
  waitedMs(): number;
}

/** The prototypes that are watched, as WebGPU names them. */
export interface GpuPrototypes {
  readonly device: Pick<GPUDevice, 'createBuffer' | 'popErrorScope'>;
  readonly buffer: Pick<GPUBuffer, 'destroy' | 'mapAsync'>;
  readonly queue: Pick<GPUQueue, 'onSubmittedWorkDone'>;
}

/** Undefined where this thread has no WebGPU. Call once, before anything asks for a device. */
export function watchGpu(
  prototypes = globalPrototypes(),
  now: () => number = () => performance.now(),
): GpuWatch | undefined {
  if (prototypes === undefined) return undefined;
  const { device, buffer, queue } = prototypes;
  const alive = new Map<GPUBuffer, number>();
  let bytes = 0;
  let peak = 0;
  let waiting = 0;
  let since = 0;
  let waited = 0;

  const awaited = <Result>(promise: Promise<Result>): Promise<Result> => {
    if (waiting++ === 0) since = now();
    return promise.finally(() => {
      if (--waiting === 0) waited += now() - since;
    });
  };
  replace(
    device,
    'createBuffer',
    (original) =>
      function (this: GPUDevice, descriptor) {
        const made = original.call(this, descriptor);
        alive.set(made, descriptor.size);
        bytes += descriptor.size;
        peak = Math.max(peak, bytes);
        return made;
      },
  );
  replace(
    buffer,
    'destroy',
    (original) =>
      function (this: GPUBuffer) {
        bytes -= alive.get(this) ?? 0;
        alive.delete(this);
        original.call(this);
      },
  );
  replace(
    buffer,
    'mapAsync',
    (original) =>
      function (this: GPUBuffer, ...given) {
        return awaited<undefined>(original.apply(this, given));
      },
  );
  replace(
    device,
    'popErrorScope',
    (original) =>
      function (this: GPUDevice) {
        return awaited(original.call(this));
      },
  );
  replace(
    queue,
    'onSubmittedWorkDone',
    (original) =>
      function (this: GPUQueue) {
        return awaited<undefined>(original.call(this));
      },
  );
  return { peakBytes: () => peak, waitedMs: () => waited };
}

function replace<Owner extends object, Key extends keyof Owner>(
  owner: Owner,
  key: Key,
  wrap: (original: Owner[Key]) => Owner[Key],
): void {
  owner[key] = wrap(owner[key]);
}

function globalPrototypes(): GpuPrototypes | undefined {
  // Typed as always there, but absent where there is no WebGPU.
  const { GPUDevice, GPUBuffer, GPUQueue } = globalThis as Partial<typeof globalThis>;
  if (!GPUDevice || !GPUBuffer || !GPUQueue) return undefined;
  return { device: GPUDevice.prototype, buffer: GPUBuffer.prototype, queue: GPUQueue.prototype };
}
