import type { Mask } from '../../imaging/radiograph';

/** Masks never change, and counting ten million pixels at every drawing of the screen would be felt. */
const known = new WeakMap<Uint8Array, string>();

/** How much of the picture a mask covers: "4.2 %". */
export function maskShare({ data }: Pick<Mask, 'data'>): string {
  const share = known.get(data) ?? count(data);
  known.set(data, share);
  return share;
}

function count(data: Uint8Array): string {
  let covered = 0;
  for (const value of data) if (value > 0) covered++;
  const percent = (100 * covered) / data.length;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}
