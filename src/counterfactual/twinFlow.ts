/**
 * Twin flow (FlowEdit, arXiv 2412.08629): two worlds share their noise.
 *
 *   z_t  = (1 - t) z + t n                        the factual path, n ~ N(0, I) drawn anew each step from the seed
 *   z*_t = z_t + (e - z)                          the counterfactual path; e starts at z
 *   de   = [v(z*_t, t | p*) - v(z_t, t | p)] dt   from maxTime down to 0
 *
 * The target is guided away from what is seen, v*(z*) = v(z* | p) + w [v(z* | p*) - v(z* | p)], so that guidance multiplies
 * just the asked difference (docs/evaluation.md compares it with guidance away from the empty statement).
 * Bounds, where there are some, hold how dark and how bright guidance may make a cell (bounds.ts).
 * After every step e = z outside the mask. p* = p leaves e = z exactly: there is no inversion to err.
 */

import type { Denoiser, Latent } from '../networks/typed';
import { held, type Bounds } from './bounds';
import { throwIfCancelled } from './errors';
import { guidedVelocities, type World } from './guidance';
import { keepOutside } from './latentMask';

export interface SampledStep {
  /** 1 to `steps`. */
  readonly step: number;
  readonly steps: number;
  /** e: where the integration stands. */
  readonly latent: Latent;
  /** Where the straight path from here would end: shows the change long before e arrives. */
  readonly estimate: Latent;
}

export interface SamplerHooks {
  readonly signal?: AbortSignal | undefined;
  /** Awaited: the next step starts when it is done. */
  readonly onStep?: (step: SampledStep) => Promise<void> | void;
}

export interface TwinFlow {
  /** z. */
  readonly latent: Latent;
  /** [32 x 32], 1 where the latent may change. */
  readonly mask: Float32Array;
  readonly source: World;
  readonly target: World;
  /** Guidance of the counterfactual world. */
  readonly guidance: number;
  readonly times: readonly number[];
  /** Noises averaged a step. */
  readonly averages: number;
  readonly noise: (step: number, draw: number) => Float32Array;
  readonly bounds?: Bounds | undefined;
}

/** e after the last step. @throws CancelledError */
export async function twinFlow(denoiser: Denoiser, flow: TwinFlow, hooks: SamplerHooks = {}): Promise<Latent> {
  const { latent, mask, source, target, guidance, times, averages, bounds } = flow;
  const hold = bounds && ((told: Latent, guided: Latent) => held(bounds, told, guided));
  const steps = times.length - 1;
  let e: Latent = latent.slice();
  for (let step = 0; step < steps; step++) {
    const time = times[step] ?? 0;
    const next = times[step + 1] ?? 0;
    const change = new Float32Array(latent.length);
    for (let draw = 0; draw < averages; draw++) {
      throwIfCancelled(hooks.signal);
      const noise = flow.noise(step, draw);
      const [factual, other] = paths(latent, e, noise, time);
      const [asked, seen] = await guidedVelocities(
        denoiser,
        time,
        [
          { latent: other, world: target, guidance, away: source.tokens, hold },
          { latent: factual, world: source, guidance: 1 },
        ],
        hooks.signal,
      );
      if (asked !== undefined && seen !== undefined) addShare(change, asked, seen, averages);
    }
    e = keepOutside(moved(e, next - time, change), latent, mask);
    throwIfCancelled(hooks.signal);
    await hooks.onStep?.({
      step: step + 1,
      steps,
      latent: e,
      estimate: keepOutside(moved(e, -next, change), latent, mask),
    });
  }
  return e;
}

// Loops are functions of their own: inside one that waits for others they are slow.

/** z_t and z*_t. */
function paths(latent: Latent, e: Latent, noise: Float32Array, time: number): readonly [Latent, Latent] {
  const [factual, other] = [new Float32Array(latent.length), new Float32Array(latent.length)];
  for (let index = 0; index < latent.length; index++) {
    const own = latent[index] as number;
    factual[index] = (1 - time) * own + time * (noise[index] as number);
    other[index] = (factual[index] as number) + ((e[index] as number) - own);
  }
  return [factual, other];
}

/** Adds one draw's part of the mean difference of both velocities. */
function addShare(change: Float32Array, asked: Float32Array, seen: Float32Array, averages: number): void {
  for (let index = 0; index < change.length; index++)
    change[index] = (change[index] as number) + ((asked[index] as number) - (seen[index] as number)) / averages;
}

function moved(from: Latent, dt: number, velocity: Float32Array): Latent {
  const to = new Float32Array(from.length);
  for (let index = 0; index < to.length; index++)
    to[index] = (from[index] as number) + dt * (velocity[index] as number);
  return to;
}
