/**
 * Elementwise functions. WGSL leaves sin and cos undefined far from zero and coarse near it (2⁻¹¹), and tanh may overflow, so these
 * are written out: the same formula, and so nearly the same bits, on every adapter.
 */

import type { Expression, Unary } from '../../graph/expression';
import { at } from '../../graph/list';
import { float, typeOf, type Width } from './text';

const BODIES = {
  relu: 'return max(x, T(0.0));',
  silu: 'return x / (1.0 + exp(-x));',
  sigmoid: 'return 1.0 / (1.0 + exp(-x));',
  tanh: 'let e = exp(-2.0 * min(abs(x), T(15.0))); return sign(x) * (1.0 - e) / (1.0 + e);',
  exp: 'return exp(x);',
  log: 'return log(x);',
  // Reduced by multiples of pi/2 in three exact steps (Cody and Waite), then the polynomials of the Cephes library for sinf and cosf.
  sin: 'return circular(x, T(0.0));',
  cos: 'return circular(x, T(1.0));',
} as const;

const CIRCULAR = `
fn circular_W(x: T, quarter: T) -> T {
  let turns = round(x * 0.63661977);
  let r = ((x - turns * 1.5703125) - turns * 4.837512969970703e-4) - turns * 7.549789948768648e-8;
  let s = r * r;
  let sine = r + r * s * (-1.6666654611e-1 + s * (8.3321608736e-3 - s * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * s + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5));
  let phase = turns + quarter;
  let sector = phase - 4.0 * floor(phase * 0.25);
  let odd = (sector - 2.0 * floor(sector * 0.5)) > T(0.5);
  let value = select(sine, cosine, odd);
  return select(value, -value, sector > T(1.5));
}`;

/** Collects the functions that a shader calls. */
export class Functions {
  readonly #used = new Map<string, string>();

  /** @param x WGSL text of type T(width) */
  unary(unary: Unary, x: string, width: Width): string {
    if (unary.fn === 'affine') return `(${x} * ${float(unary.scale)} + ${float(unary.offset)})`;
    if (unary.fn === 'sin' || unary.fn === 'cos') this.#define(`circular_${width}`, CIRCULAR, width);
    const name = `${unary.fn}_${width}`;
    const body = BODIES[unary.fn].replace('circular(', `circular_${width}(`);
    this.#define(name, `fn ${name}(x: T) -> T { ${body} }`, width);
    return `${name}(${x})`;
  }

  /** @param operands WGSL text of each operand's element */
  expression(expression: Expression, result: string, operands: readonly string[], width: Width): string {
    switch (expression.kind) {
      case 'result':
        return result;
      case 'operand':
        return at(operands, expression.index);
      case 'unary':
        return this.unary(expression.unary, this.expression(expression.x, result, operands, width), width);
      case 'binary': {
        const sign = { add: '+', subtract: '-', multiply: '*' }[expression.fn];
        const [a, b] = [expression.a, expression.b].map((side) => this.expression(side, result, operands, width));
        return `(${a} ${sign} ${b})`;
      }
    }
  }

  text(): string {
    return [...this.#used.values()].join('\n');
  }

  #define(name: string, template: string, width: Width): void {
    this.#used.set(name, template.replaceAll('_W', `_${width}`).replace(/\bT\b/g, typeOf(width)));
  }
}
