/** A leased device with what every network on it shares: compiled pipelines, a count of memory, and how failures are named. */

import { EngineError } from '../errors';
import type { AdapterName, DeviceLease } from './device';
import type { Dispatch } from './kernels/kernel';

/** A lost device rejects what is pending a little before it announces its loss. */
const LOSS_NOTICE_MS = 50;

export class Gpu {
  readonly device: GPUDevice;
  readonly name: AdapterName;
  readonly description: string;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  readonly #buffers = new Set<GPUBuffer>();
  #loss: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly lease: DeviceLease) {
    this.device = lease.device;
    this.name = lease.name;
    this.description = lease.description;
    void this.device.lost.then(({ message, reason }) => (this.#loss = message || reason));
  }

  /** Compiled once for each text, away from this thread. */
  pipeline({ code, label, bindings }: Dispatch): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(code);
    if (known) return known;
    const entries = bindings.map((binding, index): GPUBindGroupLayoutEntry => {
      const written = binding.kind === 'value' && binding.access === 'write';
      return { binding: index, visibility: 4, buffer: { type: written ? 'storage' : 'read-only-storage' } };
    });
    const uniform: GPUBindGroupLayoutEntry = { binding: bindings.length, visibility: 4, buffer: { type: 'uniform' } };
    const group = this.device.createBindGroupLayout({ label, entries: [...entries, uniform] });
    const layout = this.device.createPipelineLayout({ label, bindGroupLayouts: [group] });
    const module = this.device.createShaderModule({ label, code });
    const compute = { module, entryPoint: 'main' };
    const pipeline = this.device.createComputePipelineAsync({ label, layout, compute });
    this.#pipelines.set(code, pipeline);
    // A failure must not be handed out again once the cause is gone, such as memory.
    pipeline.catch(() => this.#pipelines.delete(code));
    return pipeline;
  }

  buffer(label: string, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    if (size > Math.min(maxBufferSize, maxStorageBufferBindingSize))
      throw new EngineError(
        'out-of-memory',
        `${label} needs ${Math.ceil(size / 2 ** 20)} MiB in one piece, too much for ${this.description}.`,
      );
    const buffer = this.device.createBuffer({ label, size: Math.max(size, 16), usage });
    this.#buffers.add(buffer);
    return buffer;
  }

  free(buffer: GPUBuffer): void {
    if (this.#buffers.delete(buffer)) buffer.destroy();
  }

  memory(): { readonly tensors: number; readonly bytes: number } {
    return { tensors: this.#buffers.size, bytes: [...this.#buffers].reduce((total, { size }) => total + size, 0) };
  }

  /**
   * Runs `work`, and throws what the device complained about meanwhile. One at a time: error scopes are a stack of the device,
   * so with two at once the one would be told the complaints about the other. Must not be called from within `work`.
   * @param undo called before another's turn where it fails: a complaint may come when what `work` made is already there
   * @throws EngineError 'out-of-memory' | 'device-lost' | 'backend-failed', naming `what`
   */
  watch<Result>(what: string, work: () => Promise<Result>, undo?: () => void): Promise<Result> {
    const watched = async () => {
      try {
        return await this.#watch(what, work);
      } catch (error) {
        undo?.();
        throw error;
      }
    };
    const turn = this.#turn.then(watched);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** What went wrong, as the engine's error. @param cause a GPUError, or anything thrown */
  async failure(what: string, cause: unknown): Promise<EngineError> {
    if (cause instanceof EngineError) return cause;
    const message = (cause as { readonly message?: unknown } | undefined)?.message ?? cause;
    const text = typeof message === 'string' ? message : 'for an unknown reason';
    if ((cause as object | null)?.constructor.name === 'GPUOutOfMemoryError' || /out of memory/i.test(text))
      return new EngineError('out-of-memory', `There was not enough memory for ${what} on ${this.description}.`, {
        cause,
      });
    if (this.#loss === undefined) await new Promise((resolve) => setTimeout(resolve, LOSS_NOTICE_MS));
    if (this.#loss !== undefined)
      return new EngineError('device-lost', `The graphics device was lost during ${what}: ${this.#loss}.`, { cause });
    return new EngineError('backend-failed', `${what} failed on ${this.description}: ${text}`, { cause });
  }

  dispose(): void {
    for (const buffer of [...this.#buffers]) this.free(buffer);
    this.#pipelines.clear();
    this.lease.release();
  }

  async #watch<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const scopes = ['internal', 'validation', 'out-of-memory'] as const;
    for (const scope of scopes) this.device.pushErrorScope(scope);
    const pop = () => Promise.all(scopes.map(() => this.device.popErrorScope().catch(() => null)));
    let result: Result;
    try {
      result = await work();
    } catch (cause) {
      const [complaint] = (await pop()).filter((error) => error !== null);
      throw await this.failure(what, cause instanceof EngineError ? cause : (complaint ?? cause));
    }
    const [complaint] = (await pop()).filter((error) => error !== null);
    if (complaint) throw await this.failure(what, complaint);
    return result;
  }
}
