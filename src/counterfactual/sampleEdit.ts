/** From one latent to the other: the sampler of an edit with its two worlds, times, noise, bounds and passes. */

import { withFocus, type RegionMaps } from '../findings/regions';
import { encodeTokens } from '../findings/tokens';
import { GRID_SIZE } from '../imaging/resample';
import type { Denoiser, Latent } from '../networks/typed';
import { boundsAround, EXPECTED_AT, expectedLatent, fitGrey, greyOf, smoothed, type Bounds } from './bounds';
import type { ResolvedSampling, StageSampling } from './choose';
import { composeGrid } from './compose';
import { generateEverything, generateInside, type World } from './guidance';
import { inpaint } from './inpaint';
import { softCells } from './latentMask';
import { coverage, softened } from './maskMaps';
import type { NoiseSource } from './noise';
import { flowFromTwins, flowInPasses, type Worlds } from './passes';
import type { Plan } from './plan';
import { sampleTimes } from './schedule';
import { readImage, type Networks, type Source } from './source';
import type { EditStatements } from './statement';
import type { SamplerHooks } from './twinFlow';

/** What is to be sampled; without `restate` there is one pass, whatever the settings say. */
export type SampledPlan = Pick<Plan, 'mask' | 'cells' | 'statements' | 'stages'> & Partial<Pick<Plan, 'restate'>>;

type SampledStage = Pick<SampledPlan, 'mask' | 'cells' | 'restate'> & {
  readonly statements: EditStatements | undefined;
};

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
  const { mask, stages } = plan;
  if (stages === undefined) return sampleStage(networks, latent, latent, plan, source, sampling, noise, hooks);
  const { clearing = sampling, ...adding } = sampling;
  const steps = clearing.steps + adding.steps;
  const counted = (before: number): SamplerHooks => ({
    ...hooks,
    onStep: (at) => hooks.onStep?.({ ...at, step: before + at.step, steps }),
  });
  const cleared = await sampleStage(
    networks,
    latent,
    latent,
    { mask, ...stages.clearing },
    source,
    clearing,
    noise,
    counted(0),
  );
  const { statements } = await readAgain(networks, cleared, { mask, ...stages.adding }, source, hooks.signal);
  // Noise of its own, behind what the first took for its steps and its bounds.
  const own: NoiseSource = (step, draw) => noise(clearing.steps + EXPECTED_AT.length + step, draw);
  return sampleStage(
    networks,
    latent,
    cleared,
    { mask, ...stages.adding, statements },
    source,
    adding,
    own,
    counted(clearing.steps),
  );
}

/** One direction, from where the latent stands; what is left of nothing is left as it is. */
async function sampleStage(
  networks: Networks,
  latent: Latent,
  from: Latent,
  stage: SampledStage,
  source: Source,
  sampling: Omit<StageSampling, 'seed'>,
  noise: NoiseSource,
  hooks: SamplerHooks,
): Promise<Latent> {
  const { cells: mask, restate, statements } = stage;
  if (statements === undefined) return from;
  const denoiser = await networks.denoiser();
  const { guidance, averages, steps, maxTime, shift, passes } = sampling;
  const { context, anatomy } = source;
  if (sampling.sampler === 'inpaint') {
    const { target } = worldsOf(statements, anatomy.regions, mask, context, generateInside(mask, from));
    return inpaint(
      denoiser,
      { latent: from, mask, target, guidance, times: sampleTimes(steps, maxTime, shift), noise: noise(0, 0) },
      hooks,
    );
  }
  const worlds = worldsOf(statements, anatomy.regions, mask, context, generateEverything());
  const lasting = (ask: number): Float32Array => noise(steps + ask, 0);
  const bounds = await boundsOf(
    denoiser,
    latent,
    from,
    mask,
    statements,
    worlds.target,
    source,
    sampling,
    lasting,
    hooks.signal,
  );
  const again =
    restate &&
    (async (e: Latent): Promise<Worlds | undefined> => {
      const read = await readAgain(networks, e, stage, source, hooks.signal);
      return read.statements && worldsOf(read.statements, read.regions, mask, context, generateEverything());
    });
  const flow = { mask, worlds, passes, steps, guidance, maxTime, shift, averages, bounds, noise, again };
  if (sampling.healthyTwin !== true) return flowInPasses(denoiser, { ...flow, latent: from }, hooks);
  const { opacityMap: before } = source.reading;
  const twinOf = (e: Latent, opacity: Float32Array): Promise<Latent> =>
    healthyTwin(networks, e, mask, opacity, source, hooks.signal);
  const opacityOf = async (e: Latent): Promise<Float32Array> =>
    (await readAgain(networks, e, stage, source, hooks.signal)).opacity;
  const { repeatAbove } = sampling;
  if (again !== undefined && repeatAbove !== undefined)
    return flowFromTwins(denoiser, { ...flow, latent: from, again, before, twinOf, opacityOf, repeatAbove }, hooks);
  const begin = await twinOf(from, before);
  const seen = again === undefined ? worlds : await again(begin);
  return seen === undefined ? begin : flowInPasses(denoiser, { ...flow, latent: begin, worlds: seen }, hooks);
}

/** The latent without opacity in the mask, as one pass of its network has it. */
async function healthyTwin(
  networks: Networks,
  latent: Latent,
  cells: Float32Array,
  opacity: Float32Array,
  { anatomy: { regions } }: Source,
  signal: AbortSignal | undefined,
): Promise<Latent> {
  const network = await networks.healthyTwin();
  const more = await network.more({ latent, regions, mask: softCells(cells), opacity }, signal);
  return latent.map((value, at) => value + (more[at] as number));
}

function worldsOf(
  statements: EditStatements,
  anatomy: RegionMaps,
  mask: Float32Array,
  context: Float32Array,
  known: Float32Array,
): Worlds {
  const shared = { regions: withFocus(anatomy, mask), inpaint: known, context };
  return {
    source: { tokens: encodeTokens(statements.source), ...shared },
    target: { tokens: encodeTokens(statements.target), ...shared },
  };
}

interface Reread {
  /** Undefined where nothing is left to ask. */
  readonly statements: EditStatements | undefined;
  readonly regions: RegionMaps;
  /** [32 x 32], of the first reader. */
  readonly opacity: Float32Array;
}

/** What is left to ask after a pass, from the image so far. */
async function readAgain(
  networks: Networks,
  e: Latent,
  { mask, restate }: Pick<SampledPlan, 'mask' | 'restate'>,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<Reread> {
  const decoded = await (await networks.decoder()).decode(e, signal);
  const image = composeGrid(
    source.image,
    await source.reconstruction(signal),
    decoded,
    coverage(softened(mask), GRID_SIZE),
  );
  const { regions } = await (await networks.anatomist()).locate(image, signal);
  const reading = await readImage(await networks.reader(), image, regions, networks, signal);
  return { statements: restate?.(reading, regions), regions, opacity: reading.opacityMap };
}

/** Where opacity is to change: from what the model expects there. @param latent z, on which the grey is fitted; @param from where the flow begins */
async function boundsOf(
  denoiser: Denoiser,
  latent: Latent,
  from: Latent,
  cells: Float32Array,
  statements: EditStatements,
  target: World,
  source: Source,
  { overshoot, undershoot }: Pick<StageSampling, 'overshoot' | 'undershoot'>,
  noise: (ask: number) => Float32Array,
  signal: AbortSignal | undefined,
): Promise<Bounds | undefined> {
  const before = statements.source.focus?.lung_opacity ?? 0;
  const after = statements.target.focus?.lung_opacity ?? 0;
  if (overshoot === undefined || undershoot === undefined || after === before) return undefined;
  const grey = fitGrey(latent, source.image);
  const expected = await expectedLatent(denoiser, from, cells, target, noise, signal);
  const there = smoothed(greyOf(grey, expected), cells);
  return boundsAround(grey, there, greyOf(grey, from), after < before, { overshoot, undershoot });
}
