/** Executor on our own kernels on the CPU: WebAssembly that is written for each network. */

import { EngineError } from '../errors';
import type { Executor, Lack, LoadOptions } from '../executor';
import { SHAPE_RULES } from '../graph/shape-rules';
import type { Graph } from '../graph/schema';
import type { Tensor } from '../tensor';
import { DEFAULT_TILES, type TileChoice } from './kernels';
import { detectFeatures, type Features } from './features';
import { WasmNetwork } from './network';
import type { Patience } from './threads/control';
import { Crew, type Helper } from './threads/crew';
import { browserHelper } from './threads/helper';

export interface WasmOptions {
  /** Default: the number of logical cores, at most 8. One where memory cannot be shared. */
  readonly threads?: number | undefined;
  /** Starts a thread; default: a worker of the browser. Without either there is one thread. */
  readonly startHelper?: (() => Helper) | undefined;
  /** Default: what the runtime has. */
  readonly features?: Features;
  /** Default: by the size of the product. */
  readonly tileOf?: TileChoice;
  /** How long a thread may do nothing before it is taken for lost; for tests. */
  readonly patience?: Patience | undefined;
}

/** More threads than this share too little work each. */
export const MOST_THREADS = 8;

class WasmExecutor implements Executor {
  readonly backend = 'wasm';
  readonly kernels = 'simd';
  readonly #networks = new Set<WasmNetwork>();
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(
    private readonly crew: Crew,
    private readonly fused: boolean,
    readonly lacks: readonly Lack[],
    private readonly tileOf: TileChoice,
  ) {}

  /** That compute now: one and the helpers that came and were not lost. */
  get threads(): number {
    return this.crew.threads;
  }

  get device(): string {
    const { threads } = this;
    return `CPU, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  async load(
    graph: Graph,
    weights: ReadonlyMap<string, Tensor>,
    { onProgress }: LoadOptions = {},
  ): Promise<WasmNetwork> {
    if (this.#disposed)
      throw new EngineError('backend-failed', `${graph.name} was loaded on an executor that is already closed.`);
    const unsupported = graph.nodes.find(({ op }) => !(op in SHAPE_RULES));
    if (unsupported)
      throw new EngineError(
        'unsupported-op',
        `${graph.name} uses the op "${unsupported.op}", which this executor lacks.`,
      );
    const network = new WasmNetwork(graph, weights, {
      crew: this.crew,
      fused: this.fused,
      tileOf: this.tileOf,
      inTurn: (work) => this.#inTurn(work),
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

  /** One memory for each network. */
  memory(): { tensors: number; bytes: number } {
    return { tensors: this.#networks.size, bytes: [...this.#networks].reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const network of [...this.#networks]) network.dispose();
    await this.#last;
    this.crew.dispose();
  }

  /** One run at a time: they would share the same cores. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** @throws EngineError 'backend-unavailable' where WebAssembly lacks SIMD */
export async function createWasmExecutor({
  threads = logicalCores(),
  startHelper = browserHelper(),
  features = detectFeatures(),
  tileOf = DEFAULT_TILES,
  patience,
}: WasmOptions = {}): Promise<WasmExecutor> {
  if (!features.simd)
    throw new EngineError('backend-unavailable', 'WebAssembly with SIMD is not available in this browser.');
  const wanted = features.threads && startHelper ? Math.min(threads, MOST_THREADS) : 1;
  const crew = await Crew.gather(wanted, startHelper ?? noHelper, patience);
  return new WasmExecutor(crew, features.fused, lacksOf(features), tileOf);
}

function lacksOf(features: Features): readonly Lack[] {
  return (['threads', 'fused'] as const).filter((name) => !features[name]);
}

function noHelper(): Helper {
  throw new RangeError('one thread needs no helper');
}

function logicalCores(): number {
  return (globalThis.navigator as Navigator | undefined)?.hardwareConcurrency ?? 1;
}
