/** From one latent to the other: the sampler of an edit with its two worlds, times, noise, bounds and passes. */

import { withFocus, type RegionMaps } from '../findings/regions';
import { encodeTokens } from '../findings/tokens';
import type { Denoiser, Latent } from '../networks/typed';
import { boundsAround, expectedLatent, fitGrey, greyOf, smoothed, type Bounds } from './bounds';
import type { ResolvedSampling } from './choose';
import { composeGrid, softened } from './compose';
import { generateEverything, generateInside, type World } from './guidance';
import { inpaint } from './inpaint';
import type { NoiseSource } from './noise';
import type { Plan } from './plan';
import { previewMask } from './preview';
import { passSteps, sampleTimes } from './schedule';
import { readImage, type Networks, type Source } from './source';
import type { EditStatements } from './statement';
import { twinFlow, type SamplerHooks } from './twinFlow';

/** What is to be sampled; without `restate` there is one pass, whatever the settings say. */
export type SampledPlan = Pick<Plan, 'mask' | 'cells' | 'statements'> & Partial<Pick<Plan, 'restate'>>;

/** e: the latent after the last step. @throws CancelledError, EngineError */
export async function sampleEdit(
  networks: Networks,
  latent: Latent,
  plan: SampledPlan,
  source: Source,
  sampling: ResolvedSampling,
  noise: NoiseSource,
  hooks: SamplerHooks,
): Promise<Latent> {
  const denoiser = await networks.denoiser();
  const { cells: mask, restate } = plan;
  const { guidance, averages } = sampling;
  const times = (steps: number): readonly number[] => sampleTimes(steps, sampling.maxTime, sampling.shift);
  const { context } = source;
  if (sampling.sampler === 'inpaint') {
    const { target } = worldsOf(plan.statements, source.anatomy.regions, mask, context, generateInside(mask, latent));
    return inpaint(denoiser, { latent, mask, target, guidance, times: times(sampling.steps), noise: noise(0, 0) }, hooks);
  }
  let worlds = worldsOf(plan.statements, source.anatomy.regions, mask, context, generateEverything());
  const lasting = (ask: number): Float32Array => noise(sampling.steps + ask, 0);
  const bounds = await boundsOf(denoiser, latent, plan, worlds.target, source, sampling, lasting, hooks.signal);
  let e = latent;
  let first = 0;
  for (const steps of passSteps(sampling.steps, restate === undefined ? 1 : sampling.passes)) {
    if (first > 0) {
      const { statements, regions } = await readAgain(networks, e, plan, source, hooks.signal);
      if (statements === undefined) break;
      worlds = worldsOf(statements, regions, mask, context, generateEverything());
    }
    const begin = first;
    e = await twinFlow(
      denoiser,
      { latent: e, mask, ...worlds, guidance, times: times(steps), averages, bounds, noise: (step, draw) => noise(begin + step, draw) },
      { ...hooks, onStep: (at) => hooks.onStep?.({ ...at, step: begin + at.step, steps: sampling.steps }) },
    );
    first += steps;
  }
  return e;
}

function worldsOf(
  statements: EditStatements,
  anatomy: RegionMaps,
  mask: Float32Array,
  context: Float32Array,
  known: Float32Array,
): { readonly source: World; readonly target: World } {
  const shared = { regions: withFocus(anatomy, mask), inpaint: known, context };
  return {
    source: { tokens: encodeTokens(statements.source), ...shared },
    target: { tokens: encodeTokens(statements.target), ...shared },
  };
}

/** What is left to ask after a pass, from the image so far. */
async function readAgain(
  networks: Networks,
  e: Latent,
  { mask, restate }: SampledPlan,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<{ readonly statements: EditStatements | undefined; readonly regions: RegionMaps }> {
  const decoded = await (await networks.decoder()).decode(e, signal);
  const image = composeGrid(source.image, await source.reconstruction(signal), decoded, previewMask(softened(mask)));
  const { regions } = await (await networks.anatomist()).locate(image, signal);
  const reading = await readImage(await networks.reader(), image, regions, networks, signal);
  return { statements: restate?.(reading, regions), regions };
}

/** Where opacity is to change: from what the model expects there. */
async function boundsOf(
  denoiser: Denoiser,
  latent: Latent,
  { cells, statements }: SampledPlan,
  target: World,
  source: Source,
  { overshoot, undershoot }: ResolvedSampling,
  noise: (ask: number) => Float32Array,
  signal: AbortSignal | undefined,
): Promise<Bounds | undefined> {
  const before = statements.source.focus?.lung_opacity ?? 0;
  const after = statements.target.focus?.lung_opacity ?? 0;
  if (overshoot === undefined || undershoot === undefined || after === before) return undefined;
  const grey = fitGrey(latent, source.image);
  const expected = await expectedLatent(denoiser, latent, cells, target, noise, signal);
  const there = smoothed(greyOf(grey, expected), cells);
  return boundsAround(grey, there, greyOf(grey, latent), after < before, { overshoot, undershoot });
}
