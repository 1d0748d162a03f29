/** All kernels, and the one place where a plan's step meets its kernel. */

import { tidy } from '@tensorflow/tfjs-core';
import type { Step } from '../plan';
import type { GraphNode, OpName } from '../../graph/schema';
import { ELEMENTWISE } from './elementwise';
import type { DeviceTensor, Kernel, KernelsOf } from './kernel';
import { LAYOUT } from './layout';
import { PRODUCTS } from './products';
import { REDUCTIONS } from './reductions';
import { RESAMPLING } from './resampling';

const KERNELS: KernelsOf<OpName> = { ...PRODUCTS, ...ELEMENTWISE, ...LAYOUT, ...REDUCTIONS, ...RESAMPLING };

/** Runs one step; temporaries of composed kernels are freed, the result is the caller's. */
export function executeStep({ node, activation }: Step, operands: readonly DeviceTensor[]): DeviceTensor {
  // The unions of kernels and of attributes are correlated by node.op, which the type checker cannot follow.
  const kernel = KERNELS[node.op] as Kernel<GraphNode['attributes']>;
  return tidy(() => kernel(operands, node.attributes, activation));
}

/** False for an op of a newer op set. */
export function isSupported(op: string): boolean {
  return op in KERNELS;
}
