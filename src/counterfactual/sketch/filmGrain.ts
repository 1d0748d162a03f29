/**
 * A film's grain lies on everything that it shows: quantum noise and processing know nothing of fluid or tissue. What is drawn
 * denser hides vessels, and with them their part of the grain, so that it looks poured on. Here the film's own grain is given
 * back where a drawing took of it, up to what its heart shows, which has no fine structure of its own.
 */

import type { Chest } from './chest';
import type { DensityImage } from './density';
import { fieldAt, smoothstep, type Box } from './field';
import { keptByPair } from './kept';
import type { Sketch } from './sketch';

/** What is finer than a film's side over so many, on either side of a pixel, is grain; never less or more than so many pixels. */
const FINE_PARTS = 500;
const FINE = [2, 6] as const;
/** Its strength is measured over so many times as much. */
const NEAR = 3;
/** What stands out further than so many times the grain is no grain, but the edge of something. */
const MOST = 2.5;
/** Less than half a grey level of 8 bits cannot be seen. */
const LEAST = 1 / 512;
/** Where so much of its variance is left, nothing is given: a film's grain is not the same everywhere. */
const ENOUGH = 0.85;
const HEART = 0.75;
/** From the median of magnitudes to the standard deviation of a normal distribution. */
const NORMAL = 1 / 0.6745;
/** Pixels of the heart that are looked at. */
const SAMPLES = 20_000;

/**
 * The sketch with the film's own grain wherever it adds density and took of it: never more than was there, nor than the heart
 * shows. The very sketch on a film without grain to see.
 */
export function withFilmGrain(image: DensityImage, chest: Chest, sketch: Sketch): Sketch {
  const strength = grainOf(image, chest);
  if (strength < LEAST) return sketch;
  const { box, change, mask } = sketch;
  const { width, height } = box;
  const fine = finenessOf(image);
  const mean = (values: Float32Array, reach: number): Float32Array => runningMean(values, width, height, reach);
  const film = filmIn(image, box);
  const drawn = film.map((value, at) => value + (change[at] as number));
  const [broad, broadDrawn] = [mean(film, fine), mean(drawn, fine)];
  const detail = (values: Float32Array, of: Float32Array): Float32Array =>
    values.map((value, at) => clamped(value - (of[at] as number), MOST * strength));
  const own = detail(film, broad);
  const there = mean(squares(detail(drawn, broadDrawn)), NEAR * fine);
  const before = mean(squares(own), NEAR * fine);
  const whole = strength ** 2;
  const given = change.map((added, at) => {
    const had = before[at] as number;
    if ((mask[at] as number) === 0 || had === 0) return added;
    const most = Math.min(had, whole);
    const missing = Math.max(0, 1 - Math.sqrt((there[at] as number) / (ENOUGH * most)));
    const denser = (broadDrawn[at] as number) - (broad[at] as number);
    const where = ((mask[at] as number) / 255) * smoothstep(0, 4 * LEAST, denser);
    return added + where * missing * Math.sqrt(most / had) * (own[at] as number);
  });
  return { ...sketch, change: given };
}

/** Standard deviation of the film's grain over the heart. */
export const grainOf = keptByPair((image: DensityImage, chest: Chest): number => {
  const { width, height } = image;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / SAMPLES / 8)));
  const isHeart = (x: number, y: number): boolean =>
    fieldAt(chest.heart.share, (x + 0.5) / width, (y + 0.5) / height) >= HEART;
  return grainIn(image, { x: 0, y: 0, width, height }, step, isHeart);
});

/** The same of a part of the film, looked at every `step` pixels. */
export function grainIn(
  image: DensityImage,
  box: Box,
  step: number,
  isCounted: (x: number, y: number) => boolean = () => true,
): number {
  const { width, height, values } = image;
  const fine = finenessOf(image);
  const sizes: number[] = [];
  for (let y = Math.max(fine, box.y); y < Math.min(height - fine, box.y + box.height); y += step) {
    for (let x = Math.max(fine, box.x); x < Math.min(width - fine, box.x + box.width); x += step) {
      if (!isCounted(x, y)) continue;
      let sum = 0;
      for (let j = -fine; j <= fine; j++) {
        for (let i = -fine; i <= fine; i++) sum += values[(y + j) * width + x + i] as number;
      }
      sizes.push(Math.abs((values[y * width + x] as number) - sum / (2 * fine + 1) ** 2));
    }
  }
  if (sizes.length === 0) return 0;
  return NORMAL * (sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 2)] as number);
}

function filmIn({ values, width }: DensityImage, box: Box): Float32Array {
  const out = new Float32Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    out.set(values.subarray(from, from + box.width), row * box.width);
  }
  return out;
}

/** Pixels on either side. */
export function finenessOf({ width, height }: DensityImage): number {
  return Math.min(FINE[1], Math.max(FINE[0], Math.round(Math.max(width, height) / FINE_PARTS)));
}

function clamped(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

function squares(values: Float32Array): Float32Array {
  return values.map((value) => value * value);
}

/** Mean over the square of `reach` pixels on every side, as much of it as lies inside. */
export function runningMean(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x++) sum += values[start + x] as number;
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += values[start + x + reach] as number;
      if (x > reach) sum -= values[start + x - reach - 1] as number;
      across[start + x] = sum / (Math.min(x + reach, width - 1) - Math.max(0, x - reach) + 1);
    }
  }
  const out = new Float32Array(values.length);
  const sums = new Float64Array(width);
  const add = (row: number, sign: number): void => {
    for (let x = 0, at = row * width; x < width; x++, at++)
      sums[x] = (sums[x] as number) + sign * (across[at] as number);
  };
  for (let row = 0; row < Math.min(reach, height); row++) add(row, 1);
  for (let row = 0; row < height; row++) {
    if (row + reach < height) add(row + reach, 1);
    if (row > reach) add(row - reach - 1, -1);
    const count = Math.min(row + reach, height - 1) - Math.max(0, row - reach) + 1;
    for (let x = 0, at = row * width; x < width; x++, at++) out[at] = (sums[x] as number) / count;
  }
  return out;
}
