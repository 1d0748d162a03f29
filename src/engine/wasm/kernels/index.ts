/** Operation -> kernel, for every kind. */

import type { Operation } from '../../graph/program';
import type { Kernel, Toolbox, WeightForm } from './kernel';
import { mapKernel } from './map';
import { attentionKernel, matmulKernel } from './matmul';
import type { Product } from './product';
import { gemmProduct } from './product-gemm';
import { winogradProduct, winogradSide } from './product-winograd';
import { poolKernel, reduceKernel } from './reduce';
import { rmsNormKernel, softmaxKernel } from './rows';

export function kernelFor(tools: Toolbox, operation: Operation): Kernel {
  switch (operation.kind) {
    case 'product': {
      const side = winogradSide(operation);
      return side ? winogradProduct(tools, operation, side) : gemmProduct(tools, operation);
    }
    case 'finish':
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
export function weightForm(product: Product): WeightForm {
  const side = winogradSide(product);
  return side === undefined ? 'panels' : side === 4 ? 'winograd4' : 'winograd2';
}
