/** graph.json, version 1. Activations are NHWC, convolution weights HWIO, dense weights [in, out]. See docs/export-format.md. */

import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));
const index = z.int().check(z.nonnegative());
const size = z.int().check(z.positive());
const shape = z.array(size).check(z.maxLength(5));
const axes = z.array(index).check(z.minLength(1));

/** A node reads earlier values or weights by name and defines one value. */
function node<Op extends string, Attributes extends z.core.$ZodShape>(op: Op, attributes: Attributes) {
  return z.strictObject({
    op: z.literal(op),
    output: name,
    inputs: z.array(name).check(z.minLength(1)),
    // prefault, not default: a missing object must still be checked for the attributes that this op needs.
    attributes: z.prefault(z.strictObject(attributes), {} as never),
  });
}

const pair = z.tuple([index, index]);

export const nodeSchema = z.discriminatedUnion('op', [
  /** inputs x [N,H,W,I], weight [kh,kw,I,O], optional bias [O]; padding is [top, bottom], [left, right] zeros. */
  node('conv2d', {
    stride: size,
    dilation: size,
    padding: z.tuple([pair, pair]),
  }),
  /** x [..., I], weight [I, O], optional bias [O]. */
  node('dense', {}),
  /** Batched product over the last two axes of tensors of equal rank. */
  node('matmul', { transposeA: z.boolean(), transposeB: z.boolean() }),
  node('relu', {}),
  node('silu', {}),
  node('sigmoid', {}),
  node('tanh', {}),
  node('sin', {}),
  node('cos', {}),
  node('exp', {}),
  node('log', {}),
  /** Two inputs, numpy broadcasting. */
  node('add', {}),
  node('subtract', {}),
  node('multiply', {}),
  /** x * scale + offset, scalars. */
  node('affine', { scale: z.number(), offset: z.number() }),
  node('concat', { axis: z.int() }),
  node('slice', { axis: z.int(), begin: index, size: size }),
  /** Row-major; -1 once for the axis to be inferred; 0 keeps the batch axis at position 0. */
  node('reshape', { shape: z.array(z.int().check(z.gte(-1))).check(z.minLength(1), z.maxLength(5)) }),
  node('transpose', { permutation: z.array(index) }),
  /** Mean over the axes. */
  node('mean', { axes, keepDims: z.boolean() }),
  node('sum', { axes, keepDims: z.boolean() }),
  /** Nearest-neighbour enlargement of H and W. */
  node('upsampleNearest', { factor: size }),
  node('averagePool', { size: size }),
  node('maxPool', { size: size }),
  /** Channel of the output = (row * block + column) * C + c. */
  node('spaceToDepth', { block: size }),
  node('depthToSpace', { block: size }),
  /** Last axis. */
  node('softmax', {}),
  /** x / sqrt(mean(x², last axis) + epsilon) * gain [C]; inputs x, gain. */
  node('rmsNorm', { epsilon: z.number().check(z.positive()) }),
]);

export const graphSchema = z.strictObject({
  format: z.literal('counterpart-graph'),
  version: z.literal(1),
  name,
  inputs: z.array(z.strictObject({ name, shape: shape.check(z.minLength(1)) })).check(z.minLength(1)),
  outputs: z.array(z.strictObject({ name, value: name })).check(z.minLength(1)),
  weights: z.array(z.strictObject({ name, shape })),
  nodes: z.array(nodeSchema),
});

export type GraphNode = z.infer<typeof nodeSchema>;
export type Graph = z.infer<typeof graphSchema>;
export type OpName = GraphNode['op'];
export type NodeOf<Op extends OpName> = Extract<GraphNode, { op: Op }>;
export type AttributesOf<Op extends OpName> = NodeOf<Op>['attributes'];
