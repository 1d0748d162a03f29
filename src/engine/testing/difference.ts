/** An executor against the plain interpreter. */

import type { Executor } from '../executor';
import { maxAbsoluteError } from '../golden';
import { noise } from '../graph/builder';
import type { Graph } from '../graph/schema';
import type { Tensor } from '../tensor';
import { interpretGraph } from './reference/interpret-graph';

/** Largest difference of any output. */
export async function difference(
  executor: Executor,
  graph: Graph,
  weights: ReadonlyMap<string, Tensor>,
  batch: number,
): Promise<number> {
  const inputs = Object.fromEntries(
    graph.inputs.map(({ name, shape }, i) => [name, noise([batch, ...shape.slice(1)], 5 + i)]),
  );
  const network = await executor.load(graph, weights);
  try {
    const expected = interpretGraph(graph, weights, inputs);
    const actual = await network.run(inputs);
    return Math.max(...graph.outputs.map(({ name }) => maxAbsoluteError(actual[name]!, expected[name]!, name)));
  } finally {
    network.dispose();
  }
}
