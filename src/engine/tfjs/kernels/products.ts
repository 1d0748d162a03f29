/** Convolution, dense layers and matrix products: where nearly all the time goes. */

import { fused, matMul, reshape, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AttributesOf } from '../../graph/schema';
import type { Activation } from '../plan';
import { type DeviceTensor, type KernelsOf, operand } from './kernel';

const ACTIVATIONS: Readonly<Record<Activation, 'linear' | 'relu'>> = { none: 'linear', relu: 'relu' };

function conv2d(
  operands: readonly DeviceTensor[],
  { stride, dilation, padding }: AttributesOf<'conv2d'>,
  activation: Activation,
): DeviceTensor {
  const bias = operands[2] as Tensor1D | undefined;
  const unpadded = padding.flat().every((size) => size === 0);
  return fused.conv2d({
    x: operand(operands, 0) as Tensor4D,
    filter: operand(operands, 1) as Tensor4D,
    strides: stride,
    dilations: dilation,
    // 'valid' rather than explicit zeros lets the WebGPU backend run 1x1 convolutions as products.
    pad: unpadded ? 'valid' : [[0, 0], [...padding[0]], [...padding[1]], [0, 0]],
    activation: ACTIVATIONS[activation],
    ...(bias && { bias }),
  });
}

function dense(operands: readonly DeviceTensor[], _: unknown, activation: Activation): DeviceTensor {
  const x = operand(operands, 0);
  const weight = operand(operands, 1);
  const bias = operands[2];
  const [features = 0, units = 0] = weight.shape;
  const rows = x.size / features;
  const out = fused.matMul({
    a: reshape(x, [rows, features]),
    b: weight,
    activation: ACTIVATIONS[activation],
    ...(bias && { bias }),
  });
  return reshape(out, [...x.shape.slice(0, -1), units]);
}

export const PRODUCTS: KernelsOf<'conv2d' | 'dense' | 'matmul'> = {
  conv2d,
  dense,
  matmul: (operands, { transposeA, transposeB }) =>
    matMul(operand(operands, 0), operand(operands, 1), transposeA, transposeB),
};
