/** Compares an executor with recorded outputs ("goldens"): a network is run on the recorded inputs, once. */

import { EngineError } from './errors';
import type { Executor } from './executor';
import type { Graph } from './graph/schema';
import { sameShape, shapeText, type Tensor } from './tensor';

export interface GoldenResult {
  readonly network: string;
  /** Largest absolute difference of each output. */
  readonly maxError: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/**
 * @param goldens tensors `input.<name>` and `output.<name>` for every input and output of the graph
 * @throws EngineError 'missing-input' where a golden lacks a tensor, 'shape-mismatch' where an output has another shape
 */
export async function compareWithGoldens(
  executor: Executor,
  graph: Graph,
  weights: ReadonlyMap<string, Tensor>,
  goldens: ReadonlyMap<string, Tensor>,
): Promise<GoldenResult> {
  const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, pick(goldens, `input.${name}`, graph)]));
  const network = await executor.load(graph, weights);
  try {
    const started = performance.now();
    const outputs = await network.run(inputs);
    const milliseconds = performance.now() - started;
    const errors = graph.outputs.map(({ name }): [string, number] => {
      const expected = pick(goldens, `output.${name}`, graph);
      return [name, maxAbsoluteError(outputs[name] as Tensor, expected, `${graph.name}, output "${name}"`)]; // run gives them all
    });
    return { network: graph.name, maxError: Object.fromEntries(errors), milliseconds };
  } finally {
    network.dispose();
  }
}

function pick(goldens: ReadonlyMap<string, Tensor>, name: string, graph: Graph): Tensor {
  const tensor = goldens.get(name);
  if (tensor) return tensor;
  throw new EngineError('missing-input', `The goldens of ${graph.name} lack "${name}".`, {
    advice: 'Export the network again.',
  });
}

/** NaN in either counts as infinitely wrong. */
export function maxAbsoluteError(actual: Tensor, expected: Tensor, what: string): number {
  if (!sameShape(actual.shape, expected.shape))
    throw new EngineError(
      'shape-mismatch',
      `${what} has shape ${shapeText(actual.shape)}, expected ${shapeText(expected.shape)}.`,
    );
  let worst = 0;
  for (const [at, value] of actual.data.entries()) {
    const error = Math.abs(value - (expected.data[at] ?? Number.NaN));
    if (Number.isNaN(error)) return Number.POSITIVE_INFINITY;
    if (error > worst) worst = error;
  }
  return worst;
}
