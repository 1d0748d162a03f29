/**
 * How the elements of a value are found in memory. Slices, transpositions, nearest-neighbour enlargement, most reshapes and
 * broadcasts only change how a coordinate becomes an address, so they are views and cost nothing: the kernel that reads through
 * a view does the arithmetic.
 */

import { elementCount, sameShape, type Shape } from '../tensor';
import type { Unary } from './expression';
import { at } from './list';

export interface View {
  /** Index of the stored value that is read or written. */
  readonly value: number;
  readonly shape: Shape;
  /** In elements; element (i0, i1, …) lies at offset + Σ floor(i / divisor) · stride. */
  readonly offset: number;
  readonly strides: readonly number[];
  readonly divisors: readonly number[];
  /** Applied in turn to each element after it was read. */
  readonly via: readonly Unary[];
}

/** Row-major strides in elements. */
export function rowMajor(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = at(strides, axis + 1) * at(shape, axis + 1);
  return strides;
}

/** The whole of a value stored row by row. */
export function wholeView(value: number, shape: Shape): View {
  return { value, shape, offset: 0, strides: rowMajor(shape), divisors: shape.map(() => 1), via: [] };
}

/** True where the elements follow one another in row-major order, from wherever the first one lies. */
export function isContiguous({ shape, strides, divisors }: View): boolean {
  const expected = rowMajor(shape);
  return shape.every((size, axis) => size === 1 || (strides[axis] === expected[axis] && divisors[axis] === 1));
}

/** Result axis i is axis `permutation[i]`. */
export function transposeView(view: View, permutation: readonly number[]): View {
  const pick = (list: readonly number[]) => permutation.map((axis) => at(list, axis));
  return { ...view, shape: pick(view.shape), strides: pick(view.strides), divisors: pick(view.divisors) };
}

/** Exchanges the last two axes. */
export function swapLast(view: View): View {
  const rank = view.shape.length;
  const axes = view.shape.map((_, axis) => axis);
  return transposeView(view, [...axes.slice(0, -2), rank - 1, rank - 2]);
}

/** @returns undefined where an enlarged axis would be cut inside a repeated element */
export function sliceView(view: View, axis: number, begin: number, size: number): View | undefined {
  const divisor = at(view.divisors, axis);
  if (begin % divisor !== 0) return undefined;
  const offset = view.offset + (begin / divisor) * at(view.strides, axis);
  return { ...view, offset, shape: view.shape.with(axis, size) };
}

/** Each element of axes 1 and 2 `factor` times. */
export function upsampleView(view: View, factor: number): View {
  const spatial = (list: readonly number[]) =>
    list.map((size, axis) => (axis === 1 || axis === 2 ? size * factor : size));
  return { ...view, shape: spatial(view.shape), divisors: spatial(view.divisors) };
}

/** numpy broadcasting to a shape of equal or higher rank that it is known to fit. */
export function broadcastView(view: View, shape: Shape): View {
  const missing = shape.length - view.shape.length;
  const spread = (list: readonly number[], otherwise: number) =>
    shape.map((size, axis) =>
      axis < missing || (view.shape[axis - missing] === 1 && size > 1) ? otherwise : at(list, axis - missing),
    );
  return { ...view, shape, strides: spread(view.strides, 0), divisors: spread(view.divisors, 1) };
}

export function throughView(view: View, unary: Unary): View {
  return { ...view, via: [...view.via, unary] };
}

interface Axis {
  readonly size: number;
  readonly stride: number;
  readonly divisor: number;
}

/**
 * The same elements in the same row-major order under another shape, without moving them.
 * @returns undefined where no strides do that
 */
export function reshapeView(view: View, shape: Shape): View | undefined {
  if (sameShape(view.shape, shape)) return view;
  const from = view.shape
    .map((size, axis): Axis => ({ size, stride: at(view.strides, axis), divisor: at(view.divisors, axis) }))
    .filter(({ size }) => size > 1);
  const to: Axis[] = [];
  const wanted = shape.filter((size) => size > 1);
  while (from.length > 0 || to.length < wanted.length) {
    const taken = takeGroup(from, wanted.slice(to.length));
    if (!taken) return undefined;
    to.push(...taken);
  }
  // Axes of one element are never stepped along.
  const found = shape.map((size) => (size > 1 ? (to.shift() ?? { stride: 0, divisor: 1 }) : { stride: 0, divisor: 1 }));
  return { ...view, shape, strides: found.map(({ stride }) => stride), divisors: found.map(({ divisor }) => divisor) };
}

/** Takes the fewest old axes that hold as many elements as some new ones, if they lie evenly; removes them from `from`. */
function takeGroup(from: Axis[], wanted: Shape): Axis[] | undefined {
  const old = [at(from, 0)];
  const sizes = [at(wanted, 0)];
  const count = (axes: readonly Axis[]) => elementCount(axes.map(({ size }) => size));
  while (count(old) !== elementCount(sizes))
    if (count(old) < elementCount(sizes)) old.push(at(from, old.length));
    else sizes.push(at(wanted, sizes.length));
  from.splice(0, old.length);
  const only = old.length === 1 && sizes.length === 1;
  if (only) return old;
  const even = old.every(({ stride, divisor }, axis) => {
    const next = old[axis + 1];
    return divisor === 1 && (!next || stride === next.size * next.stride);
  });
  const last = at(old, -1);
  return even
    ? rowMajor(sizes).map((stride, axis) => ({ size: at(sizes, axis), stride: stride * last.stride, divisor: 1 }))
    : undefined;
}

/** Where element `coordinates` lies, in elements from the start of the value. */
export function elementIndex({ offset, strides, divisors }: View, coordinates: readonly number[]): number {
  return coordinates.reduce((index, i, axis) => index + Math.floor(i / at(divisors, axis)) * at(strides, axis), offset);
}
