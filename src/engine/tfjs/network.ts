/** A graph whose weights are on a tfjs backend. */

import { dispose, tensor } from '@tensorflow/tfjs-core';
import { EngineError, GraphFormatError } from '../errors';
import type { Network, RunOptions } from '../executor';
import { peakActivationBytes, planGraph, type Plan } from './plan';
import type { Graph } from '../graph/schema';
import { inferShapes } from '../graph/shapes';
import { checkInputs, checkOutput, checkWeights } from '../inputs';
import { elementCount, type Shape, type Tensor } from '../tensor';
import { activate, type Backend } from './backends/backend';
import { abortedError, translateFailure } from './failures';
import { executeStep } from './kernels';
import type { DeviceTensor } from './kernels/kernel';
import { createPauser } from '../pause';

/** How long a run may keep the thread before it looks for messages. */
const PAUSE_EVERY_MS = 40;

type Shapes = ReadonlyMap<string, Shape>;

export class TfjsNetwork implements Network {
  readonly #plan: Plan;
  readonly #weights: ReadonlyMap<string, DeviceTensor>;
  readonly #weightBytes: number;
  readonly #shapes = new Map<number, Shapes>();
  #disposed = false;

  /** @throws EngineError 'weight-missing' | 'shape-mismatch' | 'out-of-memory' */
  constructor(
    readonly graph: Graph,
    weights: ReadonlyMap<string, Tensor>,
    private readonly backend: Backend,
    private readonly onDispose: () => void,
  ) {
    checkWeights(graph, weights);
    this.#plan = planGraph(graph);
    this.#weightBytes = graph.weights.reduce((total, { shape }) => total + 4 * elementCount(shape), 0);
    this.#shapesFor(graph.inputs[0]?.shape[0] ?? 1);
    activate(backend.name);
    const uploaded = new Map<string, DeviceTensor>();
    this.#weights = uploaded;
    try {
      for (const { name } of graph.weights) uploaded.set(name, upload(weights.get(name) as Tensor)); // present: checked above
    } catch (error) {
      dispose([...uploaded.values()]);
      throw error;
    }
  }

  async run(inputs: Readonly<Record<string, Tensor>>, { signal }: RunOptions = {}): Promise<Record<string, Tensor>> {
    const shapes = this.#shapesFor(checkInputs(this.graph, inputs));
    const values = new Map<string, DeviceTensor>();
    try {
      this.#check(signal);
      const complaint = await this.backend.watch(() => this.#submit(inputs, values, signal));
      if (complaint?.kind === 'out-of-memory')
        throw new EngineError('out-of-memory', `${this.graph.name}: ${complaint.message}`);
      if (complaint) throw new Error(complaint.message);
      const outputs = await this.#read(values, shapes);
      this.#check(signal);
      return outputs;
    } catch (cause) {
      throw await translateFailure(cause, this.graph.name, this.backend);
    } finally {
      dispose([...values.values()]);
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    dispose([...this.#weights.values()]);
    this.onDispose();
  }

  /** Shapes for a batch size, after checking that a run would fit. */
  #shapesFor(batch: number): Shapes {
    const known = this.#shapes.get(batch);
    if (known) return known;
    const shapes = this.#infer(batch);
    const { totalBytes, tensorBytes } = this.backend.limits;
    const largest = Math.max(...[...shapes.values()].map((shape) => 4 * elementCount(shape)));
    const total = this.#weightBytes + peakActivationBytes(this.#plan, shapes);
    if (largest > tensorBytes || total > totalBytes)
      throw new EngineError(
        'out-of-memory',
        `${this.graph.name} with a batch of ${batch} needs ${Math.ceil(total / 2 ** 20)} MiB, too much for ${this.backend.device}.`,
      );
    this.#shapes.set(batch, shapes);
    return shapes;
  }

  #infer(batch: number): Shapes {
    try {
      return inferShapes(this.graph, batch);
    } catch (cause) {
      // The graph as stated has been checked, so it is the batch that does not fit.
      if (!(cause instanceof GraphFormatError) || this.#shapes.size === 0) throw cause;
      throw new EngineError(
        'shape-mismatch',
        `${this.graph.name} cannot run with a batch of ${batch}: ${cause.message}`,
        { cause },
      );
    }
  }

  async #submit(
    inputs: Readonly<Record<string, Tensor>>,
    values: Map<string, DeviceTensor>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const pause = createPauser(PAUSE_EVERY_MS);
    activate(this.backend.name);
    for (const name of this.#plan.inputs) values.set(name, uploadCopy(inputs[name] as Tensor)); // present: checkInputs
    for (const step of this.#plan.steps) {
      await pause();
      this.#check(signal);
      activate(this.backend.name);
      // The plan orders definitions before uses, and frees after the last use.
      const operands = step.node.inputs.map((name) => (values.get(name) ?? this.#weights.get(name)) as DeviceTensor);
      values.set(step.output, executeStep(step, operands));
      for (const name of step.frees) {
        values.get(name)?.dispose();
        values.delete(name);
      }
    }
  }

  async #read(values: ReadonlyMap<string, DeviceTensor>, shapes: Shapes): Promise<Record<string, Tensor>> {
    const read = async ({ name, value }: Graph['outputs'][number]): Promise<[string, Tensor]> => {
      const data = (await values.get(value)?.data()) as Float32Array; // every output was planned and never freed
      checkOutput(this.graph.name, name, data);
      return [name, { shape: shapes.get(value) as Shape, data }];
    };
    return Object.fromEntries(await Promise.all(this.graph.outputs.map(read)));
  }

  #check(signal: AbortSignal | undefined): void {
    if (this.#disposed || signal?.aborted) throw abortedError(this.graph.name, signal);
  }
}

function upload({ data, shape }: Tensor): DeviceTensor {
  return tensor(data, [...shape], 'float32');
}

/** The WebGPU backend uploads late, and the caller may reuse its array meanwhile. */
function uploadCopy({ data, shape }: Tensor): DeviceTensor {
  return upload({ data: data.slice(), shape });
}
