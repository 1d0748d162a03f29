/** Checks what a caller hands to a network; shared by every executor. */

import { EngineError } from './errors';
import type { Graph } from './graph/schema';
import { elementCount, sameShape, shapeText, type Tensor } from './tensor';

/**
 * @returns the batch size: the first axis, equal in all inputs, that may differ from the graph's
 * @throws EngineError 'missing-input' | 'shape-mismatch'
 */
export function checkInputs(graph: Graph, inputs: Readonly<Record<string, Tensor>>): number {
  let batch: number | undefined;
  for (const { name, shape } of graph.inputs) {
    const given = inputs[name];
    if (!given)
      throw new EngineError('missing-input', `${graph.name} needs the input "${name}" of shape ${shapeText(shape)}.`);
    batch ??= given.shape[0] ?? 1;
    const expected = [batch, ...shape.slice(1)];
    if (!sameShape(given.shape, expected))
      throw new EngineError(
        'shape-mismatch',
        `${graph.name}: input "${name}" has shape ${shapeText(given.shape)}, expected ${shapeText(expected)}.`,
      );
    if (given.data.length !== elementCount(expected))
      throw new EngineError(
        'shape-mismatch',
        `${graph.name}: input "${name}" has ${given.data.length} values for shape ${shapeText(expected)}.`,
      );
  }
  return batch ?? 1;
}

/** @throws EngineError 'weight-missing' | 'shape-mismatch' */
export function checkWeights(graph: Graph, weights: ReadonlyMap<string, Tensor>): void {
  for (const { name, shape } of graph.weights) {
    const given = weights.get(name);
    if (!given) throw new EngineError('weight-missing', `${graph.name}: the weights lack "${name}".`);
    if (!sameShape(given.shape, shape))
      throw new EngineError(
        'shape-mismatch',
        `${graph.name}: weight "${name}" has shape ${shapeText(given.shape)}, expected ${shapeText(shape)}.`,
      );
  }
}

/** @throws EngineError 'non-finite-output' */
export function checkOutput(network: string, output: string, data: Float32Array): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new EngineError('non-finite-output', `${network}: output "${output}" holds ${data[at]} at position ${at}.`);
}
