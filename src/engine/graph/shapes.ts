/** Static shape inference: pure, one rule an op. The first axis of every graph input is the batch. */

import { GraphFormatError } from '../errors';
import { type Shape, shapeText } from '../tensor';
import type { Graph, GraphNode } from './schema';
import { SHAPE_RULES, type ShapeRule } from './shape-rules';

/**
 * The shape of every input, weight and value.
 * @param batch replaces the stated first axis of every input
 * @throws GraphFormatError 'shape' naming the node
 */
export function inferShapes(graph: Graph, batch?: number): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const weight of graph.weights) shapes.set(weight.name, weight.shape);
  for (const input of graph.inputs)
    shapes.set(input.name, batch === undefined ? input.shape : [batch, ...input.shape.slice(1)]);
  for (const node of graph.nodes) shapes.set(node.output, inferNode(node, shapes));
  return shapes;
}

function inferNode(node: GraphNode, shapes: ReadonlyMap<string, Shape>): Shape {
  const operands = node.inputs.map((name) => {
    const shape = shapes.get(name);
    if (!shape)
      throw new GraphFormatError('unknown-value', `Node "${node.output}" reads "${name}", which nothing defines.`);
    return shape;
  });
  // The union of rules and the union of attributes are correlated by node.op, which the type checker cannot follow.
  const rule = SHAPE_RULES[node.op] as ShapeRule<GraphNode['attributes']>;
  const result = rule(operands, node.attributes);
  if (typeof result !== 'string') return result;
  const seen = operands.map(shapeText).join(', ');
  throw new GraphFormatError('shape', `Node "${node.output}" (${node.op}) ${result}; its inputs are ${seen}.`);
}
