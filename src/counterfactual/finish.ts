/** From a composed picture to a counterfactual: judged and measured. */

import { changedBox, type Changes } from '../imaging/difference';
import { GRID } from '../findings/regions';
import { GRID_SIZE, toNetworkGridIn } from '../imaging/resample';
import { sha256Hex } from '../imaging/digest';
import type { Mask, Radiograph, StoredPixels } from '../imaging/radiograph';
import type { Counterfactual, Measures, Recipe } from './edit';
import { throwIfCancelled } from './errors';
import { coverage, handedOver } from './maskMaps';
import { partsOf } from './parts';
import { recipeWithTaken } from './recipe';
import { REFERENCE } from './realism/reference';
import { realismOf } from './realism/realism';
import { chestOf } from './sketch/chest';
import { densityOf } from './sketch/density';
import { measureAsked } from './sketch/measure/asked';
import { anatomyDrift, changeMap, zonesReached } from './receipt/measure';
import { nearestTraining } from './receipt/nearest';
import { readingOf, type Networks, type Source } from './source';
import { takenBy } from './streams/giveBack';

interface Finished {
  readonly recipe: Recipe;
  /** Native size; soft where it is of places, without the rim. */
  readonly mask: Mask;
  /** The same with its soft rim. */
  readonly soft: Mask;
  /** The stored values of the result. */
  readonly pixels: StoredPixels;
  /** Where they are not the film's; absent: that is to be looked for. */
  readonly changes?: Changes | undefined;
  /** Of each drawing, the numbers it used. */
  readonly figures?: Counterfactual['figures'];
  /** When the work began, by performance.now. */
  readonly began: number;
}

interface FinishHooks {
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** @throws CancelledError, EngineError */
export async function finishEdit(
  source: Source,
  networks: Networks,
  { recipe: asked, mask, soft, pixels, changes, figures, began }: Finished,
  { signal, onProgress }: FinishHooks,
): Promise<Counterfactual> {
  const before = await source.judged(signal);
  onProgress(0.5);
  const { changed, box } = changes ?? changedBox(source.radiograph, pixels);
  const grid = toNetworkGridIn({ ...source.radiograph, pixels }, source.image, box);
  const taken = await takenBy(source, networks, asked, grid, soft, signal);
  const recipe = taken === undefined ? asked : recipeWithTaken(asked, taken);
  const id = await resultId(source.radiograph, recipe);
  const image: Radiograph = { ...source.radiograph, id, pixels, synthetic: true };
  // The anatomy of the judge's zones is the source's: the counterfactual claims to share it.
  const judged = await (await networks.secondReader()).read(grid, signal);
  throwIfCancelled(signal);
  onProgress(0.8);
  const [near, nearer] = [await source.nearest(signal), await nearestTraining(networks, judged)];
  throwIfCancelled(signal);
  const found = await (await networks.anatomist()).locate(grid, signal);
  throwIfCancelled(signal);
  onProgress(1);
  const realism = realismOf(source.image, grid, coverage(soft, GRID_SIZE), source.anatomy.regions, REFERENCE);
  return {
    image,
    recipe,
    mask: handedOver(soft),
    before,
    after: readingOf(judged, source.anatomy.regions, networks),
    changedPixels: changed,
    milliseconds: performance.now() - began,
    ...(figures !== undefined && { figures }),
    measures: {
      cells: coverage(mask, GRID),
      change: changeMap(source.image, grid),
      anatomy: anatomyDrift(source.anatomy.regions, found.regions),
      reached: zonesReached(soft, source.anatomy.regions),
      ...drawnMeasures(source, image, recipe, figures, found.probabilities),
      ...(realism !== undefined && { realism }),
      ...(near !== undefined && nearer !== undefined && { nearest: { before: near, after: nearer } }),
    },
  };
}

/** What needs no training to be measured: the heart by its outline, what was drawn by the densities of the film. */
function drawnMeasures(
  { radiograph, anatomy }: Source,
  image: Radiograph,
  { edit, drawn, sampling }: Recipe,
  figures: Counterfactual['figures'],
  after: Float32Array,
): Pick<Measures, 'cardiothoracicRatio' | 'scale' | 'drawn'> {
  const asksOfHeart = partsOf(edit).some(({ finding }) => finding === 'cardiomegaly');
  if (drawn === undefined && !asksOfHeart) return {};
  const [one, other] = [anatomy.probabilities, after].map((probabilities) => chestOf({ ...radiograph, probabilities }));
  // Of several the changes lie in one another, and a painted mask is no zone to measure.
  const isAlone = sampling.sampler === 'sketch' && drawn?.length === 1 && edit.maskSha256 === undefined;
  const [only] = isAlone ? drawn : [];
  const measured =
    only === undefined || one === undefined
      ? undefined
      : measureAsked(only, { before: densityOf(radiograph), after: densityOf(image), chest: one }, figures?.[0] ?? {});
  return {
    ...(drawn !== undefined && one !== undefined && { scale: one.scale }),
    ...(measured !== undefined && { drawn: measured }),
    ...(asksOfHeart &&
      one !== undefined &&
      other !== undefined && {
        cardiothoracicRatio: { before: one.cardiothoracicRatio, after: other.cardiothoracicRatio },
      }),
  };
}

/** The same recipe gives the same name. */
export async function resultId(radiograph: Radiograph, recipe: Recipe): Promise<string> {
  const digest = await sha256Hex(new TextEncoder().encode(JSON.stringify(recipe)));
  return `${radiograph.id}:${digest.slice(0, 16)}`;
}
