/**
 * Bank conflicts of workgroup memory: a word lies in the bank of its number modulo the number of banks, and a bank gives one word a
 * pass, to all lanes that ask for it (CUDA C++ Programming Guide, "Shared Memory"; Apple and Intel publish no such rule, so
 * that the same is assumed there).
 */

import type { Tile } from '../kernels/product';

const BANKS = 32;
const WORD_BYTES = 4;
/** Invocations that run in step. */
const LANES = 32;

/**
 * Passes over the banks that one access of a group of lanes takes, over those that as many words would take without conflicts: 1 is
 * none.
 * @param addresses of each lane, in bytes @param bytes that each reads or writes
 */
export function conflict(addresses: readonly number[], bytes: number): number {
  const words = new Set(
    addresses.flatMap((address) => Array.from({ length: bytes / WORD_BYTES }, (_, i) => address / WORD_BYTES + i)),
  );
  const asked = new Map<number, number>();
  for (const word of words) asked.set(word % BANKS, (asked.get(word % BANKS) ?? 0) + 1);
  return Math.max(...asked.values()) / Math.ceil(words.size / BANKS);
}

/** Where the fours of a tiled product lie that an invocation reads (product-tiled.ts): of its first row, and of its first column, at one depth. */
export function tileReads(
  { rows, columns, across, depth }: Tile,
  thread: number,
): { readonly tileA: number; readonly tileB: number } {
  const [x, y] = [thread % across, Math.floor(thread / across)];
  // Other rows, columns and depths add the same to all lanes.
  return { tileA: y * rows * depth, tileB: x + 0 * columns };
}

/** The worst of a tiled product's reads; fills of the tiles are consecutive, and so without. */
export function worstConflict(tile: Tile, lanes = LANES): number {
  const bytes = tile.arithmetic === 'half' ? 8 : 16;
  const threads = tile.across * tile.down;
  let worst = 1;
  for (let first = 0; first < threads; first += lanes) {
    const group = Array.from({ length: Math.min(lanes, threads - first) }, (_, lane) => tileReads(tile, first + lane));
    for (const of of ['tileA', 'tileB'] as const)
      worst = Math.max(
        worst,
        conflict(
          group.map((each) => each[of] * bytes),
          bytes,
        ),
      );
  }
  return worst;
}
