/** Does it resemble a training image? By distance to the nearest one, against that of its source and of unseen radiographs. */

import type { DistanceQuantile } from '../../networks/manifest';
import type { Counterfactual } from '../edit';
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
  if (share <= least) return `under ${tidy(Math.max(least, 0.001))} %`;
  return `${tidy(share)} %`;
}

const tidy = (share: number): string => (share < 0.01 ? (100 * share).toFixed(1) : String(Math.round(100 * share)));

export function trainingLine({ measures, changedPixels }: Counterfactual, { unseen }: Rulers): ReceiptLine {
  const line = { id: 'training', question: 'Does it resemble a training image?' } as const;
  if (changedPixels === 0) {
    return { ...line, verdict: 'green', reason: 'Nothing was changed, so nothing came from training.', key: undefined, figures: [] };
  }
  const nearest = measures?.nearest;
  if (nearest === undefined || unseen.length === 0) {
    const why = unseen.length === 0 ? 'this release carries no features of its training images.' : 'there was nothing to compare with when this result was made.';
    return { ...line, verdict: undefined, reason: `Not measured: ${why}`, key: undefined, figures: [] };
  }
  const { before, after } = nearest;
  const { share, nearer, copy } = THRESHOLDS.training;
  const limit = distanceAt(share, unseen);
  const figures = [
    { label: 'Distance to the nearest training image', value: `${before.toFixed(2)} → ${after.toFixed(2)}` },
    { label: 'Unseen radiographs that are as near to one as the source', value: among(before, unseen) },
    { label: 'As near as the result', value: among(after, unseen) },
    { label: 'Nearer than this is rare (1 % of unseen radiographs)', value: limit.toFixed(2) },
  ];
  const judged = { ...line, key: `${before.toFixed(1)} → ${after.toFixed(1)}`, figures };
  if (after >= limit) return { ...judged, verdict: 'green', reason: 'It is no nearer to a training image than unseen radiographs are.' };
  if (after >= (1 - nearer) * before) {
    return { ...judged, verdict: 'green', reason: 'The source itself is this near to a training image; the edit brought it no nearer.' };
  }
  return after >= copy * limit
    ? { ...judged, verdict: 'amber', reason: 'The edit brought it nearer to a training image than unseen radiographs are.' }
    : { ...judged, verdict: 'red', reason: 'The edit brought it as near to a training image as a copy of one: it may repeat a patient.' };
}
