/** Explore where something is drawn: a sketch has no noise to search, but another shape and place a seed. The best of as many seeds. */

import { toNetworkGrid } from '../../imaging/resample';
import type { Counterfactual, Edit, SamplingOptions } from '../edit';
import { throwIfCancelled } from '../errors';
import { generate } from '../generate';
import { previewImage } from '../preview';
import { changeMap } from '../receipt/measure';
import { readImage, type Networks, type Source } from '../source';
import { changeOutside, editScore, likeness, targetLogit } from './score';
import type { SearchOptions, SearchRun } from './searchEdit';

/** Seeds come round after the greatest. */
const SEEDS = 2 ** 31;

interface Tried {
  readonly made: Counterfactual;
  readonly score: number;
}

/**
 * The recipe of what is found holds its seed, from which `generate` makes it again.
 * @param scored what of the edit is there to be made
 * @throws as `generate`
 */
export async function searchDrawings(
  source: Source,
  networks: Networks,
  edit: Edit,
  scored: Edit,
  options: SamplingOptions,
  { rounds, candidates, beta, gamma }: SearchOptions,
  accepted: readonly Float32Array[],
  run: SearchRun,
): Promise<Counterfactual> {
  const began = performance.now();
  const trials = 1 + rounds * candidates;
  const { scale } = networks.manifest.calibration.severity;
  const { onProgress, finish, ...plain } = run;
  let best: Tried | undefined;
  for (let trial = 0; trial < trials && (best === undefined || finish?.aborted !== true); trial++) {
    throwIfCancelled(run.signal);
    const seed = (options.seed + trial) % SEEDS;
    const made = await generate(
      source,
      networks,
      edit,
      { ...options, seed },
      {
        ...plain,
        onProgress: ({ stage, fraction }) =>
          onProgress?.({
            stage: 'sample',
            fraction: (trial + (stage === 'sample' ? 0.8 * fraction : 0.8 + 0.2 * fraction)) / trials,
          }),
      },
    );
    // Nothing is asked: no seed changes that.
    if (made.changedPixels === 0) return made;
    const image = toNetworkGrid(made.image);
    const reading = await readImage(await networks.reader(), image, source.anatomy.regions, networks, run.signal);
    const cells = made.measures?.cells ?? new Float32Array(reading.opacityMap.length);
    const change = changeMap(source.image, image);
    const outside = changeOutside(source.reading, reading, cells);
    const score = editScore(
      targetLogit(reading, scored, cells, scale),
      outside,
      likeness(change, accepted),
      beta,
      gamma,
    );
    const better = best === undefined || score > best.score;
    if (better) best = { made, score };
    const covered = Math.max(
      1e-6,
      cells.reduce((sum, share) => sum + share, 0),
    );
    onProgress?.({
      stage: 'sample',
      fraction: (trial + 1) / trials,
      trial: {
        trial,
        trials,
        score,
        change: change.reduce((sum, value) => sum + Math.abs(value), 0) / covered,
        outside,
        best: better,
      },
      ...(better
        ? { preview: previewImage(source.image, source.image, image, new Float32Array(image.length).fill(1)) }
        : {}),
    });
  }
  if (best === undefined) throw new RangeError('A search has one trial at least.');
  return { ...best.made, milliseconds: performance.now() - began };
}
