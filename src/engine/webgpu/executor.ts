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
import type { Schedule } from './schedule';
import { tune } from './tune';

export interface WgslOptions {
  /** Default: the browser's. */
  readonly gpu?: GPU | undefined;
  /** Default: the fastest on this adapter, by measurement. */
  readonly schedule?: Schedule | undefined;
}

class WgslExecutor implements Executor {
  readonly backend = 'webgpu';
  readonly kernels = 'wgsl';
  readonly device: string;
  readonly #networks = new Set<WgslNetwork>();
  readonly #pacer: Pacer;
  #disposed = false;

  constructor(
    private readonly gpu: Gpu,
    private readonly schedule: Schedule,
  ) {
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
      schedule: this.schedule,
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

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract allows for slow closing
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const network of [...this.#networks]) network.dispose();
    this.gpu.dispose();
  }
}

/** @throws EngineError 'backend-unavailable', or of the device while kernels are timed */
export async function createWgslExecutor({ gpu: browser, schedule }: WgslOptions = {}): Promise<Executor> {
  const gpu = new Gpu(await leaseDevice(browser));
  try {
    return new WgslExecutor(gpu, schedule ?? (await tune(gpu)).schedule);
  } catch (error) {
    gpu.dispose();
    throw error;
  }
}
