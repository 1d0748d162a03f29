/** Of what kind the items of a class are: what is rare kept, seeds of what was accepted, donors' findings, and drawings. Pure. */

/** Films that are erased from, to keep what is rare, are at most this share of a class's items: they all show the same patients. */
const KEPT_SHARE = 0.5;
/** Other seeds of accepted results are at most this share: they show the same patients with the same finding in the same place. */
const VARIED_SHARE = 0.25;

export interface Allotment {
  readonly kept: number;
  readonly varied: number;
  readonly swapped: number;
  readonly drawn: number;
}

/**
 * @param items of the class
 * @param has films that what is rare can be kept in, and accepted results that can be made again
 * @param swaps share of what is left that is borrowed from donors
 */
export function allotted(
  items: number,
  has: { readonly keepable: number; readonly accepted: number },
  swaps: number,
): Allotment {
  const kept = Math.min(has.keepable, Math.floor(KEPT_SHARE * items));
  const varied = has.accepted === 0 ? 0 : Math.min(items - kept, Math.floor(VARIED_SHARE * items));
  const left = items - kept - varied;
  const swapped = Math.round(swaps * left);
  return { kept, varied, swapped, drawn: left - swapped };
}
