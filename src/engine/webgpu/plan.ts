/** Which kernels run a program under a schedule, in which order: data, made without a GPU. */

import type { Operation, Program, WeightRecipe } from '../graph/program';
import { splitProducts } from '../graph/split';
import { winogradProducts, winogradSide } from '../graph/winograd-products';
import { kernelFor, type ProductChoice } from './kernels';
import type { Dispatch } from './kernels/kernel';
import type { Schedule } from './schedule';
import type { Precision } from './wgsl/shader';

export interface PlannedKernel {
  readonly operation: Operation;
  readonly dispatch: Dispatch;
  /** Of a product. */
  readonly choice?: ProductChoice;
}

export interface KernelPlan {
  /** With transforms and shares as operations of their own. */
  readonly program: Program;
  /** One for each of its operations. */
  readonly kernels: readonly PlannedKernel[];
}

/** @param precisionOf how the weights of a product are stored */
export function planKernels(
  unsplit: Program,
  schedule: Schedule,
  precisionOf: (recipe: WeightRecipe) => Precision,
): KernelPlan {
  const withTransforms = winogradProducts(unsplit, (product) =>
    schedule.tile(product).winograd ? winogradSide(product) : undefined,
  );
  const program = splitProducts(withTransforms, (product) => schedule.parts(product));
  const kernels = program.operations.map((operation): PlannedKernel => {
    let choice: ProductChoice | undefined;
    const dispatch = kernelFor(
      operation,
      (product) => (choice = { tile: schedule.tile(product.of ?? product), precision: precisionOf(product.recipe) }),
    );
    return { operation, dispatch, ...(choice && { choice }) };
  });
  return { program, kernels };
}
