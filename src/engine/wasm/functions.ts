/**
 * Elementwise functions, four lanes at a time. WebAssembly has none of them, so they are written out: exponential, logarithm,
 * sine and cosine with the polynomials of the Cephes library (expf, logf, sinf, cosf), within a few units in the last place.
 */

import type { Expression, Unary, UnaryFunction } from '../graph/expression';
import { at } from '../graph/list';
import {
  bits,
  type Callable,
  call,
  type Code,
  f32x4,
  type Local,
  multiplyAdd,
  splat,
  splatBits,
  type V128,
} from '../../assembler/instructions';
import { Lines } from '../../assembler/lines';
import type { ModuleBuilder } from '../../assembler/module';

type Vectorial = Callable & { readonly result: 'v128' };

const { add, subtract, multiply, divide, min, max } = f32x4;

export class Functions {
  readonly #defined = new Map<string, Vectorial>();

  constructor(
    private readonly module: ModuleBuilder,
    readonly fused: boolean,
  ) {}

  unary(unary: Unary, x: V128): V128 {
    switch (unary.fn) {
      case 'relu':
        return max(x, splat(0));
      case 'affine':
        return add(multiply(x, splat(unary.scale)), splat(unary.offset));
      default:
        return call(this.#function(unary.fn), x);
    }
  }

  through(via: readonly Unary[], x: V128): V128 {
    return via.reduce((value, unary) => this.unary(unary, value), x);
  }

  /** The operands' code is repeated as often as the expression names them. */
  expression(expression: Expression, result: V128, operands: readonly V128[]): V128 {
    switch (expression.kind) {
      case 'result':
        return result;
      case 'operand':
        return at(operands, expression.index);
      case 'unary':
        return this.unary(expression.unary, this.expression(expression.x, result, operands));
      case 'binary': {
        const a = this.expression(expression.a, result, operands);
        const b = this.expression(expression.b, result, operands);
        return { add, subtract, multiply }[expression.fn](a, b);
      }
    }
  }

  #function(fn: Exclude<UnaryFunction, 'relu'>): Vectorial {
    const known = this.#defined.get(fn);
    if (known) return known;
    const defined = this.module.define(
      ['v128'],
      (scope): Code => {
        const lines = new Lines(scope);
        const value = this.#body(fn, scope.parameters[0], lines);
        return [lines.code, value.code];
      },
      'v128',
    );
    this.#defined.set(fn, defined);
    return defined;
  }

  #body(fn: Exclude<UnaryFunction, 'relu'>, x: Local<'v128'>, lines: Lines): V128 {
    const exponential = (y: V128) => call(this.#function('exp'), y);
    switch (fn) {
      case 'exp':
        return exp(x, lines, this.fused);
      case 'log':
        return log(x, lines, this.fused);
      case 'silu':
        return divide(x, add(splat(1), exponential(f32x4.negate(x))));
      case 'sigmoid':
        return divide(splat(1), add(splat(1), exponential(f32x4.negate(x))));
      case 'tanh': {
        const e = lines.let(exponential(multiply(f32x4.abs(x), splat(-2))));
        const size = divide(subtract(splat(1), e), add(splat(1), e));
        return bits.or(size, bits.and(x, splatBits(0x80000000)));
      }
      case 'sin':
        return circular(x, 0, lines, this.fused);
      case 'cos':
        return circular(x, 1, lines, this.fused);
    }
  }
}

/** Σ coefficients[i] · x^(last − i) */
function polynomial(x: V128, coefficients: readonly number[], fused: boolean): V128 {
  return coefficients
    .slice(1)
    .reduce<V128>((sum, each) => multiplyAdd(sum, x, splat(each), fused), splat(at(coefficients, 0)));
}

/** Beyond these an exponential is infinite, or less than the smallest normal number. */
const [LARGEST, SMALLEST] = [88.72283, -87.33654];

function exp(x: Local<'v128'>, lines: Lines, fused: boolean): V128 {
  const bounded = lines.let(max(min(x, splat(LARGEST)), splat(SMALLEST)));
  const power = lines.let(f32x4.nearest(multiply(bounded, splat(Math.LOG2E))));
  // ln 2 in two parts, the first of which has few enough bits for the product to be exact.
  const rest = lines.let(add(add(bounded, multiply(power, splat(-0.693359375))), multiply(power, splat(2.1219444e-4))));
  const p = polynomial(
    rest,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
    fused,
  );
  const fraction = lines.let(add(add(multiply(multiply(p, rest), rest), rest), splat(1)));
  // In two factors, for 2^128 alone would already be infinite.
  const whole = lines.let(f32x4.toInteger(power));
  const half = lines.let(bits.shiftRight(whole, 1));
  const two = (n: V128) => bits.shiftLeft(bits.add(n, splatBits(127)), 23);
  const value = lines.let(multiply(multiply(fraction, two(half)), two(bits.subtract(whole, half))));
  const high = lines.let(bits.select(splat(Number.POSITIVE_INFINITY), value, f32x4.above(x, splat(LARGEST))));
  const low = lines.let(bits.select(splat(0), high, f32x4.below(x, splat(SMALLEST))));
  return bits.select(low, x, f32x4.equal(x, x));
}

function log(x: Local<'v128'>, lines: Lines, fused: boolean): V128 {
  // Numbers below the normal ones are first made larger.
  const tiny = lines.let(f32x4.below(x, splat(2 ** -126)));
  const scaled = lines.let(bits.select(multiply(x, splat(2 ** 24)), x, tiny));
  const exponent = bits.subtract(bits.and(bits.shiftRight(scaled, 23), splatBits(0xff)), splatBits(126));
  const plain = lines.let(subtract(f32x4.fromInteger(exponent), bits.and(tiny, splat(24))));
  const mantissa = lines.let(bits.or(bits.and(scaled, splatBits(0x7fffff)), splat(0.5)));
  const small = lines.let(f32x4.below(mantissa, splat(Math.SQRT1_2)));
  const power = lines.let(subtract(plain, bits.and(small, splat(1))));
  const rest = lines.let(subtract(add(mantissa, bits.and(small, mantissa)), splat(1)));
  const square = lines.let(multiply(rest, rest));
  const coefficients = [
    7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ];
  const p = multiply(multiply(polynomial(rest, coefficients, fused), rest), square);
  const correction = add(add(p, multiply(power, splat(-2.1219444e-4))), multiply(square, splat(-0.5)));
  const value = lines.let(add(add(rest, correction), multiply(power, splat(0.693359375))));
  const above = lines.let(bits.select(x, value, f32x4.equal(x, splat(Number.POSITIVE_INFINITY))));
  const atZero = lines.let(bits.select(splat(Number.NEGATIVE_INFINITY), above, f32x4.equal(x, splat(0))));
  const below = lines.let(bits.select(splat(Number.NaN), atZero, f32x4.below(x, splat(0))));
  return bits.select(below, x, f32x4.equal(x, x));
}

/** Reduced by multiples of pi/2 in three steps (Cody and Waite). @param quarter turns that are added */
function circular(x: Local<'v128'>, quarter: number, lines: Lines, fused: boolean): V128 {
  const turns = lines.let(f32x4.nearest(multiply(x, splat(2 / Math.PI))));
  const parts = [1.5703125, 4.837512969970703e-4, 7.549789948768648e-8];
  const r = lines.let(parts.reduce<V128>((rest, part) => subtract(rest, multiply(turns, splat(part))), x));
  const s = lines.let(multiply(r, r));
  const sine = lines.let(
    add(r, multiply(multiply(r, s), polynomial(s, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1], fused))),
  );
  const quartic = polynomial(s, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2], fused);
  const cosine = lines.let(add(subtract(splat(1), multiply(s, splat(0.5))), multiply(multiply(s, s), quartic)));
  const sector = lines.let(bits.add(f32x4.toInteger(turns), splatBits(quarter)));
  const odd = f32x4.below(splat(0), f32x4.fromInteger(bits.and(sector, splatBits(1))));
  const sign = bits.shiftLeft(bits.and(sector, splatBits(2)), 30);
  return bits.xor(bits.select(cosine, sine, odd), sign);
}
