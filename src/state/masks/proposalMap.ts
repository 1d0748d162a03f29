/** Which maps of the reader a lesion can be cut from. */

import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { Analysis } from '../../counterfactual/analysis';

const CELLS = 32 * 32;

const maps = new WeakMap<Analysis, Map<Finding, Float32Array | undefined>>();

/**
 * 32 x 32 values in [0, 1]: for lung opacity its probability, for every other finding what speaks for it (the class
 * activation) as a share of its strongest cell. Undefined where nothing does, or no map was read.
 */
export function proposalMap(analysis: Analysis | undefined, finding: Finding): Float32Array | undefined {
  if (analysis === undefined) return undefined;
  const known = maps.get(analysis) ?? new Map<Finding, Float32Array | undefined>();
  maps.set(analysis, known);
  if (!known.has(finding))
    known.set(finding, finding === 'lung_opacity' ? analysis.reading.opacityMap : activationOf(analysis, finding));
  return known.get(finding);
}

function activationOf({ activation }: Analysis, finding: Finding): Float32Array | undefined {
  if (activation === undefined) return undefined;
  const index = FINDINGS.indexOf(finding);
  const map = Float32Array.from({ length: CELLS }, (_, cell) =>
    Math.max(0, activation[cell * FINDINGS.length + index] ?? 0),
  );
  const strongest = map.reduce((most, value) => Math.max(most, value), 0);
  return strongest > 0 ? map.map((value) => value / strongest) : undefined;
}
