/** Executor on our own WGSL kernels. */

import { EngineError } from '../errors';
import type { Executor, LoadOptions } from '../executor';
import { SHAPE_RULES } from '../graph/shape-rules';
import type { Graph } from '../graph/schema';
import type { Tensor } from '../tensor';
import { leaseDevice } from './device';
import { Gpu } from './gpu';
import { WgslNetwork } from './network';
import { Pacer } from './pacer';
import { refine, type RefineOptions } from './refine';
import { HALF_SCHEDULE, type Schedule } from './schedule';
import type { EngineMemory } from '../keep';
import { memoryKey, parseStored, scheduleOf, type StoredSchedule } from './stored-schedule';
import { tune } from './tune';

export interface WgslOptions {
  /** Default: the browser's. */
  readonly gpu?: GPU | undefined;
  /** Default: the fastest on this adapter, as remembered or by measurement. */
  readonly schedule?: Schedule | undefined;
  /** Multiplies in half precision: see docs/decisions/088. Without effect where a schedule is given. */
  readonly halfArithmetic?: boolean;
  /** Keeps measurements between visits. */
  readonly memory?: EngineMemory | undefined;
}

/** Multiply-adds a millisecond below which an adapter computes in software: not worth looking for better kernels. */
const SOFTWARE_RATE = 1e7;

class WgslExecutor implements Executor {
  readonly backend = 'webgpu';
  readonly kernels = 'wgsl';
  readonly device: string;
  readonly #networks = new Set<WgslNetwork>();
  readonly #pacer: Pacer;
  #disposed = false;

  #stored: StoredSchedule | undefined;

  constructor(
    private readonly gpu: Gpu,
    private readonly given: Schedule | undefined,
    stored: StoredSchedule | undefined,
    private readonly schedules: EngineMemory | undefined,
  ) {
    this.#stored = stored;
    this.device = gpu.description;
    this.#pacer = new Pacer(() => gpu.device.queue.onSubmittedWorkDone());
  }

  async load(
    graph: Graph,
    weights: ReadonlyMap<string, Tensor>,
    { onProgress }: LoadOptions = {},
  ): Promise<WgslNetwork> {
    if (this.#disposed)
      throw new EngineError('backend-failed', `${graph.name} was loaded on an executor that is already closed.`);
    const unsupported = graph.nodes.find(({ op }) => !(op in SHAPE_RULES));
    if (unsupported)
      throw new EngineError(
        'unsupported-op',
        `${graph.name} uses the op "${unsupported.op}", which this executor lacks.`,
      );
    const network = new WgslNetwork(graph, weights, {
      gpu: this.gpu,
      pacer: this.#pacer,
      schedule: this.given ?? scheduleOf(this.#stored ?? UNTUNED),
      onDispose: (gone) => this.#networks.delete(gone),
    });
    this.#networks.add(network);
    try {
      await network.prepare(onProgress);
      return network;
    } catch (error) {
      network.dispose();
      throw error;
    }
  }

  /** Buffers on the device: weights, and the memory of each batch size that is kept ready. */
  memory(): { tensors: number; bytes: number } {
    return this.gpu.memory();
  }

  async refine(options: RefineOptions, slowest = SOFTWARE_RATE): Promise<number> {
    if (this.#disposed || this.given || this.#pacer.rate < slowest) return 0;
    const before = this.#stored ?? UNTUNED;
    const products = [...this.#networks].flatMap((network) => network.refinable());
    const found = await refine(products, before.products, options);
    const count = Object.keys(found).length;
    if (count === 0) return 0;
    this.#stored = { ...before, products: { ...before.products, ...found } };
    await this.schedules?.write(memoryKey(this.gpu.name), this.#stored);
    return count;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract allows for slow closing
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const network of [...this.#networks]) network.dispose();
    this.gpu.dispose();
  }
}

const UNTUNED: StoredSchedule = { family: 'direct, whole', products: {} };

/** @throws EngineError 'backend-unavailable', or of the device while kernels are timed */
export async function createWgslExecutor({
  gpu: browser,
  schedule: given,
  halfArithmetic = false,
  memory,
}: WgslOptions = {}): Promise<WgslExecutor> {
  const gpu = new Gpu(await leaseDevice(browser));
  try {
    if (halfArithmetic && !gpu.device.features.has('shader-f16'))
      throw new EngineError('backend-unavailable', `${gpu.description} does not offer half arithmetic (shader-f16).`);
    const schedule = given ?? (halfArithmetic ? HALF_SCHEDULE : undefined);
    const stored = schedule ? undefined : await rememberedOrTuned(gpu, memory);
    return new WgslExecutor(gpu, schedule, stored, memory);
  } catch (error) {
    gpu.dispose();
    throw error;
  }
}

async function rememberedOrTuned(gpu: Gpu, memory: EngineMemory | undefined): Promise<StoredSchedule> {
  const key = memoryKey(gpu.name);
  const remembered = parseStored(await memory?.read(key));
  if (remembered) return remembered;
  const { family } = await tune(gpu);
  const stored: StoredSchedule = { family, products: {} };
  await memory?.write(key, stored);
  return stored;
}
