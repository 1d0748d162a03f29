/** Times a network on an engine, after its outputs have been compared with the recorded ones. */

import type { Executor, Graph, Tensor } from '../../engine';
import { maxAbsoluteError } from '../../engine/golden';
import { multiplyAdds } from '../../engine/graph/count';
import { inferShapes } from '../../engine/graph/shapes';
import type { NetworkMeasurement } from './measurements';
import type { GpuWatch } from './observe-gpu';

/** The bar for a release's half-precision weights: an engine beyond it computes something else. */
const WRONG = 2e-2;

export interface NetworkFiles {
  readonly graph: Graph;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly goldens: ReadonlyMap<string, Tensor>;
}

export interface MeasureOptions {
  readonly warmRuns: number;
  /** Rows of a run: those recorded, again from the first where there are fewer; undefined: as many as were recorded. */
  readonly rows?: number | undefined;
  /** No further warm run begins after so long; one is always made. */
  readonly longestMs?: number | undefined;
  /** Of the executor; absent where it does not use WebGPU. */
  readonly watch?: GpuWatch | undefined;
  readonly now?: () => number;
}

/** @throws Error where the engine cannot run the network, or computes something else */
export async function measureNetwork(
  executor: Executor,
  { graph, weights, goldens }: NetworkFiles,
  { warmRuns, rows, longestMs = Number.POSITIVE_INFINITY, watch, now = () => performance.now() }: MeasureOptions,
): Promise<NetworkMeasurement> {
  const timed = async <Result>(work: () => Promise<Result>): Promise<[number, Result]> => {
    const started = now();
    const result = await work();
    return [now() - started, result];
  };
  const record = (name: string) => rowsOf(recorded(goldens, name), rows);
  const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, record(`input.${name}`)]));
  const [loadMs, network] = await timed(() => executor.load(graph, weights));
  try {
    const [firstRunMs, outputs] = await timed(() => network.run(inputs));
    const maxError = worst(graph, outputs, record);
    if (!(maxError < WRONG))
      throw new Error(`differs from the recorded outputs by ${maxError.toExponential(1)}, so it was not timed`);
    const warmRunsMs: number[] = [];
    const cpuMs: number[] = [];
    const began = now();
    while (warmRunsMs.length < warmRuns && (warmRunsMs.length === 0 || now() - began < longestMs)) {
      const before = watch?.waitedMs() ?? 0;
      const [milliseconds] = await timed(() => network.run(inputs));
      warmRunsMs.push(milliseconds);
      if (watch) cpuMs.push(Math.max(0, milliseconds - (watch.waitedMs() - before)));
    }
    return {
      device: executor.device,
      loadMs,
      firstRunMs,
      warmRunsMs,
      ...(watch && { cpuMs, gpuBytes: watch.peakBytes() }),
      multiplyAdds: multiplyAdds(graph, inferShapes(graph, batchOf(graph, inputs))),
      maxError,
    };
  } finally {
    network.dispose();
  }
}

function worst(graph: Graph, outputs: Readonly<Record<string, Tensor>>, record: (name: string) => Tensor): number {
  const errors = graph.outputs.map(({ name }) => {
    const given = outputs[name];
    if (!given) throw new Error(`there is no output "${name}"`);
    return maxAbsoluteError(given, record(`output.${name}`), name);
  });
  return Math.max(...errors);
}

/** Goldens may hold more rows than the graph states. */
function batchOf({ inputs: [first] }: Graph, inputs: Readonly<Record<string, Tensor>>): number {
  return inputs[first?.name ?? '']?.shape[0] ?? 1;
}

function recorded(goldens: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = goldens.get(name);
  if (!tensor) throw new Error(`the goldens lack "${name}"`);
  return tensor;
}

function rowsOf({ shape: [own = 1, ...rest], data }: Tensor, rows = own): Tensor {
  const length = data.length / own;
  const made = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++)
    made.set(data.subarray((row % own) * length, ((row % own) + 1) * length), row * length);
  return { shape: [rows, ...rest], data: made };
}
