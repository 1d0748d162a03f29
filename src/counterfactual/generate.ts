/** One counterfactual: encode, state both worlds, sample, compose, judge. */

import { impliedPlaces, knowledgeOf, placeName } from '../findings/knowledge';
import { withFocus } from '../findings/regions';
import { encodeTokens } from '../findings/tokens';
import { sha256Hex } from '../imaging/digest';
import { emptyMask, isMaskEmpty } from '../imaging/mask';
import { toNetworkGrid } from '../imaging/resample';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { LATENT_LENGTH, type Latent } from '../networks/typed';
import { resolveSampling, type ResolvedSampling } from './choose';
import { compose, softened } from './compose';
import type { Counterfactual, Edit, Recipe, SamplingOptions } from './edit';
import { CancelledError, MaskEmptyError, throwIfCancelled } from './errors';
import { generateEverything, generateInside, type World } from './guidance';
import { inpaint } from './inpaint';
import { latentMask, placesMask, withinLungs } from './latentMask';
import { requireFrontalChest, requireMaskInReach, requirePlausible, zonesUnder } from './plausible';
import { PreviewBudget, previewImage, previewMask } from './preview';
import { gaussianNoise } from './random';
import { writeRecipe } from './recipe';
import { sampleTimes } from './schedule';
import { readImage, type Networks, type Source } from './source';
import { asksNothing, editStatements, type EditStatements } from './statement';
import { twinFlow, type SampledStep, type SamplerHooks } from './twinFlow';

export interface GenerateProgress {
  readonly stage: 'sample' | 'compose';
  /** 0 to 1 within the stage. */
  readonly fraction: number;
  /** [256 x 256] grey in [0, 255] of the counterfactual so far. */
  readonly preview?: Uint8ClampedArray;
}

export interface GenerateOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: GenerateProgress) => void;
  /** The user insists although the image does not look like a frontal chest or the mask lies outside it. */
  readonly allowUncertain?: boolean;
  /** For the recipe: the backend and device it was made on. */
  readonly backend: string;
  readonly clock?: () => Date;
}

/**
 * The counterfactual of an edit. Deterministic for (image, edit, seed, steps, backend). A null edit (no place and no
 * mask, an empty mask, or nothing asked that differs from what is read) gives the input's bits.
 * @throws NotFrontalChestError, ImplausibleEditError, MaskEmptyError, CancelledError, EngineError, and what the networks' download throws
 */
export async function generate(
  source: Source,
  networks: Networks,
  edit: Edit,
  options: SamplingOptions,
  run: GenerateOptions,
): Promise<Counterfactual> {
  try {
    return await generateOrThrow(source, networks, edit, options, run);
  } catch (error) {
    throwIfCancelled(run.signal);
    if (error instanceof Error && 'code' in error && error.code === 'aborted')
      throw new CancelledError({ cause: error });
    throw error;
  }
}

async function generateOrThrow(
  source: Source,
  networks: Networks,
  request: Edit,
  options: SamplingOptions,
  run: GenerateOptions,
): Promise<Counterfactual> {
  const began = performance.now();
  throwIfCancelled(run.signal);
  const plan = planEdit(source, networks, request, run.allowUncertain === true);
  const sampling = resolveSampling(options, request.kind, networks.manifest.sampling);
  const recipe = await writeRecipe({
    radiograph: source.radiograph,
    edit: request,
    sampling,
    models: networks.versions(),
    backend: run.backend,
    createdAt: (run.clock ?? (() => new Date()))(),
  });
  const before = await source.judged(run.signal);
  if (plan === undefined) return unchanged(source.radiograph, recipe, before, began);
  const reconstruction = await source.reconstruction(run.signal);
  const latent = await source.latent(run.signal);
  const soft = softened(plan.mask);
  const preview = previewer(source, networks, reconstruction, soft, sampling.steps, run);
  const edited = await sample(networks, latent, plan, source, sampling, { signal: run.signal, onStep: preview });
  run.onProgress?.({ stage: 'compose', fraction: 0 });
  const decoded = await (await networks.decoder()).decode(edited, run.signal);
  throwIfCancelled(run.signal);
  const { pixels, changed } = compose(source.radiograph, reconstruction, decoded, soft);
  run.onProgress?.({ stage: 'compose', fraction: 0.6 });
  const image: Radiograph = {
    ...source.radiograph,
    id: await resultId(source.radiograph, recipe),
    pixels,
    synthetic: true,
  };
  const judge = await networks.secondReader();
  // The anatomy is the source's: the counterfactual claims to share it.
  const after = await readImage(judge, toNetworkGrid(image), source.anatomy.regions, networks, run.signal);
  throwIfCancelled(run.signal);
  run.onProgress?.({ stage: 'compose', fraction: 1 });
  return { image, recipe, mask: soft, before, after, changedPixels: changed, milliseconds: performance.now() - began };
}

interface Plan {
  /** Hard, native size. */
  readonly mask: Mask;
  /** [32 x 32]. */
  readonly cells: Float32Array;
  readonly statements: EditStatements;
}

/** What will be changed and stated, or undefined for a null edit. */
function planEdit(source: Source, networks: Networks, request: Edit, allowUncertain: boolean): Plan | undefined {
  const { radiograph, anatomy, reading } = source;
  if (!allowUncertain) requireFrontalChest(radiograph.name, anatomy);
  const edit: Edit = {
    ...request,
    places: request.mask === undefined ? impliedPlaces(request.finding, request.places) : request.places,
  };
  requirePlausible(edit);
  if (edit.mask === undefined ? edit.places.length === 0 : isMaskEmpty(edit.mask)) return undefined;
  const mask = edit.mask ?? placesMask(edit.finding, edit.places, anatomy.regions, radiograph.width, radiograph.height);
  if (isMaskEmpty(mask)) throw new MaskEmptyError(radiograph.name, edit.places.map(placeName).join(', '));
  const painted = latentMask(mask);
  if (!allowUncertain) requireMaskInReach(edit, painted, anatomy.regions);
  const inLung = edit.kind !== 'remove' && knowledgeOf(edit.finding).site === 'lung';
  const cells = inLung ? withinLungs(painted, anatomy.regions) : painted;
  const places = edit.places.length > 0 ? edit.places : zonesUnder(cells, anatomy.regions);
  const statements = editStatements(
    reading,
    { ...edit, places },
    cells,
    anatomy.regions,
    networks.manifest.calibration.severity.scale,
  );
  return asksNothing(statements) ? undefined : { mask, cells, statements };
}

async function sample(
  networks: Networks,
  latent: Latent,
  plan: Plan,
  source: Source,
  sampling: ResolvedSampling,
  hooks: SamplerHooks,
): Promise<Latent> {
  const denoiser = await networks.denoiser();
  const regions = withFocus(source.anatomy.regions, plan.cells);
  const times = sampleTimes(sampling.steps, sampling.maxTime, sampling.shift);
  const { guidance, seed, averages } = sampling;
  const { cells: mask, statements } = plan;
  const world = (tokens: Float32Array, known: Float32Array): World => ({
    tokens,
    regions,
    inpaint: known,
    context: source.context,
  });
  const target = encodeTokens(statements.target);
  if (sampling.sampler === 'inpaint') {
    const noise = gaussianNoise(seed, 0, 0, LATENT_LENGTH);
    return inpaint(
      denoiser,
      { latent, mask, target: world(target, generateInside(mask, latent)), guidance, times, noise },
      hooks,
    );
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
      noise: (step, draw) => gaussianNoise(seed, step, draw, LATENT_LENGTH),
    },
    hooks,
  );
}

/** Tells every step; decodes a picture of it where the device can afford that. */
function previewer(
  source: Source,
  networks: Networks,
  reconstruction: Float32Array,
  soft: Mask,
  steps: number,
  run: GenerateOptions,
): (step: SampledStep) => Promise<void> {
  const { onProgress } = run;
  if (onProgress === undefined) return () => Promise.resolve();
  const mask = previewMask(soft);
  const budget = new PreviewBudget(steps, performance.now());
  return async ({ step, estimate }) => {
    const fraction = step / steps;
    const start = performance.now();
    if (!budget.affords(step, start)) {
      onProgress({ stage: 'sample', fraction });
      return;
    }
    const decoded = await (await networks.decoder()).decode(estimate, run.signal);
    budget.record(step, performance.now() - start);
    onProgress({ stage: 'sample', fraction, preview: previewImage(source.image, reconstruction, decoded, mask) });
  };
}

async function unchanged(
  radiograph: Radiograph,
  recipe: Recipe,
  reading: Counterfactual['before'],
  began: number,
): Promise<Counterfactual> {
  return {
    image: { ...radiograph, id: await resultId(radiograph, recipe), pixels: radiograph.pixels.slice() },
    recipe,
    mask: emptyMask(radiograph.width, radiograph.height),
    before: reading,
    after: reading,
    changedPixels: 0,
    milliseconds: performance.now() - began,
  };
}

async function resultId(radiograph: Radiograph, recipe: Recipe): Promise<string> {
  const digest = await sha256Hex(new TextEncoder().encode(JSON.stringify(recipe)));
  return `${radiograph.id}:${digest.slice(0, 16)}`;
}
