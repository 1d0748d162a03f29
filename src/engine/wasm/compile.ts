/** Program -> the bytes of one module that computes it, and how its functions are to be called. Pure. */

import type { Program } from '../graph/program';
import { int, plus } from '../../assembler/instructions';
import { type MemoryLimits, ModuleBuilder } from '../../assembler/module';
import { Functions } from './functions';
import { kernelFor, type TileChoice } from './kernels';
import { defineGemm } from './kernels/gemm';
import type { Places } from './kernels/kernel';
import { defineSoftmaxRow } from './kernels/row-functions';
import { nameOfKernel } from './threads/control';

/** The kernels of a program in order; number i is the export `nameOfKernel(i)`, to be called with each task's number. */
export interface CompiledProgram {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kernels: readonly { readonly label: string; readonly tasks: number }[];
  /** Memory that each thread needs for itself; an instance is given its start as `environment.scratch`. */
  readonly scratchBytes: number;
}

export interface CompileOptions {
  readonly fused: boolean;
  readonly memory: MemoryLimits;
  readonly tileOf: TileChoice;
}

export function compileProgram(
  program: Program,
  places: Places,
  { fused, memory, tileOf }: CompileOptions,
): CompiledProgram {
  const module = new ModuleBuilder(memory);
  const scratch = plus(module.global('scratch'), int(0));
  const functions = new Functions(module, fused);
  const softmaxRow = defineSoftmaxRow(module, functions);
  const gemm = defineGemm(module, fused);
  const tools = { module, functions, places, scratch, gemm, softmaxRow };
  const kernels = program.operations.map((operation) => kernelFor(tools, operation, tileOf));
  for (const [i, { task }] of kernels.entries()) module.export(nameOfKernel(i), task);
  return {
    bytes: module.bytes(),
    kernels: kernels.map(({ label, tasks }) => ({ label, tasks })),
    scratchBytes: Math.max(64, ...kernels.map((each) => each.scratchBytes)),
  };
}
