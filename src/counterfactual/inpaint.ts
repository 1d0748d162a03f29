/**
 * Inpainting from noise: inside the mask the latent starts as noise and follows the guided flow; outside it every step
 * starts from the source on its own noisy path, z_t = (1 - t) z + t n, and the end is z. Suits large additions; it
 * forgets what was under the mask, ribs and vessels included.
 */

import type { Denoiser, Latent } from '../networks/typed';
import { throwIfCancelled } from './errors';
import { guidedVelocities, type World } from './guidance';
import { keepOutside } from './latentMask';
import type { SamplerHooks } from './twinFlow';

export interface Inpainting {
  /** z. */
  readonly latent: Latent;
  /** [32 x 32], 1 where the latent is made anew. */
  readonly mask: Float32Array;
  /** Its `inpaint` holds the mask and the known latent (`generateInside`). */
  readonly target: World;
  readonly guidance: number;
  readonly times: readonly number[];
  readonly noise: Float32Array;
}

/** The latent after the last step. @throws CancelledError */
export async function inpaint(
  denoiser: Denoiser,
  { latent, mask, target, guidance, times, noise }: Inpainting,
  hooks: SamplerHooks = {},
): Promise<Latent> {
  const steps = times.length - 1;
  let e: Latent = noise;
  for (let step = 0; step < steps; step++) {
    throwIfCancelled(hooks.signal);
    const time = times[step] ?? 0;
    const dt = (times[step + 1] ?? 0) - time;
    const known = latent.map((value, index) => (1 - time) * value + time * (noise[index] ?? 0));
    const current = keepOutside(e, known, mask);
    const [velocity] = await guidedVelocities(
      denoiser,
      time,
      [{ latent: current, world: target, guidance }],
      hooks.signal,
    );
    e = current.map((value, index) => value + dt * (velocity?.[index] ?? 0));
    throwIfCancelled(hooks.signal);
    // Where the straight path from here would end.
    const clean = current.map((value, index) => value - time * (velocity?.[index] ?? 0));
    await hooks.onStep?.({ step: step + 1, steps, latent: e, estimate: keepOutside(clean, latent, mask) });
  }
  return keepOutside(e, latent, mask);
}
