/**
 * The heart's border on one side, and the film laid out along it: rows stay rows, columns become distance from the border.
 * Along the border the film changes slowly while ribs and vessels cross it, so that a blur down the columns parts the
 * silhouette, which may move, from the bones, which may not.
 */

import type { Chest, ChestPoint, Lung } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, CHEST_GRID, smoothstep } from '../field';

/** Rows over the whole image on which the border is found and moved: about 0.7 mm each on an adult's film. */
export const ROWS = 512;

/** A film along a border. */
export interface Strip {
  /** 1: outward is towards image right (the patient's left); -1 the other way. */
  readonly outward: 1 | -1;
  /** First row, of ROWS, and how many. */
  readonly top: number;
  readonly height: number;
  /** Columns, and how many of them lie inside of the border. One column is as wide as a row is high. */
  readonly width: number;
  readonly inner: number;
  /** Where the border is in each row, in columns from the image's left edge. */
  readonly border: Float32Array;
  /** Densities, [height x width]; column `inner` is on the border, later ones are outward of it. */
  readonly values: Float32Array;
  readonly mmPerCell: number;
}

/** How far the anatomist's outline may be off. */
const SEARCH_MM = 9;
/** The film is blurred so far along the outline before the steepest descent is sought. */
const RIB_MM = 4;

/** @param innerMm, @param outerMm how far the strip reaches to both sides */
export function stripOf(image: DensityImage, chest: Chest, lung: Lung, innerMm: number, outerMm: number): Strip {
  const mmPerCell = (chest.millimetresPerRow * CHEST_GRID) / ROWS;
  const outward = lung.side === 'left' ? 1 : -1;
  const scale = ROWS / CHEST_GRID;
  const columnScale = scale * chest.aspect;
  const from = Math.max(0, Math.floor((chest.heart.top - 6) * scale));
  const to = Math.min(ROWS, Math.ceil((Math.max(meetingOf(lung, chest.aspect).y, chest.heart.bottom) + 30) * scale));
  const [inner, outer] = [Math.round(innerMm / mmPerCell), Math.round(outerMm / mmPerCell)];
  const shape = { outward, top: from, height: to - from, width: inner + outer + 1, inner, mmPerCell } as const;
  const rough = outline(lung, meetingOf(lung, chest.aspect).y, from, to, scale, columnScale, 3 / mmPerCell);
  const search = Math.round(SEARCH_MM / mmPerCell);
  const near = { ...shape, inner: search + 4, width: 2 * (search + 4) + 1 };
  const offsets = steepest(
    blurredValues(sampled(image, chest, { ...near, border: rough }), near.width, near.height, 0.5, RIB_MM / mmPerCell),
    near.width,
    near.height,
    search,
  );
  const smooth = blurredValues(offsets, 1, offsets.length, 0, 2.5 / mmPerCell);
  const border = rough.map((column, row) => column + outward * (smooth[row] as number));
  return { ...shape, border, values: sampled(image, chest, { ...shape, border }) };
}

/**
 * Where the heart's border meets the diaphragm: the lung's corner towards below and the middle. Down the border of even a large
 * heart the outline gains more in height than 0.7 of what it gives up sideways; along a dome less.
 */
export function meetingOf({ side, floor }: Lung, aspect: number): ChestPoint {
  const outward = side === 'left' ? 1 : -1;
  let best: ChestPoint = { x: CHEST_GRID / 2, y: CHEST_GRID / 2 };
  let most = -Infinity;
  floor.forEach((y, column) => {
    const corner = y - 0.7 * outward * (column + 0.5) * aspect;
    if (corner > most) [best, most] = [{ x: column + 0.5, y }, corner];
  });
  return best;
}

/** The lung's medial edge in each row of the strip, held where the lung has none and below the angle with the diaphragm. */
function outline(
  lung: Lung,
  meeting: number,
  from: number,
  to: number,
  scale: number,
  columnScale: number,
  sigma: number,
): Float32Array {
  const last = Math.max(lung.top + 1, Math.min(lung.bottom - 1, Math.floor(meeting) - 2));
  const edge = Float32Array.from({ length: to - from }, (_, at) => {
    const row = Math.min(last, Math.max(lung.top + 1, (from + at + 0.5) / scale - 0.5));
    const [low, share] = [Math.floor(row), row % 1];
    const [a, b] = [lung.medial[low] as number, lung.medial[Math.min(last, low + 1)] as number];
    return (a + (b - a) * share) * columnScale;
  });
  return blurredValues(edge, 1, edge.length, 0, sigma);
}

function sampled(
  image: DensityImage,
  chest: Chest,
  { outward, top, height, width, inner, border }: Omit<Strip, 'values' | 'mmPerCell'>,
): Float32Array {
  const values = new Float32Array(width * height);
  const [perRow, perColumn] = [image.height / ROWS, image.width / (ROWS * chest.aspect)];
  const reads = Math.max(1, Math.min(3, Math.round(perRow)));
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let sum = 0;
      for (let j = 0; j < reads; j++) {
        const y = (top + row + (j + 0.5) / reads) * perRow - 0.5;
        for (let i = 0; i < reads; i++) {
          const x = ((border[row] as number) + outward * (column - inner + (i + 0.5) / reads - 0.5)) * perColumn - 0.5;
          sum += densityAtPoint(image, x, y);
        }
      }
      values[at] = sum / (reads * reads);
    }
  }
  return values;
}

function densityAtPoint({ width, height, values }: DensityImage, x: number, y: number): number {
  const [left, up] = [
    Math.min(width - 2, Math.max(0, Math.floor(x))),
    Math.min(height - 2, Math.max(0, Math.floor(y))),
  ];
  const [fx, fy] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - up))];
  const at = up * width + left;
  const upper = (values[at] as number) * (1 - fx) + (values[at + 1] as number) * fx;
  const lower = (values[at + width] as number) * (1 - fx) + (values[at + width + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}

/**
 * The smooth path down the strip along which density falls most steeply outward, by dynamic programming.
 * @returns of each row, its distance in columns from the middle of the strip
 */
function steepest(values: Float32Array, width: number, height: number, search: number): Float32Array {
  const choices = 2 * search + 1;
  const first = (width - choices) >> 1;
  const best = new Float32Array(choices * height);
  const came = new Int8Array(choices * height);
  for (let row = 0; row < height; row++) {
    for (let choice = 0; choice < choices; choice++) {
      const at = row * width + first + choice;
      const fall = (values[at - 2] as number) - (values[at + 2] as number) - 0.0008 * Math.abs(choice - search);
      let [most, step] = [row === 0 ? 0 : -Infinity, 0];
      for (let turn = -1; row > 0 && turn <= 1; turn++) {
        const other = choice + turn;
        if (other < 0 || other >= choices) continue;
        const score = (best[(row - 1) * choices + other] as number) - 0.01 * Math.abs(turn);
        if (score > most) [most, step] = [score, turn];
      }
      best[row * choices + choice] = most + fall;
      came[row * choices + choice] = step;
    }
  }
  const path = new Float32Array(height);
  let choice = 0;
  for (let other = 1; other < choices; other++)
    if ((best[(height - 1) * choices + other] as number) > (best[(height - 1) * choices + choice] as number))
      choice = other;
  for (let row = height - 1; row >= 0; row--) {
    path[row] = choice - search;
    choice += came[row * choices + choice] as number;
  }
  return path;
}

/** Distance outward of the border and row of the strip for a point of the image given in ROWS' cells. */
export function borderAt({ border, top, height }: Strip, row: number): number {
  const at = Math.min(height - 1, Math.max(0, row - top - 0.5));
  const low = Math.floor(at);
  const next = border[Math.min(height - 1, low + 1)] as number;
  return (border[low] as number) + (next - (border[low] as number)) * (at - low);
}

/** 1 inside what the diaphragm leaves free, falling to 0 within it, [height x width] of the strip. */
export function aboveDiaphragm(strip: Strip, chest: Chest): Float32Array {
  const floor = floorOf(chest);
  const out = new Float32Array(strip.width * strip.height);
  const soft = 5 / strip.mmPerCell;
  const columnScale = (ROWS / CHEST_GRID) * chest.aspect;
  for (let row = 0, at = 0; row < strip.height; row++) {
    for (let column = 0; column < strip.width; column++, at++) {
      const x = ((strip.border[row] as number) + strip.outward * (column - strip.inner)) / columnScale;
      const depth =
        strip.top +
        row +
        0.5 -
        (floor[Math.min(CHEST_GRID - 1, Math.max(0, Math.floor(x)))] as number) * (ROWS / CHEST_GRID);
      out[at] = smoothstep(soft, -0.4 * soft, depth);
    }
  }
  return out;
}

/** Last row of lung in each column; under the heart the line between the two angles. */
function floorOf({ aspect, right, left }: Chest): Float32Array {
  const [a, b] = [meetingOf(right, aspect), meetingOf(left, aspect)];
  const line = Float32Array.from({ length: CHEST_GRID }, (_, x) => {
    if (x >= a.x && x <= b.x) return a.y + ((b.y - a.y) * (x - a.x)) / Math.max(1, b.x - a.x);
    const own = x < a.x ? right.floor[x] : left.floor[x];
    return own === undefined || Number.isNaN(own) ? Math.max(a.y, b.y) : own;
  });
  return blurredValues(line, CHEST_GRID, 1, 2, 0);
}
