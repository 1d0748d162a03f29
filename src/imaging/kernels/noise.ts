/**
 * Seeded noise, sixteen values at a time: Philox4x32-10 of four counters side by side, and Wichura's AS 241. counterfactual/random.ts
 * has the sources, the loop that this stands for, and why nothing but + - * / and sqrt is used.
 */

import {
  bits,
  call,
  during,
  f64x2,
  int,
  isAny,
  plus,
  repeat,
  set,
  shuffle,
  splatBits,
  splatDouble,
  splatWord,
  store,
  times,
  when,
  wide,
  type Callable,
  type I32,
  type V128,
} from '../../assembler/instructions';
import { Lines } from '../../assembler/lines';
import type { ModuleBuilder } from '../../assembler/module';
import { joined, upper } from './halves';

export interface NoiseExports {
  /** Standard normal floats of `blocks` counters from `first` on, four each; written to the next multiple of sixteen. */
  noise(
    out: number,
    blocks: number,
    first: number,
    key0: number,
    key1: number,
    step: number,
    draw: number,
    stream: number,
  ): void;
}

type Four = readonly [V128, V128, V128, V128];

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

export function defineNoise(module: ModuleBuilder): void {
  const quantile = module.define(['v128'], writeQuantile, 'v128');
  const types = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const defined = module.define(types, (scope) => {
    const [out, blocks, first, key0, key1, step, draw, stream] = scope.parameters;
    const block = scope.i32();
    const inner = new Lines(scope);
    const counter = plusLanes(splatWord(plus(first, block)));
    const words = philox(inner, [counter, splatWord(step), splatWord(draw), splatWord(stream)], [key0, key1]);
    const values = words.map((each) => normal(inner, each, quantile)) as unknown as Four; // of four
    const to = inner.let(plus(out, times(block, int(16))));
    for (const [i, row] of turned(inner, values).entries()) inner.add(store(to, row, 16 * i));
    return repeat(block, int(0), blocks, 4, inner.code);
  });
  module.export('noise', defined);
}

/** Four counters that follow one another. */
function plusLanes(x: V128): V128 {
  const word = (lane: number): V128 => splatBits(lane);
  const [one, other] = [shuffle(word(0), word(1), [0, 4, 0, 4]), shuffle(word(0), word(2), [0, 0, 4, 4])];
  return bits.add(x, bits.or(one, other));
}

function philox(lines: Lines, counter: Four, keys: readonly [I32, I32]): Four {
  let [c0, c1, c2, c3] = counter.map((each) => lines.let(each)) as unknown as Four; // of four
  for (let round = 0; round < ROUNDS; round++) {
    const [k0, k1] = keys.map((key, i) => splatWord(plus(key, int(round * (WEYL[i] as number))))) as [V128, V128];
    const [high0, low0] = product(lines, c0, MULTIPLIERS[0]);
    const [high1, low1] = product(lines, c2, MULTIPLIERS[1]);
    [c0, c2] = [lines.let(bits.xor(bits.xor(high1, c1), k0)), lines.let(bits.xor(bits.xor(high0, c3), k1))];
    [c1, c3] = [low1, low0];
  }
  return [c0, c1, c2, c3];
}

/** Upper and lower words of the products. */
function product(lines: Lines, x: V128, by: number): readonly [V128, V128] {
  const factor = splatBits(by);
  const [one, other] = [lines.let(wide.first(x, factor)), lines.let(wide.last(x, factor))];
  return [lines.let(shuffle(one, other, [1, 3, 5, 7])), lines.let(shuffle(one, other, [0, 2, 4, 6]))];
}

function normal(lines: Lines, word: V128, quantile: Callable & { readonly result: 'v128' }): V128 {
  const half = (words: V128): V128 => {
    const p = f64x2.multiply(f64x2.add(f64x2.fromUnsigned(words), splatDouble(0.5)), splatDouble(2 ** -32));
    return f64x2.toFloats(call(quantile, p));
  };
  return lines.let(joined(half(word), half(upper(word))));
}

/** Rows to columns. */
function turned(lines: Lines, [a, b, c, d]: Four): Four {
  const [low, lower] = [lines.let(shuffle(a, b, [0, 4, 1, 5])), lines.let(shuffle(c, d, [0, 4, 1, 5]))];
  const [high, higher] = [lines.let(shuffle(a, b, [2, 6, 3, 7])), lines.let(shuffle(c, d, [2, 6, 3, 7]))];
  const [first, second] = [shuffle(low, lower, [0, 1, 4, 5]), shuffle(low, lower, [2, 3, 6, 7])];
  return [first, second, shuffle(high, higher, [0, 1, 4, 5]), shuffle(high, higher, [2, 3, 6, 7])];
}

/** PPND16's coefficients, the highest power first. */
const CENTRE_ABOVE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const CENTRE_BELOW = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const TAIL_ABOVE = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
/** 1 / 25, 1 / 23 … 1: of 2 artanh. */
const ODD = Array.from({ length: 13 }, (_, k) => 1 / (25 - 2 * k));
const LN2 = 0.6931471805599453;

function horner([first, ...rest]: readonly number[], x: V128): V128 {
  return rest.reduce(
    (sum, coefficient) => f64x2.add(f64x2.multiply(sum, x), splatDouble(coefficient)),
    splatDouble(first as number),
  );
}

/** Quantile of the standard normal of two p in [2^-33, 1 - 2^-33]. */
const writeQuantile: Parameters<ModuleBuilder['define']>[1] = (scope) => {
  const [p] = scope.parameters as unknown as readonly [V128];
  const lines = new Lines(scope);
  const q = lines.let(f64x2.subtract(p, splatDouble(0.5)));
  const r = lines.let(f64x2.subtract(splatDouble(0.180625), f64x2.multiply(q, q)));
  const value = scope.v128();
  lines.add(set(value, f64x2.divide(f64x2.multiply(q, horner(CENTRE_ABOVE, r)), horner(CENTRE_BELOW, r))));
  const isTail = lines.let(f64x2.below(splatDouble(0.425), f64x2.abs(q)));
  const tail = new Lines(scope);
  const isLow = tail.let(f64x2.below(q, splatDouble(0)));
  const [mantissa, halvings] = [scope.v128(), scope.v128()];
  tail.add(set(mantissa, bits.select(p, f64x2.subtract(splatDouble(1), p), isLow)), set(halvings, splatDouble(0)));
  const isSmall = f64x2.below(mantissa, splatDouble(0.75));
  tail.add(
    during(isAny(isSmall), [
      set(halvings, f64x2.add(halvings, bits.and(splatDouble(1), isSmall))),
      set(mantissa, bits.select(f64x2.add(mantissa, mantissa), mantissa, isSmall)),
    ]),
  );
  const one = splatDouble(1);
  const ratio = tail.let(f64x2.divide(f64x2.subtract(mantissa, one), f64x2.add(mantissa, one)));
  const square = tail.let(f64x2.multiply(ratio, ratio));
  const ln = f64x2.subtract(
    f64x2.multiply(f64x2.multiply(splatDouble(2), ratio), horner(ODD, square)),
    f64x2.multiply(halvings, splatDouble(LN2)),
  );
  const far = tail.let(f64x2.subtract(f64x2.root(f64x2.negate(ln)), splatDouble(1.6)));
  const high = tail.let(f64x2.divide(horner(TAIL_ABOVE, far), horner(TAIL_BELOW, far)));
  const told = bits.select(f64x2.negate(high), high, isLow);
  tail.add(set(value, bits.select(told, value, isTail)));
  lines.add(when(isAny(isTail), tail.code));
  return [...lines.code, value.code];
};
