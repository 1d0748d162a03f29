/** Cuts a kernel that would hold the GPU for too long into pieces by rows of its result. Pure. */

import type { Dispatch } from './kernels/kernel';

export interface Piece {
  /** As the dispatch's, with the number of the first workgroup along x. */
  readonly size: Dispatch['size'];
  readonly workgroups: Dispatch['workgroups'];
  readonly cost: number;
}

/** Into how many pieces, a power of two so that few different cuts are ever made; 1 leaves it whole. @param most cost of a piece */
export function piecesOf({ cost, workgroups: [across], divisible }: Dispatch, most: number): number {
  if (!divisible || cost <= most) return 1;
  const wanted = 2 ** Math.ceil(Math.log2(cost / most));
  return Math.min(wanted, across);
}

/** All workgroups once, in order, in pieces that differ by at most one row of workgroups. */
export function cutDispatch({ size, workgroups: [across, down, deep], cost }: Dispatch, pieces: number): Piece[] {
  return Array.from({ length: pieces }, (_, i) => {
    const first = Math.floor((i * across) / pieces);
    const count = Math.floor(((i + 1) * across) / pieces) - first;
    return { size: [size[0], first, size[2], size[3]], workgroups: [count, down, deep], cost: (cost * count) / across };
  });
}
