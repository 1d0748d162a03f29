/**
 * Bounds on guidance: an erased lung gets no darker than a clear one would be, an opacity no whiter than one would be (the twin
 * of training's bounds.py).
 *
 * Guidance multiplies the asked difference, and where the model already answers fully that overshoots: black holes, white
 * rims, swirls. What is bounded is the mean grey of a latent cell, which is nearly linear in its channels.
 */

import { GRID } from '../findings/regions';
import { LATENT_CHANNELS, type Denoiser, type ImageGrid, type Latent } from '../networks/typed';
import { generateInside, guidedVelocities, type World } from './guidance';

/** Pixels of the 256 grid a cell is wide. */
const CELL = 8;
/** Added to the normal equations' diagonal, relative to the number of cells. */
const RIDGE = 1e-3;
/** Cells by which the window of the smoothed grey reaches out. */
const REACH = 2;
/** Times at which the expected latent is asked, one noise each: near noise, where the answer is a mean over what could be. */
export const EXPECTED_AT = [0.98, 0.98, 0.9, 0.9] as const;

/** Grey of a cell as a linear function of its latent: a weight a channel, then the bias. */
export type Grey = Float64Array;

export interface Bounds {
  readonly grey: Grey;
  /** Lowest and highest grey of each cell, in units of [-1, 1]. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** In units of [-1, 1]. */
export interface Margins {
  /** Past the expected grey, the way that is asked. */
  readonly overshoot: number;
  /** From the source's grey, the wrong way. */
  readonly undershoot: number;
}

/**
 * Opacity that is lowered darkens, what is raised is never held below what it was.
 * @param there grey that is expected of each cell
 * @param now the source's
 */
export function boundsAround(
  grey: Grey,
  there: Float32Array,
  now: Float32Array,
  lowered: boolean,
  { overshoot, undershoot }: Margins,
): Bounds {
  return lowered
    ? { grey, low: there.map((value) => value - overshoot), high: now.map((value) => value + undershoot) }
    : {
        grey,
        low: now.map((value) => value - undershoot),
        high: there.map((value, cell) => Math.max(value, now[cell] ?? 0) + overshoot),
      };
}

/**
 * Least squares of the cells' mean grey on their latents.
 * @param image [8 height x 8 width] in [-1, 1]
 * @param width of the latent grid
 */
export function fitGrey(latent: Latent, image: ImageGrid, width = GRID): Grey {
  const cells = latent.length / LATENT_CHANNELS;
  const size = LATENT_CHANNELS + 1;
  const normal = Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size + 1 }, (__, column) => (row === column ? RIDGE * cells : 0)),
  );
  /** The latent of a cell, 1 for the bias, and its grey. */
  const seen = new Float64Array(size + 1);
  seen[LATENT_CHANNELS] = 1;
  for (let cell = 0; cell < cells; cell++) {
    seen.set(latent.subarray(cell * LATENT_CHANNELS, (cell + 1) * LATENT_CHANNELS));
    seen[size] = meanGrey(image, cell, width);
    for (let row = 0; row < size; row++) {
      const [equation, own] = [normal[row] as Float64Array, seen[row] as number];
      for (let column = 0; column <= size; column++)
        equation[column] = (equation[column] as number) + own * (seen[column] as number);
    }
  }
  return solved(normal);
}

function meanGrey(image: ImageGrid, cell: number, width: number): number {
  const left = (cell % width) * CELL;
  const top = Math.floor(cell / width) * CELL;
  let sum = 0;
  for (let y = top; y < top + CELL; y++) {
    for (let x = left; x < left + CELL; x++) sum += image[y * width * CELL + x] ?? 0;
  }
  return sum / CELL ** 2;
}

/** Gauss-Jordan elimination; the ridge keeps every pivot positive. */
function solved(equations: readonly Float64Array[]): Float64Array {
  for (const [at, pivot] of equations.entries()) {
    const scale = pivot[at] ?? 1;
    pivot.forEach((value, column) => (pivot[column] = value / scale));
    for (const [row, equation] of equations.entries()) {
      if (row === at) continue;
      const factor = equation[at] ?? 0;
      equation.forEach((value, column) => (equation[column] = value - factor * (pivot[column] ?? 0)));
    }
  }
  return Float64Array.from(equations, (equation) => equation.at(-1) ?? 0);
}

/** Grey of every cell. */
export function greyOf(grey: Grey, latent: Latent): Float32Array<ArrayBuffer> {
  const greys = new Float32Array(latent.length / LATENT_CHANNELS);
  for (let cell = 0, at = 0; cell < greys.length; cell++) {
    let sum = grey[LATENT_CHANNELS] as number;
    for (let channel = 0; channel < LATENT_CHANNELS; channel++, at++)
      sum += (grey[channel] as number) * (latent[at] as number);
    greys[cell] = sum;
  }
  return greys;
}

/** Mean over the cells of the mask in a window of five cells round each cell; 0 where there are none. */
export function smoothed(map: Float32Array, mask: Float32Array, width = GRID): Float32Array<ArrayBuffer> {
  const height = map.length / width;
  return Float32Array.from(map, (_, cell) => {
    const x = cell % width;
    const y = Math.floor(cell / width);
    let sum = 0;
    let weight = 0;
    for (let row = Math.max(0, y - REACH); row <= Math.min(height - 1, y + REACH); row++) {
      for (let column = Math.max(0, x - REACH); column <= Math.min(width - 1, x + REACH); column++) {
        const share = mask[row * width + column] ?? 0;
        sum += share * (map[row * width + column] ?? 0);
        weight += share;
      }
    }
    return weight === 0 ? 0 : sum / weight;
  });
}

/** `guided` drawn back toward `told` in the cells that leave the bounds. What the model says without guidance is always allowed. */
export function held({ grey, low, high }: Bounds, told: Latent, guided: Latent): Latent {
  const plain = greyOf(grey, told);
  const pushed = greyOf(grey, guided);
  const shares = pushed.map((value, cell) => {
    const own = plain[cell] ?? 0;
    const wanted = Math.min(Math.max(value, Math.min(low[cell] ?? 0, own)), Math.max(high[cell] ?? 0, own));
    return wanted === value ? 1 : (wanted - own) / (value - own);
  });
  const kept = new Float32Array(guided.length);
  for (let cell = 0, at = 0; cell < shares.length; cell++) {
    const share = shares[cell] as number;
    for (const end = at + LATENT_CHANNELS; at < end; at++) {
      const from = told[at] as number;
      kept[at] = from + share * ((guided[at] as number) - from);
    }
  }
  return kept;
}

/** The mean latent that the model expects inside the mask of a world, given the latent outside it. @throws EngineError */
export async function expectedLatent(
  denoiser: Denoiser,
  latent: Latent,
  mask: Float32Array,
  world: World,
  noise: (ask: number) => Float32Array,
  signal?: AbortSignal,
): Promise<Latent> {
  const inside = { ...world, inpaint: generateInside(mask, latent) };
  const total = new Float32Array(latent.length);
  for (const [ask, time] of EXPECTED_AT.entries()) {
    const fresh = noise(ask);
    const mixed = mixedIn(latent, fresh, mask, time);
    const [velocity] = await guidedVelocities(denoiser, time, [{ latent: mixed, world: inside, guidance: 1 }], signal);
    if (velocity !== undefined) addClean(total, mixed, velocity, time);
  }
  return total;
}

/** Noise inside the mask, and the latent on its way to it outside. */
function mixedIn(latent: Latent, noise: Float32Array, mask: Float32Array, time: number): Latent {
  const mixed = new Float32Array(latent.length);
  for (let cell = 0, at = 0; at < mixed.length; cell++) {
    const share = mask[cell] as number;
    for (const end = at + LATENT_CHANNELS; at < end; at++) {
      const random = noise[at] as number;
      mixed[at] = share * random + (1 - share) * ((1 - time) * (latent[at] as number) + time * random);
    }
  }
  return mixed;
}

/** Adds one answer's part of the mean. */
function addClean(total: Latent, latent: Latent, velocity: Float32Array, time: number): void {
  for (let at = 0; at < total.length; at++)
    total[at] = (total[at] as number) + ((latent[at] as number) - time * (velocity[at] as number)) / EXPECTED_AT.length;
}
