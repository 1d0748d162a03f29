/** How far a soft mask has risen, four pixels at a time: softPlaces.ts has the loops that these stand for. */

import {
  f64x2,
  lanes,
  load,
  loadSplatDouble,
  plus,
  repeat,
  splatDouble,
  storeFirst,
  times,
  int,
  type I32,
  type V128,
} from '../../assembler/instructions';
import { Lines } from '../../assembler/lines';
import type { ModuleBuilder } from '../../assembler/module';
import { rounded, upper, WHOLE, words } from './halves';

export interface FadeExports {
  /** out[x] = round(255 · rise(map[x])), a byte each; numbers: from where it rises, and over how much. Rows may be written to the next multiple of four. */
  fade(out: number, map: number, from: number, to: number, numbers: number): void;
  /** The same of two maps, round(255 · rise(map[x]) · rise(second[x])); numbers of the one, then of the other. */
  fadeTwice(out: number, map: number, from: number, to: number, numbers: number, second: number): void;
}

type Halves = readonly [V128, V128];

export function defineFades(module: ModuleBuilder): void {
  const types = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const once = module.define(types, (scope) => {
    const [out, map, from, to, numbers] = scope.parameters;
    const [lines, inner, x] = [new Lines(scope), new Lines(scope), scope.i32()];
    const rise = riseOf(lines, numbers, 0);
    inner.add(storeBytes(inner, plus(out, x), ofAll(rise(inner, map, x))));
    return [...lines.code, repeat(x, from, to, 4, inner.code)];
  });
  const twice = module.define([...types, 'i32'], (scope) => {
    const [out, map, from, to, numbers, second] = scope.parameters;
    const [lines, inner, x] = [new Lines(scope), new Lines(scope), scope.i32()];
    const [one, other] = [riseOf(lines, numbers, 0), riseOf(lines, numbers, 16)];
    const [first, then] = [ofAll(one(inner, map, x)), other(inner, second, x)];
    const both: Halves = [f64x2.multiply(first[0], then[0]), f64x2.multiply(first[1], then[1])];
    inner.add(storeBytes(inner, plus(out, x), both));
    return [...lines.code, repeat(x, from, to, 4, inner.code)];
  });
  module.export('fade', once);
  module.export('fadeTwice', twice);
}

/** 255 times each. */
const ofAll = (halves: Halves): Halves => [
  f64x2.multiply(splatDouble(255), halves[0]),
  f64x2.multiply(splatDouble(255), halves[1]),
];

/** Smoothstep of a map's pixels from x on. What is no number has not risen. */
function riseOf(lines: Lines, numbers: I32, at: number): (inner: Lines, map: I32, x: I32) => Halves {
  const [begin, over] = [lines.let(loadSplatDouble(numbers, at)), lines.let(loadSplatDouble(numbers, at + 8))];
  return (inner, map, x) => {
    const row = inner.let(load(plus(map, times(x, int(4)))));
    const half = (floats: V128): V128 => {
      const share = f64x2.divide(f64x2.subtract(f64x2.ofFloats(floats), begin), over);
      const t = inner.let(f64x2.min(splatDouble(1), f64x2.max(splatDouble(0), share)));
      return inner.let(
        f64x2.multiply(f64x2.multiply(t, t), f64x2.subtract(splatDouble(3), f64x2.multiply(splatDouble(2), t))),
      );
    };
    return [half(row), half(upper(row))];
  };
}

function storeBytes(inner: Lines, address: I32, [low, high]: Halves): ReturnType<typeof storeFirst> {
  const whole = (half: V128): V128 => inner.let(f64x2.add(rounded(inner, half), splatDouble(WHOLE)));
  const four = inner.let(words(whole(low), whole(high)));
  const shorts = inner.let(lanes.toShorts(four, four));
  return storeFirst(address, lanes.toBytes(shorts, shorts));
}
