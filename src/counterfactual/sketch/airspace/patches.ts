/**
 * The irregularity of filled air spaces: patches that grow and flow together as there is more of them, with a fluffy edge and
 * the mottling of acini. One random surface a seed; more severe means a higher water line on the same surface, never elsewhere.
 */

import type { Chest } from '../chest';
import { CHEST_GRID, fieldIn, type Field } from '../field';
import { smoothNoise } from '../noise';

export interface Grain {
  /** Millimetres over which patches, lobules and acini differ. */
  readonly patchMm: number;
  readonly lobuleMm: number;
  readonly acinusMm: number;
  /** What each counts. */
  readonly weights: readonly [number, number, number];
}

/** Acini are 6-10 mm, secondary lobules 10-25 mm wide (Fleischner glossary, Hansell 2008); patches are several lobules. */
export const AIRSPACE: Grain = { patchMm: 30, lobuleMm: 11, acinusMm: 5, weights: [1, 0.6, 0.4] };
/** Haze without acini. */
export const HAZE: Grain = { patchMm: 34, lobuleMm: 14, acinusMm: 6, weights: [1, 0.4, 0.12] };

/** Standard deviations that no place of a surface goes far beyond. */
const MOST = 1.5;
/** Where much is filled patches become denser rather than flow into one even grey: share of the lung that is then still patchy. */
const PATCHY = 0.84;

/** The last surfaces, by what they are made of: a drag asks for the same one again and again. */
const recent = new Map<string, Field>();
const MOST_RECENT = 6;

/** The random surface, unit variance, on CHEST_GRID. */
export function surface(seed: number, stream: number, { millimetresPerRow }: Chest, grain: Grain): Field {
  const key = [seed, stream, millimetresPerRow, grain.patchMm, grain.lobuleMm, grain.acinusMm, ...grain.weights].join(
    ' ',
  );
  const field = recent.get(key) ?? made(seed, stream, millimetresPerRow, grain);
  recent.delete(key);
  recent.set(key, field);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break;
    recent.delete(oldest);
  }
  return field;
}

function made(
  seed: number,
  stream: number,
  millimetresPerRow: number,
  { patchMm, lobuleMm, acinusMm, weights }: Grain,
): Field {
  const image = CHEST_GRID * millimetresPerRow;
  const whole = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const layers = [patchMm, lobuleMm, acinusMm].map((mm, at) =>
    fieldIn(smoothNoise(seed, stream + at, Math.max(0.0125, mm / image)), whole, CHEST_GRID, CHEST_GRID),
  );
  const norm = 1 / Math.hypot(...weights);
  const data = new Float32Array(CHEST_GRID * CHEST_GRID);
  layers.forEach((layer, at) =>
    layer.forEach((value, cell) => (data[cell] = (data[cell] as number) + value * norm * weights[at as 0 | 1 | 2])),
  );
  // A place that hardly fills would stay behind as a round hole, like a cavity.
  return { width: CHEST_GRID, height: CHEST_GRID, data: data.map((value) => MOST * Math.tanh(value / MOST)) };
}

export interface Filling {
  /** How dense the densest patch may be. */
  readonly densest: number;
  /** Softness of a patch's edge, in units of the surface: 0.3 is patchy, 1 nearly even. */
  readonly softness: number;
  /** How much less there is at the far side of the place, where there is little; absent: as much as of what lies anywhere. */
  readonly lean?: number;
}

/** How much of the air is replaced at each cell so that its mean over `weight` is `amount`. */
export function filled(
  amount: number,
  weight: Float32Array,
  relief: Field,
  { densest, softness }: Filling,
): Float32Array {
  const strength = Math.max(densest * (0.35 + 0.65 * Math.min(1, amount / densest)), Math.min(1, amount / PATCHY));
  const wanted = Math.min(0.985, amount / strength);
  let [low, high] = [-8, 8];
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (meanOf(weight, relief.data, middle, softness) < wanted) low = middle;
    else high = middle;
  }
  return weight.map((own, cell) =>
    own === 0 ? 0 : own * strength * sigmoid(((relief.data[cell] as number) + high) / softness),
  );
}

function meanOf(weight: Float32Array, relief: Float32Array, level: number, softness: number): number {
  let [sum, all] = [0, 0];
  for (let cell = 0; cell < weight.length; cell += 3) {
    const own = weight[cell] as number;
    if (own === 0) continue;
    all += own;
    sum += own * sigmoid(((relief[cell] as number) + level) / softness);
  }
  return all === 0 ? 0 : sum / all;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
