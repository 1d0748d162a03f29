/** What a noise search wants: the asked finding as the first reader sees it, at a price. The second reader has no part in it. */

import { knowledgeOf } from '../../findings/knowledge';
import type { Edit, Reading } from '../edit';
import { meanInside } from '../receipt/measure';

/** Target logit - beta * change outside the mask - gamma * likeness to what was kept already. */
export function editScore(logit: number, outside: number, similarity: number, beta: number, gamma: number): number {
  return logit - beta * outside - gamma * similarity;
}

/** Probabilities nearer to 0 or 1 than this differ by rounding only. */
const EDGE = 1e-4;

function logit(probability: number): number {
  const p = Math.min(1 - EDGE, Math.max(EDGE, probability));
  return Math.log(p / (1 - p));
}

/**
 * How far a reading shows what the edit asks, in logits: of the opacity inside the mask for lung opacity, of the finding for
 * what does not look like opacity, their mean for what does. Negative of that for a removal; for another grade, minus the
 * distance from the asked opacity.
 * @param cells [32 x 32] share of the mask
 * @param scale severity = min(3, scale x mean opacity probability)
 */
export function targetLogit(reading: Reading, edit: Edit, cells: Float32Array, scale: number): number {
  const local = logit(meanInside(reading.opacityMap, cells) ?? 0);
  const { opacityLike } = knowledgeOf(edit.finding);
  const own = logit(reading.findings[edit.finding]);
  const shown = !opacityLike ? own : edit.finding === 'lung_opacity' ? local : (local + own) / 2;
  switch (edit.kind) {
    case 'remove':
      return -shown;
    case 'add':
      return edit.severity === 0 ? -shown : shown;
    case 'grade':
      if (opacityLike) return -Math.abs(local - logit(Math.min(1, edit.severity / scale)));
      return edit.severity === 0 ? -shown : shown;
  }
}

/** Mean change of the opacity probability where the mask is not; maps and cells [32 x 32]. */
export function changeOutside(before: Reading, after: Reading, cells: Float32Array): number {
  const change = after.opacityMap.map((value, cell) => Math.abs(value - (before.opacityMap[cell] ?? 0)));
  return (
    meanInside(
      change,
      cells.map((share) => 1 - Math.min(1, share)),
    ) ?? 0
  );
}

/** Largest cosine between a change and those kept already, 0 where none is kept; maps [32 x 32]. */
export function likeness(change: Float32Array, accepted: readonly Float32Array[]): number {
  const product = (one: Float32Array, other: Float32Array): number =>
    one.reduce((sum, value, cell) => sum + value * (other[cell] ?? 0), 0);
  return accepted.reduce((most, other) => {
    const length = Math.sqrt(product(change, change) * product(other, other));
    return length < Number.EPSILON ? most : Math.max(most, product(change, other) / length);
  }, 0);
}
