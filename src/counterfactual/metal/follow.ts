/** A wire goes on where it is faint: from each end of what was found it is followed along its direction, over gaps of a few millimetres. */

import type { FineFilm } from './fine';
import type { Ridges } from './wires';

/** A straight line through a cell: cells a mm along it, the offset of what lies beside it, and those of its own cells. */
export interface Way {
  readonly x: number;
  readonly y: number;
  readonly beside: number;
  readonly offsets: Int32Array;
}

/** Of what is a wire for sure, where one is known to come; and so long a gap may be, in mm. */
const FAINT = 0.22;
/** Along wall and diaphragm, whose own lines are there, so much. */
const AT_BORDER = 0.5;
const GAP_MM = 7;
/** What it comes to must stand out so much in the mean, and be so long, in mm. */
const LEAST_MEAN = 0.3;
const LEAST_MM = 6;
/** What was found so near ahead is the wire itself, in mm; so near behind it must be, too. */
const AHEAD_MM = [2, 5] as const;
/** What is followed counts as likely at the least. */
const FOLLOWED = 0.5;
/** A wire bends by no more than one line of so many to each side from one step of so many mm to the next, and moves by no more cells to a side. */
const STEP_MM = 1;
const BENDS = [0, -1, 1] as const;
const ASIDE = [0, -1, 1] as const;
/** Of two ways alike the straighter. */
const STRAIGHT = 0.03;

/** Adds to `found` what it goes on to. */
export function followed(
  found: Float32Array,
  film: FineFilm,
  ridges: Ridges,
  isBorder: (x: number, y: number) => boolean,
): void {
  const ends = endsOf(found, film, ridges);
  for (const end of ends) follow(end, found, film, ridges, isBorder);
}

interface End {
  readonly x: number;
  readonly y: number;
  readonly way: number;
  readonly sign: 1 | -1;
}

/** Cells beyond which nothing was found, and the way that leads there. */
function endsOf(found: Float32Array, { width, height }: FineFilm, { ways, along }: Ridges): readonly End[] {
  const ends: End[] = [];
  for (let cell = 0; cell < found.length; cell++) {
    if (found[cell] === 0) continue;
    let [way, most] = [0, 0];
    for (let each = 0; each < ways.length; each++) {
      const stands = along(cell, each);
      if (stands > most) [way, most] = [each, stands];
    }
    const own = ways[way];
    if (most === 0 || own === undefined) continue;
    const [x, y] = [cell % width, Math.floor(cell / width)];
    for (const sign of [1, -1] as const) {
      const isFound = (mm: number): boolean => {
        const [u, v] = [Math.round(x + sign * own.x * mm), Math.round(y + sign * own.y * mm)];
        for (let j = -1; j <= 1; j++)
          for (let i = -1; i <= 1; i++)
            if (u + i >= 0 && u + i < width && v + j >= 0 && v + j < height && found[(v + j) * width + u + i] !== 0)
              return true;
        return false;
      };
      const isEnd = !AHEAD_MM.some(isFound) && AHEAD_MM.every((mm) => isFound(-mm));
      if (isEnd) ends.push({ x, y, way, sign });
    }
  }
  return ends;
}

function follow(
  end: End,
  found: Float32Array,
  { width, height }: FineFilm,
  { ways, along }: Ridges,
  isBorder: (x: number, y: number) => boolean,
): void {
  let { x, y, way, sign } = end as { x: number; y: number; way: number; sign: number };
  const path: number[] = [];
  let [sum, mean] = [0, 0];
  let [kept, gap] = [0, 0];
  for (let steps = 0; steps < 400; steps++) {
    let best = { x, y, way, sign, value: -Infinity };
    for (const bend of BENDS) {
      // Past the last line the first one leads the other way.
      const turned = way + bend;
      const next = (turned + ways.length) % ways.length;
      const ahead = turned === next ? sign : -sign;
      const own = ways[next] as Way;
      for (const aside of ASIDE) {
        const long = Math.hypot(own.x, own.y);
        const [u, v] = [
          x + ahead * own.x * STEP_MM - (aside * own.y) / long,
          y + ahead * own.y * STEP_MM + (aside * own.x) / long,
        ];
        const value =
          along(Math.round(v) * width + Math.round(u), next) - STRAIGHT * (Math.abs(bend) + Math.abs(aside));
        if (value > best.value) best = { x: u, y: v, way: next, sign: ahead, value };
      }
    }
    ({ x, y, way, sign } = best);
    const [u, v] = [Math.round(x), Math.round(y)];
    if (u < 0 || v < 0 || u >= width || v >= height) break;
    const cell = v * width + u;
    path.push(cell);
    sum += best.value;
    if (best.value >= (isBorder(u, v) ? AT_BORDER : FAINT)) [kept, gap, mean] = [path.length, 0, sum / path.length];
    else if ((gap += STEP_MM) > GAP_MM) break;
    // It has come to what was found.
    if (path.length > AHEAD_MM[1] && (found[cell] as number) > 0) {
      [kept, mean] = [path.length, sum / path.length];
      break;
    }
  }
  if (mean < LEAST_MEAN || kept * STEP_MM < LEAST_MM) return;
  for (const cell of path.slice(0, kept)) found[cell] = Math.max(found[cell] as number, FOLLOWED);
}
