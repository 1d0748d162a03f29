/** Thin structures (septal lines, plates, bronchi, vessels) drawn as tapering curves at the image's own resolution. */

import type { Chest, ChestPoint } from '../chest';
import { CHEST_GRID, rowsIn, smoothstep, type Box, type Field } from '../field';

export interface StrokePoint extends ChestPoint {
  readonly widthMm: number;
  /** How much of the stroke's contrast is there, 0 to 1. */
  readonly strength: number;
}

/** A curve by its points, in cells of CHEST_GRID. */
export type Stroke = readonly StrokePoint[];

/** Narrower than this many pixels a line is drawn fainter, not narrower. */
const LEAST_HALF_PIXELS = 0.7;
/** A little more than the square of 1.5 half widths, beyond which nothing is drawn. */
const FAR = 2.26;
/** Half width of a line as wide as the film's blur of one pixel. */
const HALF_OF_BLUR = 1.3;

/** The strokes' strength at each pixel of a box of a `width` x `height` image as blurred as the film is; where they cross, the stronger. */
export function strokesIn(
  strokes: readonly Stroke[],
  { millimetresPerRow }: Chest,
  box: Box,
  width: number,
  height: number,
  blurPixels = 0,
): Float32Array {
  const out = new Float32Array(box.width * box.height);
  const pixelsPerMm = height / CHEST_GRID / millimetresPerRow;
  for (const stroke of strokes) {
    for (let at = 1; at < stroke.length; at++) {
      segment(
        out,
        box,
        toPixels(stroke[at - 1] as StrokePoint, box, width, height, pixelsPerMm, blurPixels),
        toPixels(stroke[at] as StrokePoint, box, width, height, pixelsPerMm, blurPixels),
      );
    }
  }
  return out;
}

/** The same on CHEST_GRID, each stroke wider by `marginMm`: where they are. */
export function strokesAround(strokes: readonly Stroke[], chest: Chest, marginMm: number): Field {
  const wide = strokes.map((stroke) =>
    stroke.map((point) => ({ ...point, widthMm: point.widthMm + 2 * marginMm, strength: 1 })),
  );
  const data = strokesIn(wide, chest, { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID }, CHEST_GRID, CHEST_GRID);
  return { width: CHEST_GRID, height: CHEST_GRID, data };
}

/**
 * Adds strokes to a change of density in the box, where they are: their own field is read there alone.
 * @param drawn what `strokesIn` gave for the box @param stands density of a stroke of strength 1 where `within` is 1
 */
export function addStrokes(
  added: Float32Array,
  drawn: Float32Array,
  { within, stands }: { readonly within: Field; readonly stands: number },
  box: Box,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const rows = rowsIn(within, box, width, height);
  for (let y = 0; y < box.height; y++) {
    const start = y * box.width;
    let [from, to] = [0, box.width];
    while (from < to && !((drawn[start + from] as number) > 0)) from++;
    while (to > from && !((drawn[start + to - 1] as number) > 0)) to--;
    if (from === to) continue;
    const own = rows(y, from, to);
    for (let x = from, at = start + from; x < to; x++, at++)
      if ((drawn[at] as number) > 0)
        added[at] = (added[at] as number) + (drawn[at] as number) * (own[x] as number) * stands;
  }
}

interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly half: number;
  readonly strength: number;
}

function toPixels(
  { x, y, widthMm, strength }: StrokePoint,
  box: Box,
  width: number,
  height: number,
  pixelsPerMm: number,
  blurPixels: number,
): Pixel {
  const half = (widthMm * pixelsPerMm) / 2;
  const drawn = Math.max(LEAST_HALF_PIXELS, Math.hypot(half, HALF_OF_BLUR * blurPixels));
  return {
    x: (x / CHEST_GRID) * width - box.x - 0.5,
    y: (y / CHEST_GRID) * height - box.y - 0.5,
    half: drawn,
    strength: (strength * half) / drawn,
  };
}

function segment(out: Float32Array, { width, height }: Box, a: Pixel, b: Pixel): void {
  const reach = 1.5 * Math.max(a.half, b.half) + 1;
  const [x0, x1] = [
    Math.max(0, Math.floor(Math.min(a.x, b.x) - reach)),
    Math.min(width - 1, Math.ceil(Math.max(a.x, b.x) + reach)),
  ];
  const [y0, y1] = [
    Math.max(0, Math.floor(Math.min(a.y, b.y) - reach)),
    Math.min(height - 1, Math.ceil(Math.max(a.y, b.y) + reach)),
  ];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length2 = Math.max(1e-9, dx * dx + dy * dy);
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length2));
      const aside = x - a.x - t * dx;
      const along = y - a.y - t * dy;
      const half = a.half + t * (b.half - a.half);
      // Most places are far off, which squares tell without a root; the root decides for the rest.
      if (aside * aside + along * along > FAR * half * half) continue;
      const distance = Math.hypot(aside, along);
      if (distance > 1.5 * half) continue;
      const value = (a.strength + t * (b.strength - a.strength)) * smoothstep(1.5 * half, 0, distance);
      const at = y * width + x;
      if (value > (out[at] as number)) out[at] = value;
    }
  }
}

/** A curve of `lengthMm` from a point at an angle (0 points to the image's right, a quarter turn down), bent evenly over its length. */
export function curve(
  chest: Chest,
  from: ChestPoint,
  angle: number,
  lengthMm: number,
  bend: number,
  at: (along: number) => { readonly widthMm: number; readonly strength: number },
  steps = 8,
): Stroke {
  const step = lengthMm / steps / chest.millimetresPerRow;
  const points: StrokePoint[] = [];
  let { x, y } = from;
  for (let index = 0; index <= steps; index++) {
    points.push({ x, y, ...at(index / steps) });
    const heading = angle + bend * (index / steps - 0.5);
    x += (Math.cos(heading) * step) / chest.aspect;
    y += Math.sin(heading) * step;
  }
  return points;
}
