/** Operation -> kernel, for every kind. */

import type { Operation } from '../../graph/program';
import type { TileSide } from '../../graph/winograd';
import { winogradSide } from '../../graph/winograd-products';
import type { Kernel, Toolbox, WeightForm } from './kernel';
import { mapKernel } from './map';
import { attentionKernel, matmulKernel } from './matmul';
import type { Product } from './product';
import { gemmProduct } from './product-gemm';
import { winogradProduct } from './product-winograd';
import { poolKernel, reduceKernel } from './reduce';
import { rmsNormKernel, softmaxKernel } from './rows';

/** How a product is computed: by tiles of Winograd's, or as it is. */
export type TileChoice = (product: Product) => TileSide | undefined;

export const DEFAULT_TILES: TileChoice = winogradSide;

export function kernelFor(tools: Toolbox, operation: Operation, tileOf: TileChoice): Kernel {
  switch (operation.kind) {
    case 'product': {
      const side = tileOf(operation);
      return side ? winogradProduct(tools, operation, side) : gemmProduct(tools, operation);
    }
    case 'finish':
    case 'winogradInput':
    case 'winogradOutput':
      throw new RangeError(`${operation.label}: products are never split here.`);
    case 'map':
      return mapKernel(tools, operation);
    case 'matmul':
      return matmulKernel(tools, operation);
    case 'attention':
      return attentionKernel(tools, operation);
    case 'reduce':
      return reduceKernel(tools, operation);
    case 'pool':
      return poolKernel(tools, operation);
    case 'softmax':
      return softmaxKernel(tools, operation);
    case 'rmsNorm':
      return rmsNormKernel(tools, operation);
  }
}

/** How the kernel of a product wants its weights. */
export function weightForm(side: TileSide | undefined): WeightForm {
  return side === undefined ? 'panels' : side === 4 ? 'winograd4' : 'winograd2';
}
