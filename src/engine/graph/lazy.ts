/** A value of the graph while it is being lowered: where to read it, or what would have to be computed. */

import type { Shape } from '../tensor';
import type { Expression, Unary } from './expression';
import { at } from './list';
import { broadcastView, sliceView, throughView, transposeView, upsampleView, type View } from './view';

/** One view, or several that are joined along an axis without having been copied together. */
export interface Parts {
  readonly kind: 'parts';
  readonly shape: Shape;
  readonly axis: number;
  readonly parts: readonly View[];
}

/** Arithmetic that the one reader will do itself, if it can. */
export interface Pending {
  readonly kind: 'pending';
  readonly shape: Shape;
  readonly expression: Expression;
  /** With the shape of the result. */
  readonly operands: readonly View[];
}

export type Lazy = Parts | Pending;

export function single(view: View): Parts {
  return { kind: 'parts', shape: view.shape, axis: 0, parts: [view] };
}

export function joined(parts: readonly View[], axis: number): Parts {
  const size = parts.reduce((total, { shape }) => total + at(shape, axis), 0);
  return { kind: 'parts', shape: at(parts, 0).shape.with(axis, size), axis, parts };
}

export function throughParts(lazy: Parts, unary: Unary): Parts {
  return { ...lazy, parts: lazy.parts.map((part) => throughView(part, unary)) };
}

export function transposeParts({ axis, parts }: Parts, permutation: readonly number[]): Parts {
  return joined(
    parts.map((part) => transposeView(part, permutation)),
    permutation.indexOf(axis),
  );
}

/** @returns undefined where the parts would have to be copied together first */
export function upsampleParts({ axis, parts }: Parts, factor: number): Parts | undefined {
  if (parts.length > 1 && (axis === 1 || axis === 2)) return undefined;
  return joined(
    parts.map((part) => upsampleView(part, factor)),
    axis,
  );
}

/** @returns undefined where an element that is repeated would be cut */
export function sliceParts({ axis, parts }: Parts, along: number, begin: number, size: number): Parts | undefined {
  const cut: (View | undefined)[] = [];
  let start = 0;
  for (const part of parts) {
    const extent = at(part.shape, along);
    // Along the joint each part covers its own stretch; along another axis all are cut alike.
    const from = along === axis ? Math.max(begin - start, 0) : begin;
    const to = along === axis ? Math.min(begin + size - start, extent) : begin + size;
    if (to > from) cut.push(sliceView(part, along, from, to - from));
    if (along === axis) start += extent;
  }
  const found = cut.filter((part) => part !== undefined);
  return found.length === cut.length ? joined(found, axis) : undefined;
}

const CHEAP = new Set(['relu', 'affine']);

/** Worth computing once for each reader rather than storing. */
export function isCheap({ fn }: Unary): boolean {
  return CHEAP.has(fn);
}

function isCheapExpression(expression: Expression): boolean {
  if (expression.kind === 'unary') return isCheap(expression.unary) && isCheapExpression(expression.x);
  return expression.kind !== 'binary' || (isCheapExpression(expression.a) && isCheapExpression(expression.b));
}

/** A pending value at each element of a larger shape; undefined where that would repeat costly arithmetic. */
export function broadcastPending(lazy: Pending, shape: Shape): Pending | undefined {
  const grows = shape.some(
    (size, axis) => size > 1 && (lazy.shape[axis - shape.length + lazy.shape.length] ?? 1) === 1,
  );
  if (grows && !isCheapExpression(lazy.expression)) return undefined;
  return { ...lazy, shape, operands: lazy.operands.map((view) => broadcastView(view, shape)) };
}
