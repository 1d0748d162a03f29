/** What each dispatch of a plan costs, counted and not measured: so that a reviewer can tell on paper what bounds it on a GPU that is not at hand. */

import type { Operation } from '../../graph/program';
import type { KernelPlan, PlannedKernel } from '../plan';
import { nameOfTile } from '../schedule';
import { flopsOf } from './arithmetic';
import { worstConflict } from './banks';
import { trafficOf } from './traffic';

export interface DispatchCount {
  readonly label: string;
  readonly kernel: string;
  readonly workgroups: number;
  /** Invocations of each. */
  readonly threads: number;
  /** Floating-point operations that the result needs, and that are done. */
  readonly needed: number;
  readonly done: number;
  /** Bytes of buffers, each once. */
  readonly read: number;
  readonly written: number;
  /** Bytes that all invocations ask buffers for. */
  readonly asked: number;
  /** Of each workgroup, in bytes. */
  readonly workgroupBytes: number;
  /** The worst access to workgroup memory, in passes over those it would take without conflicts; undefined where there is none. */
  readonly conflict: number | undefined;
}

export function countPlan({ kernels }: KernelPlan): readonly DispatchCount[] {
  return kernels.map(countKernel);
}

/** Floating-point operations for each byte of buffers. */
export function intensity({ done, read, written }: Pick<DispatchCount, 'done' | 'read' | 'written'>): number {
  return done / (read + written);
}

function countKernel({ operation, dispatch: { label, code, workgroups }, choice }: PlannedKernel): DispatchCount {
  const workgroupBytes = workgroupBytesOf(code);
  return {
    label: operation.label,
    kernel: kernelName(operation, choice) ?? label,
    workgroups: workgroups.reduce((product, each) => product * each),
    threads: threadsOf(code),
    ...flopsOf(operation, choice?.tile),
    ...trafficOf(operation, choice),
    workgroupBytes,
    conflict: workgroupBytes === 0 ? undefined : choice === undefined ? CONSECUTIVE : worstConflict(choice.tile),
  };
}

/** Of sums by a tree (rows.ts, reduce.ts): neighbours read and write neighbouring words. */
const CONSECUTIVE = 1;

function kernelName(operation: Operation, choice: PlannedKernel['choice']): string | undefined {
  if (operation.kind !== 'product' || choice === undefined) return operation.kind;
  const { tile } = choice;
  const name = nameOfTile(tile) ?? `${tile.kind}, halves`;
  return operation.parts > 1 ? `${name}, ${String(operation.parts)} shares` : name;
}

/** @param code WGSL of one entry point */
export function threadsOf(code: string): number {
  const [, sizes = '1'] = /@workgroup_size\(([^)]*)\)/.exec(code) ?? [];
  return sizes.split(',').reduce((product, each) => product * Number(each), 1);
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = { f32: 4, 'vec4<f32>': 16, 'vec4<f16>': 8 };

/** Of the arrays that it declares. @throws RangeError for elements whose size is not known */
export function workgroupBytesOf(code: string): number {
  let bytes = 0;
  for (const [, type = '', count] of code.matchAll(/var<workgroup> \w+: array<([\w<>]+), (\d+)>/g)) {
    const each = ELEMENT_BYTES[type];
    if (each === undefined) throw new RangeError(`workgroup memory of ${type}`);
    bytes += each * Number(count);
  }
  return bytes;
}
