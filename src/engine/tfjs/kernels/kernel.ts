/** What a kernel is: operands on the device -> one new tensor on the device. Operand counts and shapes are checked before. */

import type { Tensor as DeviceTensor } from '@tensorflow/tfjs-core';
import type { AttributesOf, OpName } from '../../graph/schema';
import type { Activation } from '../plan';

export type { DeviceTensor };

/**
 * Must return a tensor object of its own (a `clone` where nothing is computed), because operands are freed separately.
 * Runs inside `tidy`. Only conv2d and dense are given an activation other than 'none'.
 */
export type Kernel<Attributes> = (
  operands: readonly DeviceTensor[],
  attributes: Attributes,
  activation: Activation,
) => DeviceTensor;

export type KernelsOf<Op extends OpName> = { readonly [Name in Op]: Kernel<AttributesOf<Name>> };

/** @returns the operand; parseGraph has checked that there are enough of them. */
export function operand(operands: readonly DeviceTensor[], index: number): DeviceTensor {
  const tensor = operands[index];
  if (!tensor) throw new RangeError(`operand ${index} of ${operands.length}`);
  return tensor;
}

export function unary(compute: (x: DeviceTensor) => DeviceTensor): Kernel<unknown> {
  return (operands) => compute(operand(operands, 0));
}

export function binary(compute: (a: DeviceTensor, b: DeviceTensor) => DeviceTensor): Kernel<unknown> {
  return (operands) => compute(operand(operands, 0), operand(operands, 1));
}
