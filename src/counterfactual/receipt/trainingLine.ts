/** Does it resemble a training image? By distance to the nearest one, against that of its source and of unseen radiographs. */

import * as say from '../../messages/en/receipt';
import * as units from '../../messages/en/units';
import { fixed, percent } from '../../messages/numbers';
import type { DistanceQuantile } from '../../networks/manifest';
import type { CounterfactualFacts } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS, type Rulers } from './thresholds';

/** Share of unseen radiographs that come this near to a training image, between the quantiles that are known. */
export function shareNearer(distance: number, unseen: readonly DistanceQuantile[]): number {
  const above = unseen.findIndex(([, limit]) => limit > distance);
  if (above === -1) return 1;
  const [share, limit] = unseen[above] ?? [0, 0];
  const below = unseen[above - 1];
  if (below === undefined) return 0;
  const [least, nearest] = below;
  return least + ((share - least) * (distance - nearest)) / (limit - nearest);
}

/** The distance that this share of unseen radiographs does not exceed. */
function distanceAt(share: number, unseen: readonly DistanceQuantile[]): number {
  return unseen.findLast(([each]) => each <= share)?.[1] ?? 0;
}

/** "nearer than 34 % of unseen radiographs are", the other way round. */
function among(distance: number, unseen: readonly DistanceQuantile[]): string {
  const share = shareNearer(distance, unseen);
  const [least = 0] = unseen[0] ?? [];
  if (share <= least) return say.under({ share: tidy(Math.max(least, 0.001)) });
  return tidy(share);
}

const tidy = (share: number): string => percent(share, share < 0.01 ? 1 : 0);

export function trainingLine(
  { measures, changedPixels, recipe }: CounterfactualFacts,
  { unseen }: Rulers,
): ReceiptLine {
  const line = { id: 'training', question: say.training() } as const;
  if (changedPixels === 0) {
    return { ...line, verdict: 'green', reason: say.nothingFromTraining(), key: undefined, figures: [] };
  }
  const nearest = measures?.nearest;
  if (nearest === undefined || unseen.length === 0) {
    return {
      ...line,
      verdict: undefined,
      reason: unseen.length === 0 ? say.noFeatures() : say.nothingToCompare(),
      key: undefined,
      figures: [],
    };
  }
  const { before, after } = nearest;
  const isGivenBack = recipe.drawn?.some(({ taken }) => taken !== undefined) === true;
  const { share, nearer, copy } = THRESHOLDS.training;
  const limit = distanceAt(share, unseen);
  const figures = [
    { label: say.distanceToNearest(), value: units.fromTo({ from: fixed(before, 2), to: fixed(after, 2) }) },
    { label: say.asNearAsSource(), value: among(before, unseen) },
    { label: say.asNearAsResult(), value: among(after, unseen) },
    { label: say.rareBelow(), value: fixed(limit, 2) },
  ];
  const judged = { ...line, key: units.fromTo({ from: fixed(before, 1), to: fixed(after, 1) }), figures };
  if (after >= limit) return { ...judged, verdict: 'green', reason: say.noNearer() };
  if (after >= (1 - nearer) * before) {
    return { ...judged, verdict: 'green', reason: say.sourceItself() };
  }
  // What comes is this film's own, as near to it as can be.
  if (isGivenBack) return { ...judged, verdict: 'green', reason: say.givenBackItself() };
  return after >= copy * limit
    ? { ...judged, verdict: 'amber', reason: say.broughtNearer() }
    : { ...judged, verdict: 'red', reason: say.likeACopy() };
}
