/** Means, sums, softmax and normalisation. */

import { add, mean, mul, rsqrt, softmax, square, sum } from '@tensorflow/tfjs-core';
import type { AttributesOf } from '../../graph/schema';
import { type DeviceTensor, type KernelsOf, operand, unary } from './kernel';

/** Root-mean-square normalisation (Zhang and Sennrich 2019, arXiv 1910.07467, eq. 4) over the last axis. */
function rmsNorm(operands: readonly DeviceTensor[], { epsilon }: AttributesOf<'rmsNorm'>): DeviceTensor {
  const x = operand(operands, 0);
  const scale = rsqrt(add(mean(square(x), -1, true), epsilon));
  return mul(mul(x, scale), operand(operands, 1));
}

export const REDUCTIONS: KernelsOf<'mean' | 'sum' | 'softmax' | 'rmsNorm'> = {
  mean: (operands, { axes, keepDims }) => mean(operand(operands, 0), [...axes], keepDims),
  sum: (operands, { axes, keepDims }) => sum(operand(operands, 0), [...axes], keepDims),
  softmax: unary((x) => softmax(x, -1)),
  rmsNorm,
};
