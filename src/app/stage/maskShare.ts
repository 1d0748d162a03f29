import type { Mask } from '../../imaging/radiograph';

/** How much of the picture a mask covers: "4.2 %". */
export function maskShare({ data }: Pick<Mask, 'data'>): string {
  let covered = 0;
  for (const value of data) if (value > 0) covered++;
  const percent = (100 * covered) / data.length;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}
