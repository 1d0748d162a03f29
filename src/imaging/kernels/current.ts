/**
 * The kernels that loops over a film's pixels use: none until a worker or the command line has put some in place, so that pages,
 * whose policy compiles no WebAssembly, do not even fetch them.
 */

import type { Kernels } from './kernels';

let current: Kernels | null = null;

/** Null: the loops in TypeScript are run, which give the same bits. */
export function kernels(): Kernels | null {
  return current;
}

export function installKernels(made: Kernels | null): void {
  current = made;
}
