/** Logits to calibrated probabilities, and probability maps to severities. */

import { regionMap, type RegionMaps } from '../findings/regions';
import { severityInside } from '../findings/seen';
import { FINDINGS, ZONES, type Finding, type Severity } from '../findings/vocabulary';
import type { CalibrationCurve, FindingCurves } from './manifest';

/** A finding that was not calibrated keeps the network's own probability. */
export const UNCALIBRATED: CalibrationCurve = { scale: 1, offset: 0, threshold: 0.5 };

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** sigmoid(scale x logit + offset). */
export function calibrated(logit: number, curve: CalibrationCurve = UNCALIBRATED): number {
  return sigmoid(curve.scale * logit + curve.offset);
}

/** Calibrated probability of each finding from logits [16] in FINDINGS order. */
export function findingProbabilities(logits: Float32Array, curves: FindingCurves): Readonly<Record<Finding, number>> {
  const entries = FINDINGS.map((finding, index) => [finding, calibrated(logits[index] ?? 0, curves[finding])] as const);
  return Object.fromEntries(entries) as Record<Finding, number>;
}

/** Severity 0 to 3 of each of the six zones, ZONES order, from an opacity probability map [32 x 32]. */
export function zoneSeverities(opacity: Float32Array, regions: RegionMaps, scale: number): readonly Severity[] {
  return ZONES.map((zone) => severityInside(opacity, regionMap(regions, zone), scale));
}
