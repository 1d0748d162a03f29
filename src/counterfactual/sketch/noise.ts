/** Smooth random fields of a seed: the irregularity of what is drawn. */

import { gaussianNoise, philox } from '../random';
import { blurredValues, type Field } from './field';

/** Streams of a seed that sketches draw from, apart from those of the sampler. */
const STREAM = 0x5ce7;

/** The last fields, by what they are made of: a drag asks for the same ones again and again. */
const recent = new Map<string, Field>();
const MOST_RECENT = 12;

/**
 * A field of zero mean and unit variance whose correlation falls off over `sigma` of the image's side.
 * @param sigma as a share of the image (0.01 is fine grain, 0.1 broad patches) @param index tells several fields of one seed apart
 * @param size cells a side, fewer where it must be quick
 */
export function smoothNoise(
  seed: number,
  index: number,
  sigma: number,
  size = sigma > 0.03 ? 128 : sigma > 0.012 ? 256 : 512,
): Field {
  const key = [seed, index, sigma, size].join(' ');
  const field = recent.get(key) ?? made(seed, index, sigma, size);
  recent.delete(key);
  recent.set(key, field);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break;
    recent.delete(oldest);
  }
  return field;
}

function made(seed: number, index: number, sigma: number, size: number): Field {
  const data = blurredValues(gaussianNoise(seed, index, 0, size * size, STREAM), size, size, sigma * size);
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / data.length;
  const scale = 1 / Math.sqrt(Math.max(squares / data.length - mean * mean, 1e-20));
  for (let i = 0; i < data.length; i++) data[i] = ((data[i] as number) - mean) * scale;
  return { width: size, height: size, data };
}

/** `count` numbers in [0, 1) of a seed. */
export function uniforms(seed: number, index: number, count: number): readonly number[] {
  const key = [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0] as const;
  return Array.from(
    { length: count },
    (_, at) => philox([at >>> 2, index, 1, STREAM], key)[(at & 3) as 0 | 1 | 2 | 3] / 0x100000000,
  );
}
