/** Moves values without changing them. */

import { concat, depthToSpace, reshape, slice, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import type { AttributesOf } from '../../graph/schema';
import { resolveAxis } from '../../graph/shape-rules';
import { elementCount } from '../../tensor';
import { type DeviceTensor, type KernelsOf, operand } from './kernel';

/** Rank 4 throughout: rows of blocks, then the two middle axes change places. */
function spaceToDepth(operands: readonly DeviceTensor[], { block }: AttributesOf<'spaceToDepth'>): DeviceTensor {
  const x = operand(operands, 0);
  const [n = 0, h = 0, w = 0, c = 0] = x.shape;
  const rows = reshape(x, [(n * h) / block, block, w / block, block * c]);
  return reshape(transpose(rows, [0, 2, 1, 3]), [n, h / block, w / block, block * block * c]);
}

/** As columns of a matrix: of five axes the WebAssembly backend would copy number by number. */
function sliceAxis(
  operands: readonly DeviceTensor[],
  { axis: given, begin, size }: AttributesOf<'slice'>,
): DeviceTensor {
  const x = operand(operands, 0);
  const axis = resolveAxis(given, x.rank);
  const rows = elementCount(x.shape.slice(0, axis));
  const inner = elementCount(x.shape.slice(axis + 1));
  const matrix = reshape(x, [rows, x.size / rows]);
  return reshape(slice(matrix, [0, begin * inner], [rows, size * inner]), x.shape.with(axis, size));
}

function reshapeTo(operands: readonly DeviceTensor[], { shape }: AttributesOf<'reshape'>): DeviceTensor {
  const x = operand(operands, 0);
  return reshape(x, shape[0] === 0 ? x.shape.slice(0, 1).concat(shape.slice(1)) : shape);
}

export const LAYOUT: KernelsOf<'concat' | 'slice' | 'reshape' | 'transpose' | 'spaceToDepth' | 'depthToSpace'> = {
  concat: (operands, { axis }) => (operands.length === 1 ? operand(operands, 0).clone() : concat([...operands], axis)),
  slice: sliceAxis,
  reshape: reshapeTo,
  transpose: (operands, { permutation }) => transpose(operand(operands, 0), [...permutation]),
  spaceToDepth,
  depthToSpace: (operands, { block }) =>
    block === 1 ? operand(operands, 0).clone() : depthToSpace(operand(operands, 0) as Tensor4D, block, 'NHWC'),
};
