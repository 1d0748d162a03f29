/** How many of the results that are asked for can be expected to be accepted, and how long one takes. */

import type { Finding } from '../../findings/vocabulary';

export interface Acceptance {
  of(finding: Finding): { readonly share: number; readonly measuredOn: number };
  readonly secondsAnItem: number;
}

/** Of results of one class: how many there were, and how many were accepted (by a review, else: no line of the receipt is red). */
export interface Measured {
  readonly made: number;
  readonly accepted: number;
}

/** Where nothing was measured: as if two of three had been accepted. */
const PRIOR = { made: 3, accepted: 2 } as const;
/** On one core of a server of 2024, a film of 1,024 pixels; an estimate until something was measured. */
const SECONDS = 20;

/** A few results shift the expectation a little, many decide it. */
export function acceptanceFrom(measured: ReadonlyMap<Finding, Measured>, secondsAnItem?: number): Acceptance {
  return {
    of(finding) {
      const { made, accepted } = measured.get(finding) ?? { made: 0, accepted: 0 };
      const share = (accepted + PRIOR.accepted) / (made + PRIOR.made);
      return { share: Number(share.toFixed(3)), measuredOn: made };
    },
    secondsAnItem: secondsAnItem ?? SECONDS,
  };
}
