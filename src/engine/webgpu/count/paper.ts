/**
 * The least time a dispatch can take on a GPU by its stated peaks: arithmetic or memory, whichever is longer (the roofline of Williams,
 * Waterman and Patterson 2009). Caches are taken to be perfect, launching to be free, and cores that get no workgroup to be idle.
 */

import type { DispatchCount } from './count';

export interface StatedGpu {
  readonly name: string;
  /** Float32, operations a second. */
  readonly flops: number;
  /** Bytes a second. */
  readonly bandwidth: number;
  /** What takes workgroups: cores, subslices, multiprocessors. */
  readonly cores: number;
  readonly source: string;
}

export const STATED_GPUS: readonly StatedGpu[] = [
  {
    name: 'Apple M2',
    flops: 3.6e12,
    bandwidth: 100e9,
    cores: 10,
    source: 'Apple, “Apple unveils M2”, 6 June 2022: 10 cores, 3.6 teraflops, 100 GB/s',
  },
  {
    name: 'Iris Xe',
    flops: 2.0e12,
    bandwidth: 68.3e9,
    cores: 6,
    source:
      'Intel’s specification of the Core i7-1165G7: 96 units of 8 lanes in 6 subslices, 1.3 GHz; LPDDR4x-4267 of 128 bits',
  },
  {
    name: 'RTX 4060',
    flops: 15.1e12,
    bandwidth: 272e9,
    cores: 24,
    source: 'NVIDIA’s specification: 3,072 lanes in 24 multiprocessors, 2.46 GHz; GDDR6 of 17 Gbit/s and 128 bits',
  },
];

export interface PaperTime {
  readonly seconds: number;
  readonly bound: 'arithmetic' | 'memory';
}

export function paperTime(
  { done, read, written, workgroups }: Pick<DispatchCount, 'done' | 'read' | 'written' | 'workgroups'>,
  { flops, bandwidth, cores }: StatedGpu,
): PaperTime {
  // A core has its share of the peak; workgroups go round until all are done.
  const rounds = Math.ceil(workgroups / cores);
  const arithmetic = ((done / workgroups) * rounds) / (flops / cores);
  const memory = (read + written) / bandwidth;
  return arithmetic >= memory ? { seconds: arithmetic, bound: 'arithmetic' } : { seconds: memory, bound: 'memory' };
}
