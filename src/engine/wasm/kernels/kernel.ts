/** What a kernel family makes of an operation: a function that computes one task, and how many tasks there are. */

import type { WeightRecipe } from '../../graph/program';
import { type Callable, type Code, type I32, int, type Local, plus } from '../../../assembler/instructions';
import type { ModuleBuilder } from '../../../assembler/module';
import { Lines } from '../../../assembler/lines';
import type { Functions } from '../functions';

/** How the weights of a product are laid out; see weights.ts. */
export type WeightForm = 'panels' | 'winograd2' | 'winograd4';

/** Where things lie in the memory, in bytes. */
export interface Places {
  /** The first element of a stored value. */
  value(value: number): number;
  matrix(recipe: WeightRecipe, form: WeightForm): number;
  bias(recipe: WeightRecipe): number;
}

/** What the kernels of one module share. */
export interface Toolbox {
  readonly module: ModuleBuilder;
  readonly functions: Functions;
  readonly places: Places;
  /** Start of the memory that belongs to the thread alone. */
  readonly scratch: I32;
  readonly gemm: Callable;
  readonly softmaxRow: Callable;
}

/** A task computes whole elements of the result, in an order of its own that no other task changes. */
export interface Kernel {
  readonly label: string;
  readonly tasks: number;
  /** Of the thread's own memory. */
  readonly scratchBytes: number;
  readonly task: Callable;
}

export function kernel(
  { module }: Toolbox,
  label: string,
  tasks: number,
  scratchBytes: number,
  write: (lines: Lines, task: Local<'i32'>) => void,
): Kernel {
  const task = module.define(['i32'], (scope): Code => {
    const lines = new Lines(scope);
    write(lines, scope.parameters[0]);
    return lines.code;
  });
  return { label, tasks, scratchBytes, task };
}

/** Hands out parts of a thread's own memory. */
export class Scratch {
  bytes = 0;

  constructor(private readonly start: I32) {}

  /** @param floats rounded up to whole cache lines */
  take(floats: number): I32 {
    const at = plus(this.start, int(this.bytes));
    this.bytes += Math.ceil(floats / 16) * 64;
    return at;
  }
}
