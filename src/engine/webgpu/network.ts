/** A graph whose weights are on the GPU, run by our own kernels. */

import { EngineError, GraphFormatError } from '../errors';
import type { Network, RunOptions } from '../executor';
import { isolateProduct } from '../graph/isolate';
import { lowerGraph } from '../graph/lower';
import type { Graph } from '../graph/schema';
import { rowsOf as rowsOfProduct } from '../graph/split';
import { winogradSide } from '../graph/winograd-products';
import { checkInputs, checkOutput, checkWeights } from '../inputs';
import { joined, rowsOf } from '../rows';
import type { Tensor } from '../tensor';
import type { Gpu } from './gpu';
import type { Pacer } from './pacer';
import type { Refinable } from './refine';
import { nameOfTile, type Schedule } from './schedule';
import { Session } from './session';
import { productKey } from './stored-schedule';
import { timeSession } from './tune';
import { DeviceWeights } from './weights';

/** Batch sizes that are kept ready; the one that was used longest ago makes room. */
const MOST_SESSIONS = 4;

export interface WgslParts {
  readonly gpu: Gpu;
  readonly pacer: Pacer;
  readonly schedule: Schedule;
  readonly onDispose: (network: WgslNetwork) => void;
}

export class WgslNetwork implements Network {
  readonly #weights: DeviceWeights;
  readonly #sessions = new Map<number, Promise<Session>>();
  /** Runs of one network follow one another, for they share their memory. */
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;
  /** Rows that are run at once at most: fewer after memory ran out. */
  #mostRows = Number.POSITIVE_INFINITY;

  /** @throws EngineError 'weight-missing' | 'shape-mismatch' */
  constructor(
    readonly graph: Graph,
    weights: ReadonlyMap<string, Tensor>,
    private readonly parts: WgslParts,
  ) {
    checkWeights(graph, weights);
    this.#weights = new DeviceWeights(parts.gpu, graph.name, weights);
  }

  /** Makes the network ready for the batch that its graph states. @throws EngineError */
  async prepare(onProgress?: (fraction: number) => void): Promise<void> {
    await this.#session(this.graph.inputs[0]?.shape[0] ?? 1, onProgress);
  }

  run(inputs: Readonly<Record<string, Tensor>>, { signal }: RunOptions = {}): Promise<Record<string, Tensor>> {
    const copied = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
    );
    const result = this.#last.then(() => this.#run(copied, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** What can be timed alone, at the batch that the graph states. */
  refinable(): Refinable[] {
    const { gpu, schedule } = this.parts;
    const program = this.#lower(this.graph.inputs[0]?.shape[0] ?? 1);
    return program.operations.flatMap((product): Refinable[] => {
      if (product.kind !== 'product') return [];
      const parts = schedule.parts(product);
      const tile = nameOfTile(schedule.tile(product));
      if (tile === undefined) return [];
      const alone = isolateProduct(program, product);
      const time = (other: Schedule) =>
        gpu.watch(`the timing of ${product.label}`, async () => {
          if (this.#disposed) throw new EngineError('aborted', `${this.graph.name} was closed while it was timed.`);
          // What only a trial needs, transformed weights above all, goes with it.
          const forgetWeights = this.#weights.checkpoint();
          let session: Session | undefined;
          try {
            session = await Session.open({ gpu, program: alone, weights: this.#weights, schedule: other });
            return await timeSession(gpu, session);
          } finally {
            session?.dispose();
            forgetWeights();
          }
        });
      const cost = rowsOfProduct(product) * product.recipe.columns * product.recipe.cells;
      return [
        {
          key: productKey(product),
          cost: cost * sum(product.recipe.sources),
          transformed: winogradSide(product) !== undefined,
          choice: { tile, parts },
          time,
        },
      ];
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#close();
    this.#weights.dispose();
    this.parts.onDispose(this);
  }

  async #run(
    inputs: Readonly<Record<string, Tensor>>,
    signal: AbortSignal | undefined,
  ): Promise<Record<string, Tensor>> {
    const check = () => {
      if (this.#disposed || signal?.aborted)
        throw new EngineError('aborted', `The run of ${this.graph.name} was cancelled.`, { cause: signal?.reason });
    };
    const batch = checkInputs(this.graph, inputs);
    check();
    const outputs = await this.#runRows(inputs, batch, check);
    check();
    for (const [name, { data }] of Object.entries(outputs)) checkOutput(this.graph.name, name, data);
    return outputs;
  }

  /** All rows at once, or in halves where memory does not suffice; what was too much once is not tried again. */
  async #runRows(
    inputs: Readonly<Record<string, Tensor>>,
    batch: number,
    check: () => void,
  ): Promise<Record<string, Tensor>> {
    if (batch <= this.#mostRows)
      try {
        const session = await this.#session(batch);
        return await this.parts.gpu.watch(this.graph.name, () => session.run(inputs, this.parts.pacer, check));
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'out-of-memory')) throw error;
        this.#close();
        if (batch === 1) throw error;
        this.#mostRows = batch - 1;
      }
    const half = Math.ceil(batch / 2);
    const first = await this.#runRows(rowsOf(inputs, 0, half), half, check);
    const second = await this.#runRows(rowsOf(inputs, half, batch), batch - half, check);
    return joined(first, second);
  }

  /** Gives back the memory of every batch size. */
  #close(): void {
    for (const session of this.#sessions.values()) void session.then((open) => open.dispose()).catch(() => undefined);
    this.#sessions.clear();
  }

  #session(batch: number, onProgress?: (fraction: number) => void): Promise<Session> {
    const known = this.#sessions.get(batch);
    const session = known ?? this.#open(batch, onProgress);
    this.#sessions.delete(batch);
    this.#sessions.set(batch, session);
    if (!known) session.catch(() => this.#sessions.delete(batch));
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) {
      void this.#sessions.get(oldest)?.then((open) => open.dispose());
      this.#sessions.delete(oldest);
    }
    return session;
  }

  async #open(batch: number, onProgress?: (fraction: number) => void): Promise<Session> {
    const { gpu, schedule } = this.parts;
    const program = this.#lower(batch);
    const weights = this.#weights;
    let opened: Session | undefined;
    let forgetWeights: (() => void) | undefined;
    return gpu.watch(
      `the preparation of ${this.graph.name}`,
      async () => {
        forgetWeights = weights.checkpoint();
        opened = await Session.open({ gpu, program, weights, schedule, onProgress });
        return opened;
      },
      // Memory that ran out is told when everything is made; what could not be had is not kept.
      () => {
        opened?.dispose();
        forgetWeights?.();
      },
    );
  }

  #lower(batch: number) {
    try {
      return lowerGraph(this.graph, batch);
    } catch (cause) {
      // The graph as stated was checked when it was read, so it is the batch that does not fit.
      if (!(cause instanceof GraphFormatError) || batch === this.graph.inputs[0]?.shape[0]) throw cause;
      throw new EngineError(
        'shape-mismatch',
        `${this.graph.name} cannot run with a batch of ${batch}: ${cause.message}`,
        { cause },
      );
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
