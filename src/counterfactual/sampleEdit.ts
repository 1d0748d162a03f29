/** From one latent to the other: the sampler of an edit with its two worlds, times and noise. */

import { withFocus } from '../findings/regions';
import { encodeTokens } from '../findings/tokens';
import type { Latent } from '../networks/typed';
import type { ResolvedSampling } from './choose';
import { generateEverything, generateInside, type World } from './guidance';
import { inpaint } from './inpaint';
import type { NoiseSource } from './noise';
import type { Plan } from './plan';
import { sampleTimes } from './schedule';
import type { Networks, Source } from './source';
import { twinFlow, type SamplerHooks } from './twinFlow';

/** e: the latent after the last step. @throws CancelledError, EngineError */
export async function sampleEdit(
  networks: Networks,
  latent: Latent,
  { cells: mask, statements }: Pick<Plan, 'cells' | 'statements'>,
  source: Pick<Source, 'anatomy' | 'context'>,
  sampling: ResolvedSampling,
  noise: NoiseSource,
  hooks: SamplerHooks,
): Promise<Latent> {
  const denoiser = await networks.denoiser();
  const regions = withFocus(source.anatomy.regions, mask);
  const times = sampleTimes(sampling.steps, sampling.maxTime, sampling.shift);
  const { guidance, averages } = sampling;
  const world = (tokens: Float32Array, known: Float32Array): World => ({
    tokens,
    regions,
    inpaint: known,
    context: source.context,
  });
  const target = encodeTokens(statements.target);
  if (sampling.sampler === 'inpaint') {
    const inside = world(target, generateInside(mask, latent));
    return inpaint(denoiser, { latent, mask, target: inside, guidance, times, noise: noise(0, 0) }, hooks);
  }
  const free = generateEverything();
  return twinFlow(
    denoiser,
    {
      latent,
      mask,
      source: world(encodeTokens(statements.source), free),
      target: world(target, free),
      guidance,
      times,
      averages,
      noise,
    },
    hooks,
  );
}
