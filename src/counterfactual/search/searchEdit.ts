/** Explore: many noises of one edit, tried with few steps each; the best is composed, judged and kept. */

import { GRID } from '../../findings/regions';
import { GRID_SIZE } from '../../imaging/resample';
import { LATENT_LENGTH, type ImageGrid } from '../../networks/typed';
import { blended } from '../blend';
import { withoutBrightRims } from '../brightRims';
import { metalStays } from '../metal/stays';
import { resolveSampling, resolveStages, type ResolvedSampling } from '../choose';
import { compose, composeGrid } from '../compose';
import type { Counterfactual, Edit, NoisePath, Reading, SamplingOptions } from '../edit';
import { throwIfCancelled } from '../errors';
import { finishEdit } from '../finish';
import { cancelledAsSuch, recipeOf, recipeSampling, unchanged, type RunOptions } from '../generate';
import { coverage, softened } from '../maskMaps';
import { noiseOf } from '../noise';
import { withParts } from '../parts';
import { planEdit, type Plan } from '../plan';
import { previewImage } from '../preview';
import { changeMap } from '../receipt/measure';
import { resolveRequest } from '../resolved';
import { sampleEdit } from '../sampleEdit';
import { readImage, type Networks, type Source } from '../source';
import { changeOutside, editScore, likeness, targetLogit } from './score';
import { searchDrawings } from './searchDrawings';
import { searchNoise } from './searchNoise';

export interface SearchOptions {
  readonly rounds: number;
  /** Neighbours a round. */
  readonly candidates: number;
  /** How far a neighbour is: share of fresh noise, (0, 1]. */
  readonly rho: number;
  /** Price of change outside the mask, in logits. */
  readonly beta: number;
  /** Price of likeness to what was kept before, in logits. */
  readonly gamma: number;
}

/** One tried noise. */
export interface SearchTrial {
  /** From 0, the seed's own noise. */
  readonly trial: number;
  /** 1 + rounds x candidates. */
  readonly trials: number;
  readonly score: number;
  /** Mean change of grey inside the mask, as a share of the grey range. */
  readonly change: number;
  /** Mean change of the reader's opacity probability outside the mask. */
  readonly outside: number;
  readonly best: boolean;
}

export interface SearchProgress {
  readonly stage: 'sample' | 'compose';
  /** 0 to 1 within the stage: of all trials. */
  readonly fraction: number;
  /** A trial that has just ended. */
  readonly trial?: SearchTrial;
  /** [256 x 256] grey in [0, 255] of the best so far. */
  readonly preview?: Uint8ClampedArray;
}

export interface SearchRun extends RunOptions {
  readonly onProgress?: (progress: SearchProgress) => void;
  /** When aborted, the search ends with the best so far. */
  readonly finish?: AbortSignal | undefined;
}

interface Outcome {
  readonly decoded: ImageGrid;
  readonly reading: Reading;
  /** [32 x 32]. */
  readonly change: Float32Array;
}

/**
 * The best counterfactual of a search. Deterministic for (image, edit, seed, settings, kept ones, backend) unless it is
 * stopped early; its recipe tells the path, from which `generate` makes it again.
 * @param accepted changes [32 x 32] of those kept before
 * @throws as `generate`
 */
export function searchEdit(
  source: Source,
  networks: Networks,
  edit: Edit,
  options: SamplingOptions,
  search: SearchOptions,
  accepted: readonly Float32Array[],
  run: SearchRun,
): Promise<Counterfactual> {
  return cancelledAsSuch(run.signal, () => searchOrThrow(source, networks, edit, options, search, accepted, run));
}

async function searchOrThrow(
  source: Source,
  networks: Networks,
  edit: Edit,
  options: SamplingOptions,
  search: SearchOptions,
  accepted: readonly Float32Array[],
  run: SearchRun,
): Promise<Counterfactual> {
  const began = performance.now();
  throwIfCancelled(run.signal);
  // As `generate` has it: the recipe keeps what was asked, and what is not there is neither sampled nor scored.
  const resolved = await resolveRequest(source, networks, edit, options.sampler, run.signal);
  const { notFound } = resolved;
  if (resolved.drawn.length > 0) {
    const there = withParts(resolved.asked, ({ finding }) => !notFound.includes(finding)) ?? resolved.asked;
    return searchDrawings(source, networks, edit, there, options, search, accepted, run);
  }
  const { sampled: asked = resolved.asked } = resolved;
  const plan = planEdit(source, networks, asked, run.allowUncertain === true);
  const sampling: ResolvedSampling = (plan?.stages === undefined ? resolveSampling : resolveStages)(
    options,
    asked.kind,
    networks.manifest.sampling,
    plan?.clears === true,
  );
  if (plan === undefined) {
    const recipe = await recipeOf(source.radiograph, networks, edit, sampling, undefined, run, [], notFound);
    return unchanged(source.radiograph, recipe, await source.judged(run.signal), began);
  }
  const reconstruction = await source.reconstruction(run.signal);
  const soft = softened(plan.mask);
  const mask = coverage(soft, GRID_SIZE);
  const cells = coverage(plan.mask, GRID);
  const covered = Math.max(
    1e-6,
    cells.reduce((sum, share) => sum + share, 0),
  );
  const { scale } = networks.manifest.calibration.severity;
  const trials = 1 + search.rounds * search.candidates;
  const { beta, gamma, rho } = search;
  const outside = ({ reading }: Outcome): number => changeOutside(source.reading, reading, cells);
  const render = renderer(source, networks, plan, sampling, mask, reconstruction, trials, run);

  const found = await searchNoise<NoisePath, Outcome>({
    start: { rho, path: [] },
    rounds: search.rounds,
    candidates: search.candidates,
    neighbour: ({ path }, trial) => ({ rho, path: [...path, trial] }),
    render,
    score: (outcome) =>
      editScore(
        targetLogit(outcome.reading, asked, cells, scale),
        outside(outcome),
        likeness(outcome.change, accepted),
        beta,
        gamma,
      ),
    onTrial: ({ trial, outcome, score, best }) => {
      const change = outcome.change.reduce((sum, value) => sum + Math.abs(value), 0) / covered;
      run.onProgress?.({
        stage: 'sample',
        fraction: (trial + 1) / trials,
        trial: { trial, trials, score, change, outside: outside(outcome), best },
        ...(best ? { preview: previewImage(source.image, reconstruction, outcome.decoded, mask) } : {}),
      });
    },
    stopped: () => run.finish?.aborted === true,
  });

  run.onProgress?.({ stage: 'compose', fraction: 0 });
  const { noise, score, startScore, evaluations } = found;
  const { rounds, candidates } = search;
  const record = { ...noise, rounds, candidates, beta, gamma, trials: evaluations, score, startScore };
  const recipe = await recipeOf(
    source.radiograph,
    networks,
    edit,
    recipeSampling(sampling, plan),
    record,
    run,
    [],
    notFound,
  );
  return finishEdit(
    source,
    networks,
    {
      recipe,
      mask: plan.mask,
      soft,
      ...compose(source.radiograph, reconstruction, found.outcome.decoded, soft),
      began,
    },
    { signal: run.signal, onProgress: (fraction) => run.onProgress?.({ stage: 'compose', fraction }) },
  );
}

/** A noise as the first reader sees what comes of it. */
function renderer(
  source: Source,
  networks: Networks,
  plan: Plan,
  sampling: ResolvedSampling,
  mask: Float32Array,
  reconstruction: ImageGrid,
  trials: number,
  run: SearchRun,
): (noise: NoisePath) => Promise<Outcome> {
  let rendered = 0;
  const stays = metalStays(source);
  return async (noise) => {
    const latent = await source.latent(run.signal);
    const own = noiseOf(sampling.seed, LATENT_LENGTH, noise);
    const edited = await sampleEdit(networks, latent, plan, source, sampling, own, {
      signal: run.signal,
      onStep: async ({ step, steps }) => {
        run.onProgress?.({ stage: 'sample', fraction: (rendered + (0.9 * step) / steps) / trials });
        await run.breathe?.();
      },
    });
    rendered++;
    const whole = blended(reconstruction, await (await networks.decoder()).decode(edited, run.signal), plan.blend);
    const { regions } = source.anatomy;
    const decoded = stays(reconstruction, withoutBrightRims(reconstruction, whole, plan.edit, regions));
    const image = composeGrid(source.image, reconstruction, decoded, mask);
    const reading = await readImage(await networks.reader(), image, source.anatomy.regions, networks, run.signal);
    throwIfCancelled(run.signal);
    return { decoded, reading, change: changeMap(source.image, image) };
  };
}
