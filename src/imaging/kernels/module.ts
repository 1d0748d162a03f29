/**
 * The loops over a film's pixels that cost most, four pixels at a time. They compute in the same order and round as often as the
 * loops in TypeScript that they stand for (doubles, rounded to floats where these write floats), so that both give the same bits.
 */

import {
  bits,
  type Code,
  f32x4,
  f64x2,
  int,
  lanes,
  load,
  loadHalf,
  loadSplatDouble,
  loadWord,
  minus,
  plus,
  repeat,
  set,
  splat,
  splatBits,
  splatDouble,
  store,
  storeHalf,
  times,
  type I32,
  type V128,
} from '../../assembler/instructions';
import { Lines } from '../../assembler/lines';
import { ModuleBuilder } from '../../assembler/module';
import { defineFades, type FadeExports } from './fade';
import { joined, rounded, upper, WHOLE, words } from './halves';
import { PAGES } from './layout';
import { defineNoise, type NoiseExports } from './noise';

/** All addresses and counts are in bytes and elements; rows may be written to the next multiple of four elements. */
export interface KernelExports extends FadeExports, NoiseExports {
  /** out[x] = the four rows' weighted sum, rounded to floats after each; weights: four doubles. */
  cubic(out: number, a: number, b: number, c: number, d: number, weights: number, from: number, to: number): void;
  /** Adds round(change · weight · scale) to pixels, held to a range; numbers: scale, least, greatest, and there the count of what changed is left. */
  change(change: number, weights: number, pixels: number, count: number, numbers: number): void;
  changeSigned(change: number, weights: number, pixels: number, count: number, numbers: number): void;
  /** A row of doubles, blurred to floats; weights from the middle outward. */
  across(line: number, out: number, width: number, weights: number, reach: number): void;
  /** A row of floats, blurred from rows above and below that lie `stride` bytes apart, the first `reach` above. */
  down(first: number, out: number, width: number, weights: number, reach: number, stride: number): void;
}

export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared: false, maximum: PAGES });
  defineCubic(module);
  defineChange(module, 'change', false);
  defineChange(module, 'changeSigned', true);
  defineAcross(module);
  defineDown(module);
  defineFades(module);
  defineNoise(module);
  return module.bytes();
}

function defineCubic(module: ModuleBuilder): void {
  const types = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const defined = module.define(types, (scope) => {
    const [out, a, b, c, d, weights, from, to] = scope.parameters;
    const lines = new Lines(scope);
    const [p, q, r, s] = [0, 8, 16, 24].map((at) => lines.let(loadSplatDouble(weights, at)));
    const x = scope.i32();
    const inner = new Lines(scope);
    const offset = inner.let(times(x, int(4)));
    const half = (bytes: number): V128 => {
      const tap = (row: I32): V128 => f64x2.ofFloats(loadHalf(plus(row, offset), bytes));
      const add = (sum: V128, weight: V128, row: I32): V128 =>
        f64x2.toFloats(f64x2.add(f64x2.ofFloats(sum), f64x2.multiply(weight, tap(row))));
      // A double holds the product of two floats, which is then rounded once.
      const one = f64x2.toFloats(f64x2.multiply(p as V128, tap(a)));
      return add(add(add(one, q as V128, b), r as V128, c), s as V128, d);
    };
    inner.add(store(plus(out, offset), joined(half(0), half(8))));
    return [...lines.code, repeat(x, from, to, 4, inner.code)];
  });
  module.export('cubic', defined);
}

function defineChange(module: ModuleBuilder, name: string, signed: boolean): void {
  const defined = module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (scope) => {
    const [change, weights, pixels, count, numbers] = scope.parameters;
    const lines = new Lines(scope);
    const [scale, least, greatest] = [0, 8, 16].map((at) => lines.let(loadSplatDouble(numbers, at))) as [
      V128,
      V128,
      V128,
    ];
    const counted = scope.v128();
    lines.add(set(counted, splatBits(0)));
    const x = scope.i32();
    const inner = new Lines(scope);
    const at = inner.let(plus(pixels, times(x, int(2))));
    const own = inner.let((signed ? lanes.signedShortsWider : lanes.shortsWider)(loadHalf(at)));
    const shares = inner.let(lanes.shortsWider(lanes.bytesWider(loadWord(plus(weights, x)))));
    const given = inner.let(load(plus(change, times(x, int(4)))));
    // Of what is not finite the difference from itself is no number: no change.
    const row = inner.let(bits.and(given, f32x4.equal(f32x4.subtract(given, given), splat(0))));
    const half = (of: (x: V128) => V128): V128 => {
      const before = inner.let(f64x2.fromInteger(of(own)));
      const moved = inner.let(
        f64x2.multiply(f64x2.multiply(f64x2.ofFloats(of(row)), f64x2.fromInteger(of(shares))), scale),
      );
      const delta = inner.let(rounded(inner, moved));
      const after = f64x2.min(f64x2.max(f64x2.add(before, delta), least), greatest);
      return f64x2.add(bits.select(after, before, f64x2.notEqual(delta, splatDouble(0))), splatDouble(WHOLE));
    };
    const low = inner.let(half((value) => value));
    const whole = inner.let(words(low, half(upper)));
    inner.add(set(counted, bits.subtract(counted, bits.notEqual(whole, own))));
    inner.add(storeHalf(at, (signed ? lanes.toSignedShorts : lanes.toShorts)(whole, whole)));
    return [...lines.code, repeat(x, int(0), count, 4, inner.code), store(numbers, counted, 24)];
  });
  module.export(name, defined);
}

/** Sums of two pixels each, side by side: one alone waits for each of its additions. */
const ABREAST = 4;

function defineAcross(module: ModuleBuilder): void {
  const defined = module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (scope) => {
    const [line, out, width, weights, reach] = scope.parameters;
    const lines = new Lines(scope);
    const [x, k] = [scope.i32(), scope.i32()];
    const sums = Array.from({ length: ABREAST }, () => scope.v128());
    const inner = new Lines(scope);
    const middle = inner.let(plus(line, times(plus(x, reach), int(8))));
    const first = inner.let(loadSplatDouble(weights));
    for (const [i, sum] of sums.entries()) inner.add(set(sum, f64x2.multiply(first, load(middle, 16 * i))));
    const turn = new Lines(scope);
    const back = turn.let(times(k, int(8)));
    const weight = turn.let(loadSplatDouble(plus(weights, back)));
    const [left, right] = [turn.let(minus(middle, back)), turn.let(plus(middle, back))];
    for (const [i, sum] of sums.entries())
      turn.add(set(sum, f64x2.add(sum, f64x2.multiply(weight, f64x2.add(load(left, 16 * i), load(right, 16 * i))))));
    inner.add(repeat(k, int(1), plus(reach, int(1)), 1, turn.code));
    const to = inner.let(plus(out, times(x, int(4))));
    for (let i = 0; i < ABREAST; i += 2)
      inner.add(store(to, joined(f64x2.toFloats(sums[i] as V128), f64x2.toFloats(sums[i + 1] as V128)), 8 * i));
    return [...lines.code, repeat(x, int(0), width, 2 * ABREAST, inner.code)];
  });
  module.export('across', defined);
}

function defineDown(module: ModuleBuilder): void {
  const defined = module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (scope) => {
    const [first, out, width, weights, reach, stride] = scope.parameters;
    const [x, k, from] = [scope.i32(), scope.i32(), scope.i32()];
    const [low, high] = [scope.v128(), scope.v128()];
    const add = (weight: V128): Code => {
      const lines = new Lines(scope);
      const own = lines.let(weight);
      for (const [sum, at] of [
        [low, 0],
        [high, 8],
      ] as const)
        lines.add(
          set(
            sum,
            f64x2.toFloats(f64x2.add(f64x2.ofFloats(sum), f64x2.multiply(own, f64x2.ofFloats(loadHalf(from, at))))),
          ),
        );
      lines.add(set(from, plus(from, stride)));
      return lines.code;
    };
    const inner = new Lines(scope);
    const column = inner.let(times(x, int(4)));
    inner.add(set(from, plus(first, column)), set(low, splatBits(0)), set(high, splatBits(0)));
    const weightAt = (step: I32): V128 => loadSplatDouble(plus(weights, times(step, int(8))));
    inner.add(repeat(k, int(0), reach, 1, add(weightAt(minus(reach, k)))));
    inner.add(repeat(k, int(0), plus(reach, int(1)), 1, add(weightAt(k))));
    inner.add(store(plus(out, column), joined(low, high)));
    return repeat(x, int(0), width, 4, inner.code);
  });
  module.export('down', defined);
}
