import * as units from '../../messages/en/units';
import { fixed } from '../../messages/numbers';

/** Bytes in words: "0.4 MB", "12 MB", "3.2 GB". */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  if (value >= 1000) return units.gigabytes({ value: fixed(value / 1000, 1) });
  return units.megabytes({ value: fixed(value, value < 10 ? 1 : 0) });
}
