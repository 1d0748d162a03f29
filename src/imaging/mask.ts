/** Masks over a radiograph at its native size: 0 keep, 255 change. Every function returns a new mask. */

import type { Box } from './box';
import { SizeMismatchError } from './errors';
import { boxAround, withinBox } from './mask-box';
import { INSIDE } from './mask-runs';
import { strokeInto } from './mask-stroke';
import { isAllZero, finderIn } from './mask-words';
import { encodeGreyPng } from './png-encode';
import type { Mask } from './radiograph';
import { resizeBicubic } from './resample';
import { raiseRims } from './rim';

export interface MaskPoint {
  readonly x: number;
  readonly y: number;
}

export function emptyMask(width: number, height: number): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}

export function isMaskEmpty(mask: Mask): boolean {
  return isAllZero(mask.data);
}

/** Pixelwise maximum. @throws SizeMismatchError when sizes differ, RangeError when none is given */
export function unionMasks(...masks: readonly Mask[]): Mask {
  const [first, ...rest] = masks;
  if (!first) throw new RangeError('A union needs at least one mask.');
  const data = first.data.slice();
  for (const mask of rest) {
    if (mask.width !== first.width || mask.height !== first.height) {
      throw new SizeMismatchError('A mask', [first.width, first.height], [mask.width, mask.height]);
    }
    for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i] as number, mask.data[i] as number);
  }
  return { ...first, data };
}

/** Heights that a rim falls from. A mask that is soft already has all of them, a hard one the last alone. */
const HEIGHTS = [INSIDE, 192, 255] as const;

/**
 * The mask with a soft rim of `radiusPixels` *outside* it: what was inside keeps its value, the rim falls smoothly from the
 * height of what it lies beside to 0, and everything farther than `radiusPixels` (Euclidean, centre to centre) from the
 * inside (values of 128 and more) keeps its value too. So the result never reaches beyond the mask's dilation by the radius,
 * and where the mask falls off by itself, no ridge stands beside the inside.
 */
export function featherMask(mask: Mask, radiusPixels: number): Mask {
  const data = copyOf(mask);
  const bounds = radiusPixels > 0 ? boundsOf(mask) : undefined;
  if (!bounds) return withinBox({ ...mask, data }, boxAround(mask));
  const reach = Math.ceil(radiusPixels);
  const x = Math.max(0, bounds.x0 - reach);
  const y = Math.max(0, bounds.y0 - reach);
  const width = Math.min(mask.width, bounds.x1 + reach + 1) - x;
  const height = Math.min(mask.height, bounds.y1 + reach + 1) - y;
  const heights = isHard(mask, bounds) ? HEIGHTS.slice(-1) : HEIGHTS;
  const box = { x, y, width, height };
  raiseRims(mask, data, box, radiusPixels, heights);
  return withinBox({ ...mask, data }, around(box, boxAround(mask)));
}

/** The same values in a buffer of its own. */
export function copyMask(mask: Mask): Mask {
  return withinBox({ ...mask, data: copyOf(mask) }, boxAround(mask));
}

/** Only what may be other than 0 is written. */
function copyOf(mask: Mask): Uint8Array<ArrayBuffer> {
  const { x, y, width, height } = boxAround(mask);
  const data = new Uint8Array(mask.data.length);
  for (let row = y; row < y + height; row++) {
    const from = row * mask.width + x;
    data.set(mask.data.subarray(from, from + width), from);
  }
  return data;
}

/** The smallest box that holds both. */
function around(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Whether all of the inside is 255. @param box of the inside */
function isHard({ width, data }: Mask, { x0, y0, x1, y1 }: Ends): boolean {
  for (let y = y0; y <= y1; y++) {
    for (let i = y * width + x0, end = y * width + x1; i <= end; i++)
      if ((data[i] as number) >= INSIDE && data[i] !== 255) return false;
  }
  return true;
}

/** The hard mask of a w x h image where a size x size map, interpolated bicubically, is at least `threshold`. */
export function gridToMask(map: Float32Array, size: number, w: number, h: number, threshold: number): Mask {
  const large = resizeBicubic(map, size, size, w, h);
  const data = new Uint8Array(w * h);
  for (let i = 0; i < data.length; i++) data[i] = (large[i] as number) >= threshold ? 255 : 0;
  return { width: w, height: h, data };
}

/** Sets every pixel whose centre lies within `radius` of (x, y), in pixels with centres at half-integers. */
export function paintDisc(mask: Mask, x: number, y: number, radius: number, value: 0 | 255): Mask {
  return paintStroke(mask, [{ x, y }], radius, value);
}

/** Sets every pixel whose centre lies within `radius` of the line through the points: a brush stroke, copied once. */
export function paintStroke(mask: Mask, points: readonly MaskPoint[], radius: number, value: 0 | 255): Mask {
  const painted = { ...mask, data: mask.data.slice() };
  strokeInto(painted, points, { radius, hardness: 1 }, value);
  return painted;
}

/** Sets every pixel whose centre lies inside the closed polygon (even-odd rule). Fewer than three points set nothing. */
export function fillPolygon(mask: Mask, points: readonly MaskPoint[], value: number): Mask {
  return fillPolygons(mask, points.length < 3 ? [] : [points], value);
}

/** Sets every pixel whose centre lies inside an odd number of the closed polygons: holes are polygons within polygons. */
export function fillPolygons(mask: Mask, polygons: readonly (readonly MaskPoint[])[], value: number): Mask {
  const filled = { ...mask, data: mask.data.slice() };
  fillInto(filled, polygons, value);
  return filled;
}

/** As `fillPolygons`, in place. */
export function fillInto(
  { width, height, data }: Mask,
  polygons: readonly (readonly MaskPoint[])[],
  value: number,
): void {
  const edges = polygons.flatMap((points) =>
    points.map((a, i): Edge => ({ a, b: points[(i + 1) % points.length] ?? a })),
  );
  const heights = edges.map(({ a }) => a.y);
  const top = Math.max(0, Math.floor(heights.reduce((least, y) => Math.min(least, y), Infinity)));
  const bottom = Math.min(height, Math.ceil(heights.reduce((most, y) => Math.max(most, y), -Infinity)));
  const byRow = edgesByRow(edges, top, bottom);
  for (let y = top; y < bottom; y++) {
    const crossings = crossingsOf(byRow[y - top] ?? [], y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] as number) - 0.5));
      const to = Math.min(width, Math.ceil((crossings[i + 1] as number) - 0.5));
      if (from < to) data.fill(value, y * width + from, y * width + to);
    }
  }
}

interface Edge {
  readonly a: MaskPoint;
  readonly b: MaskPoint;
}

/** For each row the edges that reach it: an outline traced by hand has thousands, of which a row meets a few. */
function edgesByRow(edges: readonly Edge[], top: number, bottom: number): readonly (readonly Edge[])[] {
  const rows = Array.from({ length: Math.max(0, bottom - top) }, (): Edge[] => []);
  for (const edge of edges) {
    const first = Math.max(top, Math.floor(Math.min(edge.a.y, edge.b.y) - 0.5));
    const last = Math.min(bottom - 1, Math.ceil(Math.max(edge.a.y, edge.b.y) - 0.5));
    for (let y = first; y <= last; y++) rows[y - top]?.push(edge);
  }
  return rows;
}

function crossingsOf(edges: readonly Edge[], y: number): readonly number[] {
  const crossings: number[] = [];
  for (const { a, b } of edges) {
    if (a.y <= y !== b.y <= y) crossings.push(a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y));
  }
  return crossings.sort((p, q) => p - q);
}

/** The mask as an 8-bit greyscale PNG. */
export function encodeMaskPng(mask: Mask): Uint8Array {
  return encodeGreyPng(mask.width, mask.height, mask.data);
}

/** Smallest rectangle of whole pixels that holds the inside of the mask; undefined when there is none. */
export function maskBounds(mask: Mask): Box | undefined {
  return boxOf(boundsOf(mask));
}

/** Smallest rectangle of whole pixels that holds all that is not 0, its soft rim too; undefined when the mask is empty. */
export function maskReach(mask: Mask): Box | undefined {
  return boxOf(boundsOf(mask, 1));
}

interface Ends {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function boxOf(ends: Ends | undefined): Box | undefined {
  return ends && { x: ends.x0, y: ends.y0, width: ends.x1 - ends.x0 + 1, height: ends.y1 - ends.y0 + 1 };
}

/** Smallest box that holds every pixel of at least this value, ends included; undefined when there is none. */
function boundsOf(mask: Mask, least: number = INSIDE): Ends | undefined {
  const { width, data } = mask;
  const within = boxAround(mask);
  let box: Ends | undefined;
  const { first, last } = finderIn(data);
  for (let y = within.y; y < within.y + within.height; y++) {
    const row = y * width;
    const [from, to] = [row + within.x, row + within.x + within.width];
    let begin = first(from, to);
    while (begin < to && (data[begin] as number) < least) begin++;
    if (begin === to) continue;
    let end = last(begin, to);
    while ((data[end] as number) < least) end--;
    const [x0, x1] = [begin - row, end - row];
    box = box ? { x0: Math.min(box.x0, x0), y0: box.y0, x1: Math.max(box.x1, x1), y1: y } : { x0, y0: y, x1, y1: y };
  }
  return box;
}
