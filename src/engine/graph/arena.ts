/**
 * Where each value of a program lies, decided once: a few slabs, each reused by values whose lifetimes do not meet.
 * A kernel never reads and writes the same slab, because WebGPU does not let one dispatch bind a buffer for both. The slabs
 * are coloured greedily; our networks need three or four.
 */

import { elementCount } from '../tensor';
import type { Program } from './program';

/** Buffer bindings start at multiples of this on every adapter. */
export const ALIGNMENT = 256;

export interface Placement {
  readonly slab: number;
  /** In bytes, a multiple of ALIGNMENT. */
  readonly offset: number;
  /** Rounded up to ALIGNMENT. */
  readonly bytes: number;
}

export interface Arena {
  /** Size of each slab in bytes. */
  readonly slabs: readonly number[];
  /** By value; undefined for weights and for inputs that nothing reads. */
  readonly placements: readonly (Placement | undefined)[];
}

export interface Lifetime {
  /** Index of the operation that first writes it; -1 for inputs. */
  readonly from: number;
  /** Index of the last operation that touches it; the number of operations for outputs. */
  readonly to: number;
}

/** By value; undefined for weights and for what no operation and no output touches. */
export function lifetimes({ values, operations, outputs }: Program): (Lifetime | undefined)[] {
  const found: (Lifetime | undefined)[] = values.map(() => undefined);
  const touch = (value: number, when: number) => {
    const origin = values[value]?.origin.kind;
    if (origin === 'weight') return;
    const before = found[value];
    found[value] = { from: before?.from ?? (origin === 'input' ? -1 : when), to: Math.max(before?.to ?? when, when) };
  };
  for (const [when, { reads, write }] of operations.entries()) {
    touch(write.value, when);
    for (const { value } of reads) touch(value, when);
  }
  for (const { view } of outputs) touch(view.value, operations.length);
  return found;
}

export function planArena(program: Program): Arena {
  const lives = lifetimes(program);
  const conflicts = readWritePairs(program);
  const slabs: number[] = [];
  const placed: { value: number; placement: Placement }[] = [];
  const order = [...lives.keys()]
    .filter((value) => lives[value])
    .toSorted((a, b) => (lives[a]?.from ?? 0) - (lives[b]?.from ?? 0));
  for (const value of order) {
    const bytes = Math.ceil((4 * elementCount(program.values[value]?.shape ?? [])) / ALIGNMENT) * ALIGNMENT;
    const meets = placed.filter((other) => overlap(lives[value], lives[other.value]));
    const forbidden = new Set(
      placed.filter((other) => conflicts.get(value)?.has(other.value)).map(({ placement }) => placement.slab),
    );
    const candidates = [...slabs.keys(), slabs.length]
      .filter((slab) => !forbidden.has(slab))
      .map((slab): Placement => {
        const taken = meets.map(({ placement }) => placement).filter((placement) => placement.slab === slab);
        return { slab, offset: firstGap(taken, bytes), bytes };
      });
    const growth = ({ slab, offset }: Placement) => Math.max(0, offset + bytes - (slabs[slab] ?? 0));
    const placement = candidates.reduce((best, next) => (growth(next) < growth(best) ? next : best));
    slabs[placement.slab] = Math.max(slabs[placement.slab] ?? 0, placement.offset + bytes);
    placed.push({ value, placement });
  }
  const placements = program.values.map((_, value) => placed.find((entry) => entry.value === value)?.placement);
  return { slabs, placements };
}

function overlap(a: Lifetime | undefined, b: Lifetime | undefined): boolean {
  return a !== undefined && b !== undefined && a.from <= b.to && b.from <= a.to;
}

function readWritePairs({ operations }: Program): ReadonlyMap<number, ReadonlySet<number>> {
  const pairs = new Map<number, Set<number>>();
  const add = (a: number, b: number) => pairs.set(a, (pairs.get(a) ?? new Set()).add(b));
  for (const { reads, write } of operations)
    for (const { value } of reads) {
      add(write.value, value);
      add(value, write.value);
    }
  return pairs;
}

/** Lowest offset at which `bytes` fit between what is taken. */
function firstGap(taken: readonly Placement[], bytes: number): number {
  let offset = 0;
  for (const other of taken.toSorted((a, b) => a.offset - b.offset)) {
    if (offset + bytes <= other.offset) break;
    offset = Math.max(offset, other.offset + other.bytes);
  }
  return offset;
}
