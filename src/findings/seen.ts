/** How much of a finding the first reader sees, in grades, wherever it is compared with what is asked. Pure. */

import { GRID_CELLS } from './regions';
import { knowledgeOf } from './knowledge';
import { MAX_SEVERITY, ZONES, type Finding, type Place, type Severity } from './vocabulary';

/** What a finding counts as that the reader is certain of: it tells that it is there, not how much. */
const MOST_PRESENT: Severity = 2;
/** Below this sum a map holds nothing to average over. */
const LEAST_WEIGHT = 1e-3;

/** What grades are read of. */
export interface Seen {
  /** Calibrated probability of each finding. */
  readonly findings: Readonly<Record<Finding, number>>;
  /** In ZONES order. */
  readonly zoneSeverity: readonly Severity[];
  /** Opacity probability, [32 x 32]. */
  readonly opacityMap: Float32Array;
  /** Grade of a place that is opaque all over; absent: read before 0.18.0. */
  readonly scale?: number;
}

/** Places, the greatest of which counts; or cells of a painted mask, [32 x 32]. */
export type Where = { readonly places: readonly Place[] } | { readonly cells: Float32Array };

/** Of opacity in the places or inside the paint themselves, of anything else in the film as a whole. */
export function gradeSeen(
  finding: Finding,
  where: Where,
  { findings, zoneSeverity, opacityMap, scale }: Seen,
): Severity {
  if (!knowledgeOf(finding).opacityLike) return MOST_PRESENT * findings[finding];
  if ('cells' in where) return severityInside(opacityMap, where.cells, scale ?? MAX_SEVERITY);
  return Math.max(0, ...where.places.map((place) => zoneSeverity[ZONES.findIndex((zone) => zone === place)] ?? 0));
}

/** min(3, scale x mean of the map where `weight` is); both [32 x 32]. 0 where the weight is nowhere. */
export function severityInside(opacity: Float32Array, weight: Float32Array, scale: number): Severity {
  let sum = 0;
  let total = 0;
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    sum += (opacity[cell] ?? 0) * (weight[cell] ?? 0);
    total += weight[cell] ?? 0;
  }
  return Math.min(MAX_SEVERITY, (scale * sum) / Math.max(LEAST_WEIGHT, total));
}
