/** A request as a recipe has it, so that the same can be asked again, or something near it. Pure. */

import type { Recipe } from '../counterfactual/edit';
import { partsOf } from '../counterfactual/parts';
import { changeOf, isRemoval, type ChangeKind, type FindingChange } from '../findings/change';
import type { Taken } from '../findings/taken';

import { withChanges, withSampling, type EditRequest, type SamplingRequest } from './editRequest';

interface Advised {
  readonly steps: number;
  readonly guidance: number;
}

/** @param advised of the release in use: what a recipe has of it is left to it again */
export function restoredRequest(
  request: EditRequest,
  recipe: Recipe,
  advised: (kind: ChangeKind) => Advised,
): EditRequest {
  const asked = withChanges(
    request,
    partsOf(recipe.edit).map((part) => whereItLay(changeOf(part), recipe)),
  );
  return withSampling(asked, samplingOf(recipe, advised(recipe.edit.kind)));
}

/** What an erasure took, asked back of its result. */
export function givingBack(request: EditRequest, taken: Taken): EditRequest {
  const { places, severity, severities } = taken;
  return withChanges(request, [
    {
      kind: 'add',
      finding: 'lung_opacity',
      places,
      severity,
      ...(severities === undefined ? {} : { severities }),
      sketch: { taken },
    },
  ]);
}

/** One lesion that the seed placed lies where it lay: which place a seed gives may differ from release to release. */
function whereItLay(change: FindingChange, { drawn = [], edit }: Recipe): FindingChange {
  if (change.kind === 'remove') return change;
  const own = drawn.filter(({ finding }) => finding === change.finding);
  const [only] = own;
  if (only?.at === undefined || own.length > 1 || change.sketch?.at !== undefined || edit.maskSha256 !== undefined)
    return change;
  return changeOf({ ...change, sketch: { ...change.sketch, at: only.at } });
}

/** What 0.18.0 advised for an erasure from the healthy twin, which it made once. */
const ADVISED_ONCE: Advised = { steps: 8, guidance: 4 };

/**
 * What was drawn, or sampled from the healthy twin, is made so again only where the way is left open; what else was sampled, only by
 * name.
 */
function samplingOf({ sampling, drawn, edit }: Recipe, advised: Advised): Partial<SamplingRequest> {
  const { seed } = sampling;
  if (sampling.sampler === 'sketch') return { seed, sampler: 'auto', steps: undefined, guidance: undefined };
  const isOpen = drawn !== undefined || [sampling, sampling.clearing].some((each) => each?.healthyTwin === true);
  // The advice for a removal is of the healthy twin; a flow that was chosen by name has other numbers.
  const isNamed = !isOpen && isRemoval(edit);
  const own = (value: number, of: number): number | undefined => (value === of && !isNamed ? undefined : value);
  const isOnce = sampling.healthyTwin === true && sampling.repeatAbove === undefined;
  const { steps, guidance } = isOnce ? ADVISED_ONCE : advised;
  return {
    seed,
    sampler: isOpen ? 'auto' : sampling.sampler,
    steps: own(sampling.steps, steps),
    guidance: own(sampling.guidance, guidance),
  };
}
