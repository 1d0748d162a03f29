/** Operation -> dispatch, for every kind. */

import type { Operation } from '../../graph/program';
import { attentionKernel } from './attention';
import { finishKernel } from './finish';
import type { Dispatch } from './kernel';
import { mapKernel } from './map';
import { matmulKernel } from './matmul';
import { poolKernel } from './pool';
import { type Product, ProductShader, type Tile } from './product';
import { directProduct } from './product-direct';
import { tiledProduct } from './product-tiled';
import { reduceKernel } from './reduce';
import { rmsNormKernel, softmaxKernel } from './rows';
import { winogradInputKernel, winogradOutputKernel } from './winograd';
import type { Precision } from '../wgsl/shader';

/** What the kernels of a product depend on besides the product. */
export interface ProductChoice {
  readonly tile: Tile;
  readonly precision: Precision;
}

export function kernelFor(operation: Operation, choose: (product: Product) => ProductChoice): Dispatch {
  switch (operation.kind) {
    case 'product': {
      const { tile, precision } = choose(operation);
      const shader = new ProductShader(operation, precision);
      return tile.kind === 'direct' ? directProduct(shader, tile) : tiledProduct(shader, tile);
    }
    case 'finish':
      return finishKernel(operation);
    case 'winogradInput':
      return winogradInputKernel(operation);
    case 'winogradOutput':
      return winogradOutputKernel(operation);
    case 'map':
      return mapKernel(operation);
    case 'matmul':
      return matmulKernel(operation);
    case 'attention':
      return attentionKernel(operation);
    case 'reduce':
      return reduceKernel(operation);
    case 'pool':
      return poolKernel(operation);
    case 'softmax':
      return softmaxKernel(operation);
    case 'rmsNorm':
      return rmsNormKernel(operation);
  }
}
