/** A hard mask as runs of inside pixels, row by row: what makes discs, regions and holes of ten megapixels a matter of milliseconds. */

import type { Mask } from './radiograph';

/** Values from here on are inside. */
export const INSIDE = 128;

export interface RowRuns {
  readonly width: number;
  readonly height: number;
  /** The runs of row y are those from rows[y] up to, not including, rows[y + 1]. */
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
  /** Not included. */
  readonly ends: Uint32Array;
}

/** @param inside false: the runs of what is outside */
export function rowRuns({ width, height, data }: Mask, inside = true): RowRuns {
  const starts: number[] = [];
  const ends: number[] = [];
  const rows = new Uint32Array(height + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let x = 0;
    while (x < width) {
      while (x < width && (data[row + x] as number) >= INSIDE !== inside) x++;
      if (x === width) break;
      const start = x;
      while (x < width && (data[row + x] as number) >= INSIDE === inside) x++;
      starts.push(start);
      ends.push(x);
    }
    rows[y + 1] = starts.length;
  }
  return { width, height, rows, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** Which region each run belongs to (a number from 0), and how many pixels each region has. */
export interface Regions {
  readonly regionOf: Uint32Array;
  readonly areas: readonly number[];
  /** Whether the region reaches the image's edge. */
  readonly atEdge: readonly boolean[];
}

/** @param diagonal pixels that touch at a corner are of one region */
export function regionsOf(runs: RowRuns, diagonal: boolean): Regions {
  const { width, height, rows, starts, ends } = runs;
  const parent = starts.map((_, run) => run);
  const reach = diagonal ? 1 : 0;
  for (let y = 1; y < height; y++) {
    let above = rows[y - 1] as number;
    for (let run = rows[y] as number; run < (rows[y + 1] as number); run++) {
      while (above < (rows[y] as number) && (ends[above] as number) + reach <= (starts[run] as number)) above++;
      for (
        let other = above;
        other < (rows[y] as number) && (starts[other] as number) < (ends[run] as number) + reach;
        other++
      ) {
        join(parent, run, other);
      }
    }
  }
  const numbers = new Map<number, number>();
  const areas: number[] = [];
  const atEdge: boolean[] = [];
  const regionOf = new Uint32Array(starts.length);
  for (let y = 0; y < height; y++) {
    for (let run = rows[y] as number; run < (rows[y + 1] as number); run++) {
      const root = rootOf(parent, run);
      const region = numbers.get(root) ?? numbers.set(root, numbers.size).size - 1;
      const touches = y === 0 || y === height - 1 || starts[run] === 0 || ends[run] === width;
      regionOf[run] = region;
      areas[region] = (areas[region] ?? 0) + (ends[run] as number) - (starts[run] as number);
      atEdge[region] = (atEdge[region] ?? false) || touches;
    }
  }
  return { regionOf, areas, atEdge };
}

/** Writes `value` into `data` along the runs whose number passes. */
export function fillRuns(
  data: Uint8Array,
  { width, height, rows, starts, ends }: RowRuns,
  value: number,
  passes: (run: number) => boolean,
): void {
  for (let y = 0; y < height; y++) {
    for (let run = rows[y] as number; run < (rows[y + 1] as number); run++) {
      if (passes(run)) data.fill(value, y * width + (starts[run] as number), y * width + (ends[run] as number));
    }
  }
}

function rootOf(parent: Uint32Array, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    parent[root] = parent[parent[root] as number] as number;
    root = parent[root] as number;
  }
  return root;
}

function join(parent: Uint32Array, a: number, b: number): void {
  const [one, other] = [rootOf(parent, a), rootOf(parent, b)];
  parent[Math.max(one, other)] = Math.min(one, other);
}
