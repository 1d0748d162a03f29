/**
 * The meaning of every op, in plain TypeScript and float64 sums, one node at a time: what fused programs and shaders are
 * compared with. Nothing is shared with what it checks except the rules for shapes.
 */

import { applyUnary } from '../../graph/expression';
import type { Graph, GraphNode } from '../../graph/schema';
import { resolveAxis } from '../../graph/shape-rules';
import { inferShapes } from '../../graph/shapes';
import { elementCount, type Shape, type Tensor } from '../../tensor';
import { coordinates, flatIndex } from './coordinates';

/** @returns outputs by name */
export function interpretGraph(
  graph: Graph,
  weights: ReadonlyMap<string, Tensor>,
  inputs: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  const shapes = inferShapes(graph, Object.values(inputs)[0]?.shape[0]);
  const values = new Map<string, Tensor>([...weights, ...Object.entries(inputs)]);
  for (const node of graph.nodes) {
    const operands = node.inputs.map((name) => values.get(name)!);
    const shape = shapes.get(node.output)!;
    const data = new Float32Array(elementCount(shape));
    const element = interpretNode(node, operands, shape);
    for (const at of coordinates(shape)) data[flatIndex(shape, at)] = element(at);
    values.set(node.output, { shape, data });
  }
  return Object.fromEntries(graph.outputs.map(({ name, value }) => [name, values.get(value)!]));
}

const read = ({ shape, data }: Tensor, at: readonly number[]) => data[flatIndex(shape, at)]!;
const sum = (count: number, term: (i: number) => number) => {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
};

/** An operand of lower rank or with axes of one element, at a coordinate of the result. */
function broadcast(tensor: Tensor, at: readonly number[]): number {
  const own = at.slice(at.length - tensor.shape.length);
  return read(
    tensor,
    own.map((i, axis) => (tensor.shape[axis] === 1 ? 0 : i)),
  );
}

function interpretNode(node: GraphNode, operands: readonly Tensor[], shape: Shape): (at: readonly number[]) => number {
  const [x, second, third] = operands as [Tensor, Tensor, Tensor | undefined];
  switch (node.op) {
    case 'conv2d':
      return convolve(node.attributes, x, second, third);
    case 'dense':
      return (at) => {
        const o = at.at(-1)!;
        const rows = at.slice(0, -1);
        return (
          sum(second.shape[0]!, (i) => read(x, [...rows, i]) * read(second, [i, o])) + (third ? third.data[o]! : 0)
        );
      };
    case 'matmul': {
      const { transposeA, transposeB } = node.attributes;
      const inner = x.shape.at(transposeA ? -2 : -1)!;
      return (at) => {
        const [lead, [row, column]] = [at.slice(0, -2), at.slice(-2) as [number, number]];
        return sum(inner, (k) => {
          const a = read(x, [...lead, ...(transposeA ? [k, row] : [row, k])]);
          return a * read(second, [...lead, ...(transposeB ? [column, k] : [k, column])]);
        });
      };
    }
    case 'add':
      return (at) => broadcast(x, at) + broadcast(second, at);
    case 'subtract':
      return (at) => broadcast(x, at) - broadcast(second, at);
    case 'multiply':
      return (at) => broadcast(x, at) * broadcast(second, at);
    case 'affine':
      return (at) => read(x, at) * node.attributes.scale + node.attributes.offset;
    case 'relu':
    case 'silu':
    case 'sigmoid':
    case 'tanh':
    case 'sin':
    case 'cos':
    case 'exp':
    case 'log':
      return (at) => applyUnary({ fn: node.op }, read(x, at));
    case 'concat':
      return (at) => {
        const axis = resolveAxis(node.attributes.axis, shape.length);
        let i = at[axis]!;
        const part = operands.find((tensor) => (i < tensor.shape[axis]! ? true : ((i -= tensor.shape[axis]!), false)))!;
        return read(part, at.with(axis, i));
      };
    case 'slice': {
      const axis = resolveAxis(node.attributes.axis, shape.length);
      return (at) => read(x, at.with(axis, at[axis]! + node.attributes.begin));
    }
    case 'reshape':
      return (at) => x.data[flatIndex(shape, at)]!;
    case 'transpose':
      return (at) =>
        read(
          x,
          x.shape.map((_, axis) => at[node.attributes.permutation.indexOf(axis)]!),
        );
    case 'mean':
    case 'sum': {
      const { axes, keepDims } = node.attributes;
      const reduced = axes.map((axis) => x.shape[axis]!);
      return (at) => {
        let total = 0;
        for (const inner of coordinates(reduced)) {
          let next = 0;
          const from = x.shape.map((_, axis) =>
            axes.includes(axis) ? inner[axes.indexOf(axis)]! : at[keepDims ? axis : next++]!,
          );
          total += read(x, from);
        }
        return node.op === 'mean' ? total / elementCount(reduced) : total;
      };
    }
    case 'upsampleNearest': {
      const { factor } = node.attributes;
      return ([n, r, c, i]) => read(x, [n!, Math.floor(r! / factor), Math.floor(c! / factor), i!]);
    }
    case 'averagePool':
    case 'maxPool': {
      const { size } = node.attributes;
      return ([n, r, c, i]) => {
        const cells = [...coordinates([size, size])].map(([y, z]) => read(x, [n!, r! * size + y!, c! * size + z!, i!]));
        return node.op === 'maxPool' ? Math.max(...cells) : cells.reduce((a, b) => a + b, 0) / cells.length;
      };
    }
    case 'spaceToDepth': {
      const { block } = node.attributes;
      const depth = x.shape[3]!;
      return ([n, r, c, i]) => {
        const cell = Math.floor(i! / depth);
        return read(x, [n!, r! * block + Math.floor(cell / block), c! * block + (cell % block), i! % depth]);
      };
    }
    case 'depthToSpace': {
      const { block } = node.attributes;
      const depth = shape[3]!;
      return ([n, r, c, i]) => {
        const cell = (r! % block) * block + (c! % block);
        return read(x, [n!, Math.floor(r! / block), Math.floor(c! / block), cell * depth + i!]);
      };
    }
    case 'softmax':
      return (at) => {
        const lead = at.slice(0, -1);
        const row = Array.from({ length: shape.at(-1)! }, (_, i) => read(x, [...lead, i]));
        const most = Math.max(...row);
        return Math.exp(read(x, at) - most) / row.reduce((total, value) => total + Math.exp(value - most), 0);
      };
    case 'rmsNorm':
      return (at) => {
        const lead = at.slice(0, -1);
        const size = shape.at(-1)!;
        const mean = sum(size, (i) => read(x, [...lead, i]) ** 2) / size;
        return (read(x, at) / Math.sqrt(mean + node.attributes.epsilon)) * second.data[at.at(-1)!]!;
      };
  }
}

function convolve(
  { stride, dilation, padding }: Extract<GraphNode, { op: 'conv2d' }>['attributes'],
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
): (at: readonly number[]) => number {
  const [, height, width] = x.shape as [number, number, number, number];
  const [kh, kw, channels] = weight.shape as [number, number, number, number];
  return ([n, row, column, o]) => {
    let total = bias ? bias.data[o!]! : 0;
    for (let ky = 0; ky < kh; ky++)
      for (let kx = 0; kx < kw; kx++) {
        const r = row! * stride + ky * dilation - padding[0][0];
        const c = column! * stride + kx * dilation - padding[1][0];
        if (r < 0 || c < 0 || r >= height || c >= width) continue;
        for (let i = 0; i < channels; i++) total += read(x, [n!, r, c, i]) * read(weight, [ky, kx, i, o!]);
      }
    return total;
  };
}
