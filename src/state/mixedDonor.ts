/** Two donors as one: what the reader sees in them, and their pathologies, in proportion. Pure. */

import type { Reading } from '../counterfactual/edit';
import { mixedPathology } from '../findings/pathology';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import type { Donor } from './swap';

/** @param share of the second, 0 to 1 */
export function mixedDonor(one: Donor, other: Donor, share: number, title: string): Donor {
  const mix = (a: number, b: number): number => (1 - share) * a + share * b;
  const pathology =
    one.pathology !== undefined && other.pathology !== undefined
      ? mixedPathology(one.pathology, other.pathology, share)
      : (one.pathology ?? other.pathology);
  const { paediatric } = one;
  const doubt = one.doubt ?? other.doubt;
  return {
    title,
    findings: [],
    thumbnail: one.thumbnail,
    reading: mixedReading(one.reading, other.reading, mix),
    ...(pathology && { pathology }),
    ...(doubt !== undefined && { doubt }),
    ...((one.mirrored ?? other.mirrored) && { mirrored: true as const }),
    ...(one.streams && { streams: one.streams }),
    ...(paediatric !== undefined && paediatric === other.paediatric ? { paediatric } : {}),
  };
}

function mixedReading(one: Reading, other: Reading, mix: (a: number, b: number) => number): Reading {
  const findings = FINDINGS.map((finding) => [finding, mix(one.findings[finding], other.findings[finding])] as const);
  return {
    findings: Object.fromEntries(findings) as Record<Finding, number>,
    zoneSeverity: one.zoneSeverity.map((severity, zone) => mix(severity, other.zoneSeverity[zone] ?? 0)),
    opacityMap: one.opacityMap.map((value, cell) => mix(value, other.opacityMap[cell] ?? 0)),
  };
}
