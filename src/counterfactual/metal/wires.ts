/**
 * Wires on a film: leads and electrodes of a pacemaker, cables, wire of a suture. A wire is denser than what lies on either side of
 * it, for a long way; a rib's edge is denser than one side, and a vessel is faint beside metal and tapers.
 */

import { smoothstep } from '../sketch/field';
import { LEAST_SHOWN, shownAt, type FineFilm } from './fine';
import { followed, type Way } from './follow';

const ORIENTATIONS = 12;
/** What lies beside a wire is looked at so far from its middle, in mm. */
const BESIDE_MM = 2.4;
/** The mean is taken over so many mm of a straight line to either side, every so many cells. */
const ALONG_MM = 7;
const STRIDE = 2;
/** By how much a wire is denser than both sides for sure: of what is fine in the lungs, and of heart over lung at the least. */
const SURE_DETAIL = 4.5;
const SURE_CONTRAST = 0.18;
/** Of that, where it goes on from there; and what is looked at at all. */
const LIKELY = 0.5;
const LOOKED_AT = 0.5 * LIKELY;
const OWN = 0.7 * LIKELY;
/** So much of the difference between its two sides counts against it. */
const UNLIKE = 0.7;
/** So long a wire is at the least, and of the cells that are likely at least so many are sure. */
const LEAST_MM = 20;
/** And in cells: on a film of few pixels the edge of a rib has no width. */
const LEAST_CELLS = 24;
const LEAST_SURE = 0.35;
/** So much of it lies over lungs and mediastinum. */
const LEAST_IN_CHEST = 0.3;
/** What runs along a border for more of its length is the border, but where it stands out by so much in the mean. */
const MOST_AT_BORDER = 0.6;
const NO_BORDER = 1.6;

/**
 * How much of each cell is wire, 0 to 1; undefined where the film shows none.
 * @param isBorder whether a cell lies along a border that has a line of its own
 */
export function wiresIn(
  film: FineFilm,
  isBorder: (x: number, y: number) => boolean = () => false,
): Float32Array | undefined {
  const ridges = ridgesOf(film);
  const found = longOnes(ridges.best, film, isBorder);
  if (found === undefined) return undefined;
  followed(found, film, ridges, isBorder);
  return found.map((share) => smoothstep(LIKELY / 2, LIKELY, share));
}

export interface Ridges {
  /** By how much each cell is denser than both of its sides along the straight line through it along which that is most; 1 is a wire for sure. */
  readonly best: Float32Array;
  readonly ways: readonly Way[];
  /** The same along one of the lines; 0 beside the film. */
  readonly along: (cell: number, way: number) => number;
}

function ridgesOf(film: FineFilm): Ridges {
  const { width, height, cellsPerMm, soft, fine, detail, contrast } = film;
  const [across, down] = cellsPerMm;
  const best = new Float32Array(soft.length);
  const margin = Math.ceil((ALONG_MM + BESIDE_MM) * Math.max(across, down)) + 1;
  const ways = Array.from({ length: ORIENTATIONS }, (_, turn): Way => {
    const angle = (turn * Math.PI) / ORIENTATIONS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return {
      x: cos * across,
      y: sin * down,
      beside: Math.round(-sin * BESIDE_MM * across) + Math.round(cos * BESIDE_MM * down) * width,
      offsets: Int32Array.from(lineOf(cos * across, sin * down, width)),
    };
  });
  const sure = Math.max(SURE_DETAIL * detail, SURE_CONTRAST * contrast);
  const unitAt = (cell: number): number => sure * shownAt(film, cell);
  const along = (cell: number, way: number): number => {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    const isInside = x >= margin && y >= margin && x < width - margin && y < height - margin;
    return isInside ? standing(soft, cell, ways[way] as Way) / unitAt(cell) : 0;
  };
  const least = OWN * LEAST_SHOWN * sure;
  for (let y = margin; y < height - margin; y++)
    for (let cell = y * width + margin, end = (y + 1) * width - margin; cell < end; cell++) {
      const own = fine[cell] as number;
      if (own < least) continue;
      const unit = unitAt(cell);
      if (own < OWN * unit) continue;
      let most = 0;
      for (const way of ways) {
        if (meanAlong(fine, cell, way) < LOOKED_AT * unit) continue;
        const stands = standing(soft, cell, way);
        if (stands > most) most = stands;
      }
      best[cell] = most / unit;
    }
  return { best, ways, along };
}

function meanAlong(values: Float32Array, cell: number, { offsets }: Way): number {
  let sum = 0;
  for (let at = 0; at < offsets.length; at++) sum += values[cell + (offsets[at] as number)] as number;
  return sum / offsets.length;
}

/** By how much a line is denser than the same line on both sides of it. */
function standing(values: Float32Array, cell: number, { offsets, beside }: Way): number {
  let [own, one, other] = [0, 0, 0];
  for (let at = 0; at < offsets.length; at++) {
    const on = cell + (offsets[at] as number);
    own += values[on] as number;
    one += values[on + beside] as number;
    other += values[on - beside] as number;
  }
  const [more, less] = one > other ? [one, other] : [other, one];
  return (own - more - UNLIKE * (more - less)) / offsets.length;
}

/** Offsets of the cells of a straight line to both sides. @param x, y cells a mm along it */
function lineOf(x: number, y: number, width: number): readonly number[] {
  const cells = Math.ceil((ALONG_MM * Math.max(Math.abs(x), Math.abs(y))) / STRIDE);
  return Array.from({ length: 2 * cells + 1 }, (_, at) => {
    const mm = ((at - cells) / cells) * ALONG_MM;
    return Math.round(x * mm) + Math.round(y * mm) * width;
  });
}

/** What is likely, hangs together, is long, and is sure in part. @returns the same of those cells, 0 of others */
function longOnes(
  stands: Float32Array,
  { width, height, cellsPerMm: [across, down], inChest }: FineFilm,
  isBorder: (x: number, y: number) => boolean,
): Float32Array | undefined {
  const seen = new Uint8Array(stands.length);
  const out = new Float32Array(stands.length);
  let found = false;
  for (let start = 0; start < stands.length; start++) {
    if (seen[start] !== 0 || (stands[start] as number) < 1) continue;
    const cells = [start];
    seen[start] = 1;
    let [sure, atBorder, inside, sum] = [0, 0, 0, 0];
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let next = 0; next < cells.length; next++) {
      const cell = cells[next] as number;
      const [x, y] = [cell % width, Math.floor(cell / width)];
      if ((stands[cell] as number) >= 1) sure++;
      sum += stands[cell] as number;
      inside += inChest[cell] as number;
      if (isBorder(x, y)) atBorder++;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (let j = -1; j <= 1; j++)
        for (let i = -1; i <= 1; i++) {
          const near = cell + j * width + i;
          if (near < 0 || near >= stands.length || seen[near] !== 0 || (stands[near] as number) < LIKELY) continue;
          seen[near] = 1;
          cells.push(near);
        }
    }
    const long = Math.hypot((right - left) / across, (bottom - top) / down);
    const isBorders = atBorder > MOST_AT_BORDER * cells.length && sum < NO_BORDER * cells.length;
    const isShort = long < LEAST_MM || Math.hypot(right - left, bottom - top) < LEAST_CELLS;
    const isBeside = inside < LEAST_IN_CHEST * cells.length;
    if (isShort || sure < LEAST_SURE * cells.length || isBorders || isBeside) continue;
    found = true;
    for (const cell of cells) out[cell] = stands[cell] as number;
  }
  return found ? out : undefined;
}
