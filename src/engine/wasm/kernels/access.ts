/** Reads and writes through views: the address of a row, and its elements one or four at a time. */

import { at } from '../../graph/list';
import { rowMajor, type View } from '../../graph/view';
import type { Shape } from '../../tensor';
import {
  type Code,
  divide,
  during,
  type I32,
  int,
  isAtLeast,
  load,
  loadSplat,
  type Local,
  plus,
  remainder,
  set,
  store,
  storeFirst,
  times,
  type V128,
} from '../../../assembler/instructions';
import type { Lines } from '../../../assembler/lines';
import type { Functions } from '../functions';

export type Lanes = 1 | 4;

/** Coordinates of a flat index, one local an axis. */
export function decode(lines: Lines, index: I32, shape: Shape): I32[] {
  const strides = rowMajor(shape);
  return shape.map((size, axis) => {
    if (size === 1) return int(0);
    const whole = at(strides, axis) === 1 ? index : divide(index, int(at(strides, axis)));
    return lines.let(axis === 0 ? whole : remainder(whole, int(size)));
  });
}

/** Address of the element at coordinates; those of axes that are left out are zero. */
export function address(view: View, base: number, coordinates: readonly I32[]): I32 {
  const terms = coordinates.map((coordinate, axis) => {
    const [stride, divisor] = [at(view.strides, axis), at(view.divisors, axis)];
    if (stride === 0 || view.shape[axis] === 1) return int(0);
    const step = divisor === 1 ? coordinate : divide(coordinate, int(divisor));
    return times(step, int(4 * stride));
  });
  return plus(...terms, int(base + 4 * view.offset));
}

/** The elements of one row along the last axis. */
export interface Row {
  /** Address of its first element. */
  readonly start: I32;
  readonly stride: number;
  readonly divisor: number;
  readonly via: View['via'];
}

/** The row of a view at the coordinates of its other axes; its address in a local. */
export function rowOf(lines: Lines, view: View, base: number, lead: readonly I32[]): Row {
  const start = lines.let(address(view, base, lead));
  const last = view.shape.length - 1;
  if (last < 0) return { start, stride: 0, divisor: 1, via: view.via };
  return { start, stride: at(view.strides, last), divisor: at(view.divisors, last), via: view.via };
}

/** Floats one after another. */
export function plainRow(start: I32): Row {
  return { start, stride: 1, divisor: 1, via: [] };
}

/** True where four neighbours lie together, or are one and the same. */
export function isVectorial({ stride, divisor }: Row): boolean {
  return (stride === 1 && divisor === 1) || stride === 0;
}

/** @param offset four times the element's number */
function elementAt({ start, stride, divisor }: Row, offset: I32): I32 {
  if (stride === 0) return start;
  if (divisor === 1) return plus(start, times(offset, int(stride)));
  return plus(start, times(divide(offset, int(4 * divisor)), int(4 * stride)));
}

export function read(row: Row, offset: I32, lanes: Lanes, functions: Functions): V128 {
  const from = elementAt(row, offset);
  return functions.through(row.via, lanes === 4 && row.stride !== 0 ? load(from) : loadSplat(from));
}

export function write(row: Row, offset: I32, x: V128, lanes: Lanes): Code {
  const to = elementAt(row, offset);
  return lanes === 4 ? store(to, x) : storeFirst(to, x);
}

/**
 * Elements [from, to) of rows, four at a time where all of them allow it, the rest one by one.
 * @param from a multiple of four where `vectorial`
 */
export function alongRow(
  lines: Lines,
  range: { readonly from: I32; readonly to: I32; readonly vectorial: boolean },
  body: (offset: Local<'i32'>, lanes: Lanes) => Code,
): Code {
  const offset = lines.scope.i32();
  const end = lines.scope.i32();
  const loop = (lanes: Lanes): Code => {
    const goesOn = isAtLeast(end, plus(offset, int(4 * lanes)));
    return during(goesOn, [body(offset, lanes), set(offset, plus(offset, int(4 * lanes)))]);
  };
  const { from, to, vectorial } = range;
  const exact =
    vectorial && from.constant !== undefined && to.constant !== undefined && (to.constant - from.constant) % 4 === 0;
  return [
    set(offset, times(from, int(4))),
    set(end, times(to, int(4))),
    vectorial ? loop(4) : [],
    exact ? [] : loop(1),
  ];
}

/** Numbers from one row (all axes but the last) to the next, where rows follow one another evenly. */
export function evenStride({ shape, strides, divisors }: View): number | undefined {
  const axes = shape.flatMap((size, axis) => (size > 1 && axis < shape.length - 1 ? [axis] : []));
  const even = axes.every((axis, i) => {
    const next = axes[i + 1];
    return divisors[axis] === 1 && (next === undefined || strides[axis] === at(shape, next) * at(strides, next));
  });
  if (!even) return undefined;
  const last = axes.at(-1);
  return last === undefined ? 0 : at(strides, last);
}
