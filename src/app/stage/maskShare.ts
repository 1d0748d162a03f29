import { countNonZero } from '../../imaging/mask-words';
import type { Mask } from '../../imaging/radiograph';
import * as units from '../../messages/en/units';
import { fixed, percent } from '../../messages/numbers';

const LEAST = 0.001;

/** Masks never change, and counting ten million pixels at every drawing of the screen would be felt. */
const known = new WeakMap<Uint8Array, string>();

/** How much of the picture a mask covers: "4.2 %". */
export function maskShare({ data }: Pick<Mask, 'data'>): string {
  const share = known.get(data) ?? count(data);
  known.set(data, share);
  return share;
}

function count(data: Uint8Array): string {
  const share = countNonZero(data) / data.length;
  return share > 0 && share < LEAST ? units.lessPercent({ value: fixed(100 * LEAST, 1) }) : percent(share, 1);
}
