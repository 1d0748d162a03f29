/** Changes the grid: pooling and nearest-neighbour enlargement. */

import { avgPool, image, maxPool, type Tensor4D } from '@tensorflow/tfjs-core';
import type { AttributesOf } from '../../graph/schema';
import { type DeviceTensor, type KernelsOf, operand } from './kernel';

/** Cell (r, c) of the result is cell (floor(r / factor), floor(c / factor)), as PyTorch's mode="nearest" has it. */
function upsampleNearest(operands: readonly DeviceTensor[], { factor }: AttributesOf<'upsampleNearest'>): DeviceTensor {
  const x = operand(operands, 0) as Tensor4D;
  const [, h, w] = x.shape;
  return factor === 1 ? x.clone() : image.resizeNearestNeighbor(x, [h * factor, w * factor], false, false);
}

export const RESAMPLING: KernelsOf<'upsampleNearest' | 'averagePool' | 'maxPool'> = {
  upsampleNearest,
  averagePool: (operands, { size }) =>
    size === 1 ? operand(operands, 0).clone() : avgPool(operand(operands, 0) as Tensor4D, size, size, 'valid'),
  maxPool: (operands, { size }) =>
    size === 1 ? operand(operands, 0).clone() : maxPool(operand(operands, 0) as Tensor4D, size, size, 'valid'),
};
