/** One counterfactual: encode, state both worlds, sample, compose, judge. */

import type { Finding } from '../findings/vocabulary';
import type { Changes } from '../imaging/difference';
import { emptyMask, unionMasks } from '../imaging/mask';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { GRID_SIZE } from '../imaging/resample';
import { blended } from './blend';
import { withoutBrightRims } from './brightRims';
import { resolveSampling, resolveStages, type ResolvedSampling } from './choose';
import { compose } from './compose';
import { decodedEdit } from './decoded';
import type { Counterfactual, DrawnFinding, Edit, NoisePath, Recipe, SamplingOptions, SearchRecord } from './edit';
import { CancelledError, throwIfCancelled } from './errors';
import { finishEdit, resultId } from './finish';
import { coverage, softened } from './maskMaps';
import { planEdit, type Plan } from './plan';
import { chestFault } from './plausible';
import { metalStays } from './metal/stays';
import { PreviewBudget, previewImage } from './preview';
import { writeRecipe } from './recipe';
import { resolveRequest } from './resolved';
import { asksForSomething, drawnFilm, requireDrawable, type Film } from './sketch/drawn';
import { chestOf } from './sketch/chest';
import { recordOf } from './sketch/drawFinding';
import { stepCounter, type StepCounter } from './sketch/steps';
import { prepareSource, type Networks, type Source } from './source';
import type { SampledStep } from './twinFlow';

export interface GenerateProgress {
  readonly stage: 'sample' | 'compose';
  /** 0 to 1 within the stage. */
  readonly fraction: number;
  /** [256 x 256] grey in [0, 255] of the counterfactual so far. */
  readonly preview?: Uint8ClampedArray;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** The user insists although the image does not look like a frontal chest or the mask lies outside it. */
  readonly allowUncertain?: boolean;
  /** Awaited after every step: the time for a pause, or for something more urgent. */
  readonly breathe?: (() => Promise<void>) | undefined;
  /** For the recipe: the backend and device it was made on. */
  readonly backend: string;
  readonly clock?: () => Date;
}

export interface GenerateOptions extends RunOptions {
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/**
 * The counterfactual of an edit. Deterministic for (image, edit, seed, noise path, steps, backend). A null edit (no place and
 * no mask, an empty mask, or nothing asked that differs from what is read) gives the input's bits.
 * @throws NotFrontalChestError, ImplausibleEditError, NothingToRemoveError, MaskEmptyError, CancelledError, EngineError, and what the networks' download throws
 */
export async function generate(
  source: Source,
  networks: Networks,
  edit: Edit,
  options: SamplingOptions,
  run: GenerateOptions,
): Promise<Counterfactual> {
  return cancelledAsSuch(run.signal, () => generateOrThrow(source, networks, edit, options, run));
}

/** What is thrown because of a cancellation is thrown as one. */
export async function cancelledAsSuch<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throwIfCancelled(signal);
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
  const allowUncertain = run.allowUncertain === true;
  // The recipe keeps what was asked; what is not there is not sampled.
  const { asked, sampled, drawn, notFound } = await resolveRequest(
    source,
    networks,
    request,
    options.sampler,
    run.signal,
  );
  for (const drawing of drawn) requireDrawable(source, drawing, allowUncertain);
  const planned = (on: Source): Plan | undefined =>
    sampled === undefined ? undefined : planEdit(on, networks, sampled, allowUncertain || on !== source);
  const drawings = drawn.filter(asksForSomething).map((drawing) => ({ drawing, record: recordOf(drawing) }));
  const records = drawings.map(({ record }) => record);
  // What goes has gone before what comes is made, and what comes is made on the chest that is seen then.
  const going = drawings.filter(({ record }) => record.remove === true).length;
  const sooner = sampled !== undefined || going < drawings.length ? going : 0;
  const draw = (on: Source, film: Film, from: number, to: number, counter: StepCounter) =>
    drawnFilm(on, networks, film, { from, drawings: drawings.slice(from, to) }, options.seed, counter, run);
  // Planned before anything is drawn: what cannot be made is said at once.
  const expected = planned(source);
  const cleared =
    sooner === 0
      ? undefined
      : await draw(
          source,
          { radiograph: source.radiograph },
          0,
          sooner,
          stepCounter(expected === undefined ? 0 : networks.manifest.sampling.steps, records, sooner),
        );
  const seen = cleared === undefined ? source : await seenAnew(source, cleared.radiograph, networks, run.signal);
  const plan = cleared === undefined ? expected : planned(seen);
  const sampling: ResolvedSampling = (plan?.stages === undefined ? resolveSampling : resolveStages)(
    options,
    sampled?.kind ?? asked.kind,
    networks.manifest.sampling,
    plan?.clears === true,
  );
  const told =
    plan === undefined && drawings.length > 0
      ? { sampler: 'sketch' as const, seed: options.seed }
      : recipeSampling(sampling, plan);
  const recipe = await recipeOf(source.radiograph, networks, request, told, options.noise, run, records, notFound);
  if (plan === undefined && drawings.length === 0)
    return unchanged(source.radiograph, recipe, await source.judged(run.signal), began);
  const steps = stepCounter(plan === undefined ? 0 : stepsOf(sampling), records, sooner);
  const film =
    plan === undefined ? undefined : await sampledFilm(seen, networks, plan, sampling, options.noise, steps, run);
  const before = over(cleared, film) ?? { radiograph: source.radiograph };
  const made = await draw(seen, before, sooner, drawings.length, steps);
  const { radiograph, mask, soft } = made;
  const figures = [...(cleared?.figures ?? []), ...made.figures];
  return finishEdit(
    source,
    networks,
    {
      recipe: withCentres(recipe, figures),
      mask,
      soft,
      pixels: radiograph.pixels,
      // What is drawn changes more, and may change some back.
      changes: drawings.length === 0 ? film?.changes : undefined,
      ...(drawings.length > 0 && { figures }),
      began,
    },
    { signal: run.signal, onProgress: (fraction) => run.onProgress?.({ stage: 'compose', fraction }) },
  );
}

/** The film without what was drawn away, as its networks see it; its chest, where they still find one, else the film's as it came. */
async function seenAnew(
  source: Source,
  cleared: Radiograph,
  networks: Networks,
  signal: AbortSignal | undefined,
): Promise<Source> {
  const seen = await prepareSource(cleared, networks, signal);
  const { width, height } = cleared;
  const { probabilities } = seen.anatomy;
  const isFound = chestFault(seen.anatomy) === undefined && chestOf({ probabilities, width, height }) !== undefined;
  return isFound ? seen : { ...seen, anatomy: source.anatomy };
}

/** One made on the other: the later picture, and where either changed it. */
function over(first: Film | undefined, then: Film | undefined): Film | undefined {
  if (first?.mask === undefined || then?.mask === undefined) return then ?? first;
  const mask = unionMasks(first.mask, then.mask);
  return { radiograph: then.radiograph, mask, soft: unionMasks(first.soft ?? first.mask, then.soft ?? then.mask) };
}

/** A lesion that the seed placed lies where it was drawn, whatever a later release makes of the seed. What was painted says it itself. */
function withCentres(recipe: Recipe, figures: readonly Readonly<Record<string, number>>[]): Recipe {
  if (recipe.drawn === undefined || recipe.edit.maskSha256 !== undefined) return recipe;
  const drawn = recipe.drawn.map((each, index) => {
    const { centreX: x, centreY: y } = figures[index] ?? {};
    const isPlaced = each.at !== undefined || each.remove === true || !LESIONS.has(each.finding);
    return isPlaced || x === undefined || y === undefined ? each : { ...each, at: { x, y } };
  });
  return { ...recipe, drawn };
}
const LESIONS: ReadonlySet<Finding> = new Set(['nodule', 'mass']);

/** Sampled, decoded, and composed at native size. */
async function sampledFilm(
  source: Source,
  networks: Networks,
  plan: Plan,
  sampling: ResolvedSampling,
  noise: NoisePath | undefined,
  steps: StepCounter,
  run: GenerateOptions,
): Promise<Film & { readonly changes: Changes }> {
  const reconstruction = await source.reconstruction(run.signal);
  const soft = softened(plan.mask);
  const tellStep = previewer(source, networks, reconstruction, plan, soft, stepsOf(sampling), steps, run);
  const sampled = await decodedEdit(source, networks, plan, sampling, noise, {
    signal: run.signal,
    onStep: async (step) => {
      await tellStep(step);
      await run.breathe?.();
    },
  });
  const { regions } = source.anatomy;
  const made = blended(reconstruction, sampled, plan.blend);
  const decoded = metalStays(source)(reconstruction, withoutBrightRims(reconstruction, made, plan.edit, regions));
  // What is made is seen at once; at native size, and judged, it comes later.
  const preview = run.onProgress && previewImage(source.image, reconstruction, decoded, coverage(soft, GRID_SIZE));
  run.onProgress?.({ stage: 'compose', fraction: 0, ...(preview && { preview }) });
  throwIfCancelled(run.signal);
  const { pixels, changes } = compose(source.radiograph, reconstruction, decoded, soft);
  return { radiograph: { ...source.radiograph, pixels }, mask: plan.mask, soft, changes };
}

/** Of both directions. */
const stepsOf = ({ steps, clearing }: ResolvedSampling): number => steps + (clearing?.steps ?? 0);

/** The settings as a recipe tells them. */
export function recipeSampling(sampling: ResolvedSampling, plan: Plan | undefined): Recipe['sampling'] {
  return plan?.blend === undefined ? sampling : { ...sampling, blended: true };
}

/** Everything that is needed to make this edit again. */
export function recipeOf(
  radiograph: Radiograph,
  networks: Networks,
  edit: Edit,
  sampling: Recipe['sampling'],
  search: NoisePath | SearchRecord | undefined,
  { backend, clock = () => new Date() }: RunOptions,
  drawn: readonly DrawnFinding[] = [],
  notFound: readonly Finding[] = [],
): Promise<Recipe> {
  return writeRecipe({
    radiograph,
    edit,
    sampling,
    drawn,
    notFound,
    search,
    models: networks.versions(),
    backend,
    createdAt: clock(),
  });
}

/** Tells every step; decodes a picture of it where the device can afford that. */
function previewer(
  source: Source,
  networks: Networks,
  reconstruction: Float32Array,
  { blend }: Plan,
  soft: Mask,
  steps: number,
  counter: StepCounter,
  run: GenerateOptions,
): (step: SampledStep) => Promise<void> {
  const { onProgress } = run;
  if (onProgress === undefined) return () => Promise.resolve();
  const mask = coverage(soft, GRID_SIZE);
  const budget = new PreviewBudget(steps, performance.now());
  return async ({ step, estimate }) => {
    const fraction = counter.fraction(step);
    const start = performance.now();
    if (!budget.affords(step, start)) {
      onProgress({ stage: 'sample', fraction });
      return;
    }
    const decoded = blended(reconstruction, await (await networks.decoder()).decode(estimate, run.signal), blend);
    budget.record(step, performance.now() - start);
    onProgress({ stage: 'sample', fraction, preview: previewImage(source.image, reconstruction, decoded, mask) });
  };
}

/** A null edit: the input's bits. */
export async function unchanged(
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
