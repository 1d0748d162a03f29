/** Functions over one row of floats that lie together. */

import {
  type Callable,
  type Code,
  f32x4,
  type I32,
  int,
  type Local,
  set,
  shuffle,
  splat,
  splatBits,
  type V128,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import type { ModuleBuilder } from '../../../assembler/module';
import type { Functions } from '../functions';
import { alongRow, type Lanes, plainRow, read, write } from './access';

/** The first lane, or all: what lies beyond the row's end must not be counted. */
export function counted(x: V128, lanes: Lanes): V128 {
  return lanes === 4 ? x : shuffle(x, splatBits(0), [0, 4, 4, 4]);
}

/** The four lanes combined, in all lanes. */
export function acrossLanes(lines: Lines, x: V128, combine: (a: V128, b: V128) => V128): V128 {
  const once = lines.let(combine(x, shuffle(x, x, [2, 3, 0, 1])));
  return lines.let(combine(once, shuffle(once, once, [1, 0, 3, 2])));
}

/** Σ value(offset) over the elements [0, length), in an order that depends on nothing else. */
export function total(
  lines: Lines,
  length: I32,
  vectorial: boolean,
  value: (offset: Local<'i32'>, lanes: Lanes) => V128,
): V128 {
  const sum = lines.scope.v128();
  lines.add(set(sum, splat(0)));
  lines.add(
    alongRow(lines, { from: int(0), to: length, vectorial }, (offset, lanes) =>
      set(sum, f32x4.add(sum, counted(value(offset, lanes), lanes))),
    ),
  );
  return acrossLanes(lines, sum, f32x4.add);
}

/** Defines softmax(scale · x) of a row in its place: (address, length, scale in all lanes). */
export function defineSoftmaxRow(module: ModuleBuilder, functions: Functions): Callable {
  return module.define(['i32', 'i32', 'v128'], (scope): Code => {
    const [start, length, scale] = scope.parameters;
    const lines = new Lines(scope); // the order of the parameters does not matter to it
    const row = plainRow(start);
    const scaled = (offset: I32, lanes: Lanes) => f32x4.multiply(read(row, offset, lanes, functions), scale);
    const most = scope.v128();
    const range = { from: int(0), to: length, vectorial: true };
    lines.add(set(most, splat(Number.NEGATIVE_INFINITY)));
    lines.add(alongRow(lines, range, (offset, lanes) => set(most, f32x4.max(most, scaled(offset, lanes)))));
    const highest = acrossLanes(lines, most, f32x4.max);
    const power = scope.v128();
    const sum = scope.v128();
    lines.add(set(sum, splat(0)));
    lines.add(
      alongRow(lines, range, (offset, lanes) => [
        set(power, functions.unary({ fn: 'exp' }, f32x4.subtract(scaled(offset, lanes), highest))),
        write(row, offset, power, lanes),
        set(sum, f32x4.add(sum, counted(power, lanes))),
      ]),
    );
    const share = lines.let(f32x4.divide(splat(1), acrossLanes(lines, sum, f32x4.add)));
    lines.add(
      alongRow(lines, range, (offset, lanes) =>
        write(row, offset, f32x4.multiply(read(row, offset, lanes, functions), share), lanes),
      ),
    );
    return lines.code;
  });
}
