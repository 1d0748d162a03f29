/**
 * A sketch brought in tune with the film it lies in: its latent is noised to a time t and denoised again under the statement
 * that the edit asks for, inside the sketch's mask (SDEdit, arXiv 2108.01073); outside it follows its own noisy path.
 */

import { withFocus, type RegionMaps } from '../../findings/regions';
import { encodeTokens, type TokenRows } from '../../findings/tokens';
import { MAX_SEVERITY, type Severity } from '../../findings/vocabulary';
import { LATENT_LENGTH, type Denoiser, type Latent } from '../../networks/typed';
import { throwIfCancelled } from '../errors';
import { generateEverything, guidedVelocities, type World } from '../guidance';
import { smoothstep } from './field';
import { keepOutside } from '../latentMask';
import { gaussianNoise } from '../random';
import { sampleTimes } from '../schedule';
import type { SamplerHooks } from '../twinFlow';

/** Chosen with the times of the sketchers, by eye and by the second reader (docs/sketches.md). */
export const HARMONISING = { steps: 8, guidance: 3 } as const;

/** Where something was drawn away: told less strongly, for clear lung needs no exaggeration (docs/decisions/182). */
export const HARMONISING_AWAY = { ...HARMONISING, guidance: 1.5 } as const;

/** Blur of what harmonising adds, in pixels of 256, where its texture is not kept. */
export const TEXTURE_BLUR = 1.2;

const KEPT_WHERE_FULL = 0.4;

/**
 * Share in [0, 1] of the texture finer than that which is kept. Where lung is full few air spaces are left to see: what the
 * denoiser makes of them there is broken glass (docs/decisions/217).
 * @param severity of what comes, at its worst
 */
export function textureKept(severity: Severity): number {
  return 1 - (1 - KEPT_WHERE_FULL) * smoothstep(2, MAX_SEVERITY, severity);
}
/** Time from which a donor's pathology is harmonised (docs/decisions/169). */
export const PATHOLOGY_FROM = 0.45;

/** Stream of the seed's noise, apart from those of the samplers and of the sketches' shapes. */
const STREAM = 0x4a12;

export interface Harmonising {
  /** z = E(sketch). */
  readonly latent: Latent;
  /** [32 x 32], 1 where the latent may change. */
  readonly cells: Float32Array;
  /** What shall be seen. */
  readonly target: TokenRows;
  readonly regions: RegionMaps;
  readonly context: Float32Array;
  /** (0, 1]: the time to start from. */
  readonly from: number;
  readonly steps: number;
  readonly guidance: number;
  readonly seed: number;
  /** Which of the drawings of one edit this is: each has noise of its own. */
  readonly index: number;
}

/** e after the last step; z where the cells are 0. @throws CancelledError */
export async function harmonised(denoiser: Denoiser, sketch: Harmonising, hooks: SamplerHooks = {}): Promise<Latent> {
  const { latent, cells, from, steps, guidance } = sketch;
  const world: World = {
    tokens: encodeTokens(sketch.target),
    regions: withFocus(sketch.regions, cells),
    inpaint: generateEverything(),
    context: sketch.context,
  };
  const noise = gaussianNoise(sketch.seed, 0, sketch.index, LATENT_LENGTH, STREAM);
  const onPath = (time: number): Latent =>
    latent.map((value, index) => (1 - time) * value + time * (noise[index] as number));
  const times = sampleTimes(steps, from);
  let e = onPath(from);
  for (let step = 0; step < steps; step++) {
    throwIfCancelled(hooks.signal);
    const [time, next] = [times[step] as number, times[step + 1] as number];
    const current = keepOutside(e, onPath(time), cells);
    const [velocity] = await guidedVelocities(denoiser, time, [{ latent: current, world, guidance }], hooks.signal);
    const moved = (dt: number): Latent => current.map((value, index) => value + dt * (velocity?.[index] ?? 0));
    e = moved(next - time);
    throwIfCancelled(hooks.signal);
    await hooks.onStep?.({ step: step + 1, steps, latent: e, estimate: keepOutside(moved(-time), latent, cells) });
  }
  return keepOutside(e, latent, cells);
}
