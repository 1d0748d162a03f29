/** Pieces of an image on the networks' grid, so that only what is asked about is computed. Pure. */

import { kernels } from '../../imaging/kernels/current';

/** Row by row. */
export interface Patch {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box that holds all of a map above 0 and `margin` round it; undefined: nothing is above 0. */
export function boxOf({ width, height, data }: Patch, margin: number): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) <= 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < 0) return undefined;
  [left, top] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  return {
    x: left,
    y: top,
    width: Math.min(width, right + 1 + margin) - left,
    height: Math.min(height, bottom + 1 + margin) - top,
  };
}

export function cut({ width, data }: Patch, box: Box): Patch {
  const out = new Float32Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    out.set(data.subarray(from, from + box.width), row * box.width);
  }
  return { width: box.width, height: box.height, data: out };
}

/** Separable Gaussian of true weights, as fine bands need; beyond the edge lies what lies at the edge. @param own null: without kernels */
export function gaussian({ width, height, data }: Patch, sigma: number, own = kernels()): Float32Array {
  const reach = Math.ceil(2.6 * sigma);
  const weights = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + 2 * weight, -1);
  for (let k = 0; k <= reach; k++) weights[k] = (weights[k] as number) / total;
  if (own?.hasRoomForPatch(width, height, weights.length) === true) return own.blur(data, width, height, weights);
  const across = new Float32Array(data.length);
  const line = new Float64Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let i = 0; i < line.length; i++) line[i] = data[row + Math.min(width - 1, Math.max(0, i - reach))] as number;
    for (let x = 0; x < width; x++) {
      let sum = (weights[0] as number) * (line[x + reach] as number);
      for (let k = 1; k <= reach; k++)
        sum += (weights[k] as number) * ((line[x + reach - k] as number) + (line[x + reach + k] as number));
      across[row + x] = sum;
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let k = -reach; k <= reach; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * width;
      const weight = weights[Math.abs(k)] as number;
      for (let x = 0; x < width; x++)
        out[y * width + x] = (out[y * width + x] as number) + weight * (across[from + x] as number);
    }
  return out;
}

/** Central differences; 0 along the edge of the image. */
export function slopes({ width, height, data }: Patch): { readonly dx: Float32Array; readonly dy: Float32Array } {
  const [dx, dy] = [new Float32Array(data.length), new Float32Array(data.length)];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      dx[i] = ((data[i + 1] as number) - (data[i - 1] as number)) / 2;
      dy[i] = ((data[i + width] as number) - (data[i - width] as number)) / 2;
    }
  return { dx, dy };
}
