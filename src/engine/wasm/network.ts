/** A graph whose weights lie in memory of WebAssembly, run by our own kernels. */

import { EngineError, GraphFormatError } from '../errors';
import type { Network, RunOptions } from '../executor';
import { lowerGraph } from '../graph/lower';
import type { Program } from '../graph/program';
import type { Graph } from '../graph/schema';
import { checkInputs, checkOutput, checkWeights } from '../inputs';
import type { Tensor } from '../tensor';
import { createPauser } from '../pause';
import type { TileChoice } from './kernels';
import { NetworkMemory } from './memory';
import { Session, StoredWeights } from './session';
import { HelperLostError } from './threads/control';
import type { Crew } from './threads/crew';

/** How long a run may keep the thread before it looks for messages. */
const PAUSE_EVERY_MS = 40;

/** Batch sizes that are kept ready; the one that was used longest ago makes room. */
const MOST_SESSIONS = 4;

export interface WasmParts {
  readonly crew: Crew;
  readonly fused: boolean;
  readonly tileOf: TileChoice;
  /** Runs work when no other run is going on. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly onDispose: (network: WasmNetwork) => void;
}

export class WasmNetwork implements Network {
  #memory: NetworkMemory;
  #weights: StoredWeights;
  /** Of the crew: helpers that are lost may still write into memory that they shared. */
  #generation: number;
  readonly #sessions = new Map<number, Promise<Session>>();
  #disposed = false;

  /** @throws EngineError 'weight-missing' | 'shape-mismatch' | 'out-of-memory' */
  constructor(
    readonly graph: Graph,
    private readonly tensors: ReadonlyMap<string, Tensor>,
    private readonly parts: WasmParts,
  ) {
    checkWeights(graph, tensors);
    this.#generation = parts.crew.generation;
    this.#memory = new NetworkMemory(graph.name, parts.crew.mostThreads > 1);
    this.#weights = new StoredWeights(this.#memory, tensors);
  }

  get bytes(): number {
    return this.#memory.bytes;
  }

  /** Makes the network ready for the batch that its graph states. @throws EngineError */
  async prepare(onProgress?: (fraction: number) => void): Promise<void> {
    await this.#session(this.graph.inputs[0]?.shape[0] ?? 1, onProgress);
  }

  run(inputs: Readonly<Record<string, Tensor>>, { signal }: RunOptions = {}): Promise<Record<string, Tensor>> {
    const copied = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
    );
    return this.parts.inTurn(() => this.#run(copied, signal));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const session of this.#sessions.values()) session.then((each) => each.dispose()).catch(() => undefined);
    this.#sessions.clear();
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
    const outputs = await this.#runOnCrew(inputs, batch, check);
    check();
    for (const [name, { data }] of Object.entries(outputs)) checkOutput(this.graph.name, name, data);
    return outputs;
  }

  /** Again, with helpers that are started anew or without any, where one was lost. @throws EngineError */
  async #runOnCrew(
    inputs: Readonly<Record<string, Tensor>>,
    batch: number,
    check: () => void,
  ): Promise<Record<string, Tensor>> {
    for (;;)
      try {
        const session = await this.#session(batch);
        const wait = createPauser(PAUSE_EVERY_MS);
        return await session.run(inputs, () => wait()?.then(check));
      } catch (cause) {
        if (cause instanceof HelperLostError) {
          await this.parts.crew.renew();
          check();
        } else if (cause instanceof EngineError) throw cause;
        else throw failure(`${this.graph.name} failed on the CPU`, cause);
      }
  }

  /** In memory that no lost helper knows. @throws EngineError 'out-of-memory' */
  #moveIfLost(): void {
    const { crew } = this.parts;
    if (this.#generation === crew.generation) return;
    this.#sessions.clear();
    this.#memory = new NetworkMemory(this.graph.name, crew.mostThreads > 1);
    this.#weights = new StoredWeights(this.#memory, this.tensors);
    this.#generation = crew.generation;
  }

  #session(batch: number, onProgress?: (fraction: number) => void): Promise<Session> {
    this.#moveIfLost();
    const known = this.#sessions.get(batch);
    if (known) this.#sessions.delete(batch);
    const opened = known ?? this.#open(batch, onProgress);
    // Last in the order of the map: used last.
    this.#sessions.set(batch, opened);
    opened.catch(() => this.#sessions.delete(batch));
    for (const [oldest, session] of this.#sessions) {
      if (this.#sessions.size <= MOST_SESSIONS) break;
      this.#sessions.delete(oldest);
      session.then((each) => each.dispose()).catch(() => undefined);
    }
    return opened;
  }

  async #open(batch: number, onProgress: ((fraction: number) => void) | undefined): Promise<Session> {
    const { crew, fused, tileOf } = this.parts;
    const parts = { memory: this.#memory, weights: this.#weights, crew, fused, tileOf, onProgress };
    const program = this.#lower(batch);
    try {
      return await Session.open({ program, ...parts });
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      throw failure(`${this.graph.name} could not be made ready on the CPU`, cause);
    }
  }

  #lower(batch: number): Program {
    try {
      return lowerGraph(this.graph, batch);
    } catch (cause) {
      // The graph as stated has been checked, so it is the batch that does not fit.
      if (!(cause instanceof GraphFormatError) || this.#sessions.size === 0) throw cause;
      throw new EngineError(
        'shape-mismatch',
        `${this.graph.name} cannot run with a batch of ${String(batch)}: ${cause.message}`,
        { cause },
      );
    }
  }
}

function failure(what: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError('backend-failed', `${what}: ${reason}`, { cause });
}
