/**
 * Wires on a film: leads and electrodes of a pacemaker, cables, wire of a suture. A wire is denser than what lies on either side of
 * it, for a long way; a rib's edge is denser than one side, and a vessel is faint beside metal and tapers.
 */

import { blurred, smoothstep, type Field } from '../sketch/field';

const ORIENTATIONS = 12;
/** What stands out of its surroundings by less than this share of what is likely is not looked at. */
const LEAST_SHARE = 0.4;
/** What lies beside a wire is looked at so far from its middle, in mm; it is blurred by so much before. */
const BESIDE_MM = 2.4;
const GRAIN_MM = 0.3;
/** The mean is taken over so many mm of a straight line to either side, every so many cells. */
const ALONG_MM = 7;
const STRIDE = 2;
/** By how much a wire is denser than both sides, of the contrast between tissue and lung: for sure, and where it goes on from there. */
const SURE = 0.26;
const LIKELY = 0.13;
/** Over what is dense, from a share of that contrast to another, all contrasts are less, and no vessels are seen: by so much. */
const DENSE = [0.7, 1.1] as const;
const DENSE_LESS = 0.5;
/** So much of the difference between its two sides counts against it. */
const UNLIKE = 0.7;
/** So long a wire is at the least, and of the cells that are likely at least so many are sure. */
const LEAST_MM = 20;
const LEAST_SURE = 0.35;
/** What runs along a border for more of its length is the border. */
const MOST_AT_BORDER = 0.6;

/** Of a film: the median of its lungs, and by how much soft tissue is denser. */
export interface FilmDensities {
  readonly lung: number;
  readonly contrast: number;
}

/**
 * How much of each cell is wire, 0 to 1; undefined where the film shows none.
 * @param cellsPerMm across and down @param isBorder whether a cell lies along a border that has a line of its own
 */
export function wiresIn(
  film: Field,
  cellsPerMm: readonly [number, number],
  densities: FilmDensities,
  isBorder: (x: number, y: number) => boolean = () => false,
): Float32Array | undefined {
  const stands = ridges(blurred(film, GRAIN_MM * cellsPerMm[0], GRAIN_MM * cellsPerMm[1]), cellsPerMm, densities);
  return longOnes(stands, film.width, film.height, cellsPerMm, isBorder);
}

/** By how much each cell is denser than both of its sides, along the straight line through it along which that is most; as a share of the contrast there. */
export function ridges(
  field: Field,
  [across, down]: readonly [number, number],
  { lung, contrast }: FilmDensities,
): Float32Array {
  const { width, height, data } = field;
  const best = new Float32Array(data.length);
  const margin = Math.ceil((ALONG_MM + BESIDE_MM) * Math.max(across, down)) + 1;
  const around = blurred(field, BESIDE_MM * across, BESIDE_MM * down).data;
  const lines = Array.from({ length: ORIENTATIONS }, (_, turn) => {
    const angle = (turn * Math.PI) / ORIENTATIONS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const beside = Math.round(-sin * BESIDE_MM * across) + Math.round(cos * BESIDE_MM * down) * width;
    return { beside, offsets: Int32Array.from(lineOf(cos * across, sin * down, width)) };
  });
  const dense = around.map((value) => smoothstep(...DENSE, (value - lung) / contrast));
  const least = LEAST_SHARE * LIKELY * contrast;
  for (let y = margin; y < height - margin; y++)
    for (let cell = y * width + margin, end = (y + 1) * width - margin; cell < end; cell++) {
      if ((data[cell] as number) - (around[cell] as number) < least) continue;
      let most = 0;
      for (const { beside, offsets } of lines) {
        let [own, one, other] = [0, 0, 0];
        for (const offset of offsets) {
          const at = cell + offset;
          own += data[at] as number;
          one += data[at + beside] as number;
          other += data[at - beside] as number;
        }
        const [more, less] = one > other ? [one, other] : [other, one];
        const stands = (own - more - UNLIKE * (more - less)) / offsets.length;
        if (stands > most) most = stands;
      }
      best[cell] = most / (contrast * (1 - DENSE_LESS * (dense[cell] as number)));
    }
  return best;
}

/** Offsets of the cells of a straight line to both sides. @param x, y cells a mm along it */
function lineOf(x: number, y: number, width: number): readonly number[] {
  const cells = Math.ceil((ALONG_MM * Math.max(Math.abs(x), Math.abs(y))) / STRIDE);
  return Array.from({ length: 2 * cells + 1 }, (_, at) => {
    const mm = ((at - cells) / cells) * ALONG_MM;
    return Math.round(x * mm) + Math.round(y * mm) * width;
  });
}

/** What is likely, hangs together, is long, and is sure in part. */
function longOnes(
  stands: Float32Array,
  width: number,
  height: number,
  [across, down]: readonly [number, number],
  isBorder: (x: number, y: number) => boolean,
): Float32Array | undefined {
  const seen = new Uint8Array(stands.length);
  const out = new Float32Array(stands.length);
  let found = false;
  for (let start = 0; start < stands.length; start++) {
    if (seen[start] !== 0 || (stands[start] as number) < SURE) continue;
    const cells = [start];
    seen[start] = 1;
    let [sure, atBorder] = [0, 0];
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let next = 0; next < cells.length; next++) {
      const cell = cells[next] as number;
      const [x, y] = [cell % width, Math.floor(cell / width)];
      if ((stands[cell] as number) >= SURE) sure++;
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
    if (long < LEAST_MM || sure < LEAST_SURE * cells.length || atBorder > MOST_AT_BORDER * cells.length) continue;
    found = true;
    for (const cell of cells) out[cell] = smoothstep(LIKELY / 2, LIKELY, stands[cell] as number);
  }
  return found ? out : undefined;
}
