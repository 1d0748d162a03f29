/** For each op: the shapes of its operands -> the shape of its value, or a sentence that says why they do not fit. */

import { elementCount, sameShape, type Shape } from '../tensor';
import type { AttributesOf, OpName } from './schema';

/** `Attributes` are those of the op: ops with equal attributes may share a rule. */
export type ShapeRule<Attributes> = (operands: readonly Shape[], attributes: Attributes) => Shape | string;

const NONE: Shape = [];
const same = ([x = NONE]: readonly Shape[]): Shape => x;

/** numpy broadcasting of two shapes, or undefined. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const p = a[axis - rank + a.length] ?? 1;
    const q = b[axis - rank + b.length] ?? 1;
    if (p !== q && p !== 1 && q !== 1) return undefined;
    out.push(p === 1 ? q : p);
  }
  return out;
}

const broadcast: ShapeRule<AttributesOf<'add'>> = ([a = NONE, b = NONE]) =>
  broadcastShapes(a, b) ?? 'cannot broadcast its inputs';

const conv2d: ShapeRule<AttributesOf<'conv2d'>> = ([x = NONE, weight = NONE, bias], { stride, dilation, padding }) => {
  const [n = 0, h = 0, w = 0, channels = 0] = x;
  const [kh = 0, kw = 0, input = 0, output = 0] = weight;
  if (x.length !== 4 || weight.length !== 4) return 'needs rank 4';
  if (input !== channels) return `has a weight for ${input} channels, but its input has ${channels}`;
  if (bias && !sameShape(bias, [output])) return `needs a bias of ${output}`;
  if (stride > 1 && dilation > 1) return 'has both stride and dilation above 1';
  const extent = (size: number, kernel: number, [before, after]: readonly [number, number]) =>
    Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;
  const height = extent(h, kh, padding[0]);
  const width = extent(w, kw, padding[1]);
  return height < 1 || width < 1 ? 'has a kernel larger than its padded input' : [n, height, width, output];
};

const dense: ShapeRule<AttributesOf<'dense'>> = ([x = NONE, weight = NONE, bias]) => {
  const [input, output = 0] = weight;
  if (x.length < 1 || weight.length !== 2) return 'needs a weight of rank 2';
  if (x.at(-1) !== input) return `has a weight for ${input} features, but its input has ${x.at(-1)}`;
  if (bias && !sameShape(bias, [output])) return `needs a bias of ${output}`;
  return [...x.slice(0, -1), output];
};

const matmul: ShapeRule<AttributesOf<'matmul'>> = ([a = NONE, b = NONE], { transposeA, transposeB }) => {
  if (a.length < 2 || a.length !== b.length) return 'needs two inputs of equal rank, at least 2';
  if (!sameShape(a.slice(0, -2), b.slice(0, -2))) return 'needs equal leading axes';
  const [rows = 0, innerA] = transposeA ? [a.at(-1), a.at(-2)] : a.slice(-2);
  const [innerB, columns = 0] = transposeB ? [b.at(-1), b.at(-2)] : b.slice(-2);
  return innerA === innerB ? [...a.slice(0, -2), rows, columns] : `multiplies inner sizes ${innerA} and ${innerB}`;
};

/** A negative axis counts from the end. */
export function resolveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

const concat: ShapeRule<AttributesOf<'concat'>> = (operands, attributes) => {
  const [first = NONE] = operands;
  const axis = resolveAxis(attributes.axis, first.length);
  if (axis < 0 || axis >= first.length) return `has no axis ${attributes.axis}`;
  const fits = operands.every((shape) => sameShape(shape.with(axis, 0), first.with(axis, 0)));
  if (!fits) return 'joins inputs that differ in another axis';
  return first.with(
    axis,
    operands.reduce((total, shape) => total + (shape[axis] ?? 0), 0),
  );
};

const slice: ShapeRule<AttributesOf<'slice'>> = ([x = NONE], { axis: given, begin, size }) => {
  const axis = resolveAxis(given, x.length);
  if (axis < 0 || axis >= x.length) return `has no axis ${given}`;
  return begin + size > (x[axis] ?? 0) ? `takes ${begin} to ${begin + size}, beyond the end` : x.with(axis, size);
};

const reshape: ShapeRule<AttributesOf<'reshape'>> = ([x = NONE], { shape }) => {
  if (shape.lastIndexOf(0) > 0) return 'has a 0 elsewhere than at the first axis';
  const target = shape.map((size, axis) => (axis === 0 && size === 0 ? (x[0] ?? 0) : size));
  const unknown = target.indexOf(-1);
  if (unknown !== target.lastIndexOf(-1)) return 'has more than one axis to infer';
  const known = elementCount(target.filter((size) => size !== -1));
  const out = unknown < 0 ? target : target.with(unknown, elementCount(x) / known);
  return elementCount(out) === elementCount(x) && out.every(Number.isInteger)
    ? out
    : `cannot become [${shape.join(', ')}]`;
};

const transpose: ShapeRule<AttributesOf<'transpose'>> = ([x = NONE], { permutation }) => {
  const complete = permutation.length === x.length && new Set(permutation).size === x.length;
  return complete && permutation.every((axis) => axis < x.length)
    ? permutation.map((axis) => x[axis] ?? 0)
    : `has the permutation [${permutation.join(', ')}]`;
};

const reduce: ShapeRule<AttributesOf<'mean'>> = ([x = NONE], { axes, keepDims }) => {
  if (axes.some((axis) => axis >= x.length) || new Set(axes).size !== axes.length)
    return `reduces axes [${axes.join(', ')}]`;
  return keepDims
    ? x.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : x.filter((_, axis) => !axes.includes(axis));
};

const upsample: ShapeRule<AttributesOf<'upsampleNearest'>> = ([x = NONE], { factor }) => {
  const [n = 0, h = 0, w = 0, c = 0] = x;
  return x.length === 4 ? [n, h * factor, w * factor, c] : 'needs rank 4';
};

const pool: ShapeRule<AttributesOf<'averagePool'>> = ([x = NONE], { size }) => {
  const [n = 0, h = 0, w = 0, c = 0] = x;
  if (x.length !== 4) return 'needs rank 4';
  return h < size || w < size
    ? `pools ${size} cells, more than there are`
    : [n, Math.floor(h / size), Math.floor(w / size), c];
};

const spaceToDepth: ShapeRule<AttributesOf<'spaceToDepth'>> = ([x = NONE], { block }) => {
  const [n = 0, h = 0, w = 0, c = 0] = x;
  if (x.length !== 4) return 'needs rank 4';
  return h % block || w % block
    ? `needs height and width divisible by ${block}`
    : [n, h / block, w / block, c * block * block];
};

const depthToSpace: ShapeRule<AttributesOf<'depthToSpace'>> = ([x = NONE], { block }) => {
  const [n = 0, h = 0, w = 0, c = 0] = x;
  if (x.length !== 4) return 'needs rank 4';
  return c % (block * block)
    ? `needs channels divisible by ${block * block}`
    : [n, h * block, w * block, c / (block * block)];
};

const rmsNorm: ShapeRule<AttributesOf<'rmsNorm'>> = ([x = NONE, gain = NONE]) =>
  x.length > 0 && sameShape(gain, x.slice(-1)) ? x : `needs a gain of ${x.at(-1)}`;

// prettier-ignore
export const SHAPE_RULES: { readonly [Op in OpName]: ShapeRule<AttributesOf<Op>> } = {
  conv2d, dense, matmul, concat, slice, reshape, transpose, spaceToDepth, depthToSpace, rmsNorm,
  add: broadcast, subtract: broadcast, multiply: broadcast,
  mean: reduce, sum: reduce,
  upsampleNearest: upsample, averagePool: pool, maxPool: pool,
  relu: same, silu: same, sigmoid: same, tanh: same, sin: same, cos: same, exp: same, log: same, affine: same,
  softmax: ([x = NONE]) => (x.length > 0 ? x : 'needs at least rank 1'),
};
