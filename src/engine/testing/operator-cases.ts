/** The operator fixtures as cases; knows nothing of files, so that the browser tests can use it too. */

import { parseGraph } from '../graph/parse';
import type { Graph } from '../graph/schema';
import { readSafetensors } from '../safetensors';
import type { Tensor } from '../tensor';

/** A graph with what it needs and what it should give. */
export interface GoldenCase {
  readonly graph: Graph;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly goldens: ReadonlyMap<string, Tensor>;
}

/** @param json operators.json, @param tensors operators.safetensors, whose names are "<case>/<kind>.<name>". */
export function operatorCases(json: unknown, tensors: ArrayBuffer | Uint8Array): GoldenCase[] {
  const all = readSafetensors(tensors, 'operators.safetensors');
  return (json as unknown[]).map((entry) => {
    const graph = parseGraph(entry);
    const own = [...all]
      .filter(([name]) => name.startsWith(`${graph.name}/`))
      .map(([name, tensor]) => [name.slice(graph.name.length + 1), tensor] as const);
    const weights = own
      .filter(([name]) => name.startsWith('weight.'))
      .map(([name, tensor]) => [name.slice(7), tensor] as const);
    return { graph, weights: new Map(weights), goldens: new Map(own) };
  });
}
