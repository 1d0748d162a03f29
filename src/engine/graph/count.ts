/** How much arithmetic a graph is. */

import { elementCount, type Shape } from '../tensor';
import type { Graph } from './schema';

/** Multiply-adds of convolutions and products, for throughput figures and ratios. */
export function multiplyAdds(graph: Graph, shapes: ReadonlyMap<string, Shape>): number {
  const size = (name: string | undefined) => elementCount(shapes.get(name ?? '') ?? []);
  return graph.nodes.reduce((total, node) => {
    const weight = shapes.get(node.inputs[1] ?? '') ?? [];
    if (node.op === 'conv2d' || node.op === 'dense')
      return total + size(node.output) * elementCount(weight.slice(0, -1));
    if (node.op !== 'matmul') return total;
    return total + size(node.output) * (weight.at(node.attributes.transposeB ? -1 : -2) ?? 0);
  }, 0);
}
