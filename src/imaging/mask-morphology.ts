/**
 * Masks made larger, smaller, smoother or whole. All but `smoothMask` are exact for Euclidean discs (distances between pixel
 * centres); all take values of 128 and more as inside and give hard masks. Every function returns a new mask.
 */

import { maskBounds } from './mask';
import { fillRuns, INSIDE, regionsOf, rowRuns, type RowRuns } from './mask-runs';
import type { Mask } from './radiograph';

/** Everything within `radius` pixels of the mask (dilation by a disc). */
export function growMask(mask: Mask, radius: number): Mask {
  return within(rowRuns(mask), radius, 255);
}

/** What is farther than `radius` pixels from everything outside (erosion by a disc). The image's edge does not eat into a mask. */
export function shrinkMask(mask: Mask, radius: number): Mask {
  return within(rowRuns(mask, false), radius, 0);
}

/**
 * `value` within the radius of the runs and its opposite elsewhere. Each row adds, for every row in reach, its runs widened by
 * the disc's half-width there, as +1 and -1 at their ends; a running sum is positive inside.
 */
function within(runs: RowRuns, radius: number, value: 0 | 255): Mask {
  const { width, height, rows, starts, ends } = runs;
  const reach = Math.max(0, Math.floor(radius));
  const halfWidths = Array.from({ length: reach + 1 }, (_, dy) =>
    Math.floor(Math.sqrt(Math.max(0, radius * radius - dy * dy))),
  );
  const data = new Uint8Array(width * height).fill(255 - value);
  const steps = new Int32Array(width + 1);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    if (rows[top] === rows[bottom + 1]) continue;
    steps.fill(0);
    for (let from = top; from <= bottom; from++) {
      const half = halfWidths[Math.abs(from - y)] as number;
      for (let run = rows[from] as number; run < (rows[from + 1] as number); run++) {
        const start = Math.max(0, (starts[run] as number) - half);
        const end = Math.min(width, (ends[run] as number) + half);
        steps[start] = (steps[start] as number) + 1;
        steps[end] = (steps[end] as number) - 1;
      }
    }
    let depth = 0;
    for (let x = 0; x < width; x++) {
      depth += steps[x] as number;
      if (depth > 0) data[y * width + x] = value;
    }
  }
  return { width, height, data };
}

/** How much of each pixel is inside, 0 to 1. @returns [height x width] */
export function unitShares({ data }: Mask): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  for (let at = 0; at < out.length; at++) out[at] = (data[at] as number) / 255;
  return out;
}

/** Without its holes: what is outside but walled in (not even by a corner connected with the image's edge) becomes inside. */
export function fillHoles(mask: Mask): Mask {
  const outside = rowRuns(mask, false);
  const { regionOf, atEdge } = regionsOf(outside, false);
  const data = hard(mask);
  fillRuns(data, outside, 255, (run) => !(atEdge[regionOf[run] as number] as boolean));
  return { ...mask, data };
}

/** Only the largest of its connected regions (corners connect); of equals the first from the top. */
export function largestRegion(mask: Mask): Mask {
  const runs = rowRuns(mask);
  const { regionOf, areas } = regionsOf(runs, true);
  const largest = areas.indexOf(areas.reduce((most, area) => Math.max(most, area), 0));
  const data = new Uint8Array(mask.data.length);
  fillRuns(data, runs, 255, (run) => regionOf[run] === largest);
  return { ...mask, data };
}

/**
 * A calmer outline: the hard mask blurred (three box filters, close to a Gaussian of standard deviation radius / 2) and cut at
 * one half again. Straight edges stay; bumps and gaps narrower than the radius go.
 */
export function smoothMask(mask: Mask, radius: number): Mask {
  const side = Math.max(1, Math.round(radius / 2));
  const data = new Uint8Array(mask.data.length);
  const box = around(mask, 3 * side + 1);
  if (!box) return { ...mask, data };
  let values = hard(cut(mask, box));
  for (let pass = 0; pass < 3; pass++)
    values = blurRows(blurRows(values, box.width, box.height, side), box.height, box.width, side);
  for (let y = 0; y < box.height; y++) {
    const row = values.subarray(y * box.width, (y + 1) * box.width);
    data.set(
      row.map((value) => (value >= INSIDE ? 255 : 0)),
      (box.y + y) * mask.width + box.x,
    );
  }
  return { ...mask, data };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The mask's bounds widened by `margin`, inside the image. */
function around(mask: Mask, margin: number): Box | undefined {
  const bounds = maskBounds(mask);
  if (!bounds) return undefined;
  const x = Math.max(0, bounds.x - margin);
  const y = Math.max(0, bounds.y - margin);
  const right = Math.min(mask.width, bounds.x + bounds.width + margin);
  const bottom = Math.min(mask.height, bounds.y + bounds.height + margin);
  return { x, y, width: right - x, height: bottom - y };
}

function cut(mask: Mask, box: Box): Mask {
  const data = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * mask.width + box.x;
    data.set(mask.data.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, data };
}

/** Mean over 2 · reach + 1 pixels of each row, the edge's pixel repeated; the result is transposed, so that two calls blur both ways. */
function blurRows(data: Uint8Array, width: number, height: number, reach: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(data.length);
  const span = 2 * reach + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = (data[row] as number) * (reach + 1);
    for (let x = 1; x <= reach; x++) sum += data[row + Math.min(x, width - 1)] as number;
    for (let x = 0; x < width; x++) {
      out[x * height + y] = Math.round(sum / span);
      sum +=
        (data[row + Math.min(x + reach + 1, width - 1)] as number) - (data[row + Math.max(x - reach, 0)] as number);
    }
  }
  return out;
}

function hard({ data }: Mask): Uint8Array<ArrayBuffer> {
  // A loop, for `from` walks an iterator and asks a function, many times as slowly.
  const out = new Uint8Array(data.length);
  for (let at = 0; at < out.length; at++) if ((data[at] as number) >= INSIDE) out[at] = 255;
  return out;
}
