/** Elementwise arithmetic as data: what a kernel does to each element before it stores it. */

import { at } from './list';

export type UnaryFunction = 'relu' | 'silu' | 'sigmoid' | 'tanh' | 'sin' | 'cos' | 'exp' | 'log';

/** One value in, one out; affine is x · scale + offset. */
export type Unary =
  { readonly fn: UnaryFunction } | { readonly fn: 'affine'; readonly scale: number; readonly offset: number };

export type BinaryFunction = 'add' | 'subtract' | 'multiply';

export type Expression =
  /** What the kernel has computed, such as the sum of a convolution. */
  | { readonly kind: 'result' }
  /** The element of the n-th operand at the same coordinates. */
  | { readonly kind: 'operand'; readonly index: number }
  | { readonly kind: 'unary'; readonly unary: Unary; readonly x: Expression }
  | { readonly kind: 'binary'; readonly fn: BinaryFunction; readonly a: Expression; readonly b: Expression };

export const RESULT: Expression = { kind: 'result' };

export function applyUnary(unary: Unary, x: number): number {
  switch (unary.fn) {
    case 'relu':
      return Math.max(x, 0);
    case 'silu':
      return x / (1 + Math.exp(-x));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'affine':
      return x * unary.scale + unary.offset;
    case 'tanh':
    case 'sin':
    case 'cos':
    case 'exp':
    case 'log':
      return Math[unary.fn](x);
  }
}

/** The value of an expression; the meaning that every shader must keep. */
export function evaluate(expression: Expression, result: number, operands: readonly number[]): number {
  switch (expression.kind) {
    case 'result':
      return result;
    case 'operand':
      return at(operands, expression.index);
    case 'unary':
      return applyUnary(expression.unary, evaluate(expression.x, result, operands));
    case 'binary': {
      const a = evaluate(expression.a, result, operands);
      const b = evaluate(expression.b, result, operands);
      return expression.fn === 'add' ? a + b : expression.fn === 'subtract' ? a - b : a * b;
    }
  }
}

/** The same expression with its operands counted from `by` on. */
export function shiftOperands(expression: Expression, by: number): Expression {
  switch (expression.kind) {
    case 'result':
      return expression;
    case 'operand':
      return { kind: 'operand', index: expression.index + by };
    case 'unary':
      return { ...expression, x: shiftOperands(expression.x, by) };
    case 'binary':
      return { ...expression, a: shiftOperands(expression.a, by), b: shiftOperands(expression.b, by) };
  }
}
