/** One value in, one value out; and the broadcasting pairs. */

import { add, cos, exp, log, mul, relu, sigmoid, sin, sub, tanh } from '@tensorflow/tfjs-core';
import type { OpName } from '../../graph/schema';
import { binary, type KernelsOf, operand, unary } from './kernel';

type Elementwise = Extract<
  OpName,
  'relu' | 'silu' | 'sigmoid' | 'tanh' | 'sin' | 'cos' | 'exp' | 'log' | 'add' | 'subtract' | 'multiply' | 'affine'
>;

export const ELEMENTWISE: KernelsOf<Elementwise> = {
  relu: unary(relu),
  // Neither backend has a swish kernel.
  silu: unary((x) => mul(x, sigmoid(x))),
  sigmoid: unary(sigmoid),
  tanh: unary(tanh),
  sin: unary(sin),
  cos: unary(cos),
  exp: unary(exp),
  log: unary(log),
  add: binary(add),
  subtract: binary(sub),
  multiply: binary(mul),
  affine: (operands, { scale, offset }) => {
    const x = operand(operands, 0);
    const scaled = scale === 1 ? x : mul(x, scale);
    return offset === 0 && scaled !== x ? scaled : add(scaled, offset);
  },
};
