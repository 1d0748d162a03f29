/** Classifier-free guidance, all branches of a step in one call of the denoiser. */

import type { RegionMaps } from '../findings/regions';
import { TOKENS_LENGTH } from '../findings/tokens';
import {
  INPAINT_CHANNELS,
  LATENT_CHANNELS,
  LATENT_LENGTH,
  type Denoiser,
  type DenoiserInput,
  type Latent,
} from '../networks/typed';

/** What a velocity depends on beside time and latent. */
export interface World {
  /** [10 x 32]. */
  readonly tokens: Float32Array;
  readonly regions: RegionMaps;
  /** [32 x 32 x 9]. */
  readonly inpaint: Float32Array;
  /** [8]. */
  readonly context: Float32Array;
}

export interface Branch {
  readonly latent: Latent;
  readonly world: World;
  /** w of v = v(away) + w (v(statement) - v(away)); at 1 the second statement is not run. */
  readonly guidance: number;
  /** Tokens [10 x 32] of the statement to move away from; the empty one when absent. */
  readonly away?: Float32Array;
  /** Draws the clean latent that the guided velocity points at, z - t v, back to where it may be. */
  readonly hold?: ((told: Latent, guided: Latent) => Latent) | undefined;
}

const UNCONDITIONAL = new Float32Array(TOKENS_LENGTH);

/** Guided velocity of every branch at one time; a guided branch takes two rows of the batch, a plain one takes one. */
export async function guidedVelocities(
  denoiser: Denoiser,
  time: number,
  branches: readonly Branch[],
  signal?: AbortSignal,
): Promise<readonly Float32Array[]> {
  const rows: DenoiserInput[] = [];
  for (const { latent, world, guidance, away = UNCONDITIONAL } of branches) {
    rows.push({ latent, time, ...world });
    if (guidance !== 1) rows.push({ latent, time, ...world, tokens: away });
  }
  const velocities = [...(await denoiser.velocities(rows, signal))];
  return branches.map(({ latent, guidance, hold }) => {
    const told = take(velocities);
    if (guidance === 1) return told;
    const pushed = guided(told, take(velocities), guidance);
    if (hold === undefined) return pushed;
    const kept = hold(cleanOf(latent, told, time), cleanOf(latent, pushed, time));
    return toward(kept, latent, time);
  });
}

/** The velocity that points from z at the clean latent. */
function toward(clean: Latent, latent: Latent, time: number): Float32Array {
  const velocity = new Float32Array(latent.length);
  for (let i = 0; i < velocity.length; i++) velocity[i] = ((latent[i] as number) - (clean[i] as number)) / time;
  return velocity;
}

function take(velocities: Float32Array[]): Float32Array {
  return velocities.shift() ?? new Float32Array(LATENT_LENGTH);
}

function guided(told: Float32Array, untold: Float32Array, guidance: number): Float32Array {
  const pushed = new Float32Array(told.length);
  for (let i = 0; i < pushed.length; i++) {
    const away = untold[i] as number;
    pushed[i] = away + guidance * ((told[i] as number) - away);
  }
  return pushed;
}

/** z - t v. */
function cleanOf(latent: Latent, velocity: Float32Array, time: number): Latent {
  const clean = new Float32Array(latent.length);
  for (let i = 0; i < clean.length; i++) clean[i] = (latent[i] as number) - time * (velocity[i] as number);
  return clean;
}

/** Everything is to be generated and nothing is known: what the twin flow gives the denoiser. */
export function generateEverything(): Float32Array {
  const inpaint = new Float32Array(LATENT_LENGTH + LATENT_LENGTH / LATENT_CHANNELS);
  for (let at = 0; at < inpaint.length; at += INPAINT_CHANNELS) inpaint[at] = 1;
  return inpaint;
}

/** The mask [32 x 32] and the clean latent outside it. */
export function generateInside(mask: Float32Array, latent: Latent): Float32Array {
  const inpaint = new Float32Array(mask.length * INPAINT_CHANNELS);
  for (let cell = 0; cell < mask.length; cell++) {
    const inside = mask[cell] ?? 0;
    inpaint[cell * INPAINT_CHANNELS] = inside;
    for (let channel = 0; channel < LATENT_CHANNELS; channel++) {
      inpaint[cell * INPAINT_CHANNELS + 1 + channel] = (latent[cell * LATENT_CHANNELS + channel] ?? 0) * (1 - inside);
    }
  }
  return inpaint;
}
