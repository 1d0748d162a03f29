/** The reference of real lungs that the release carries; reference.json is written by `node bench/realism.mjs fit`. */

import type { RealismTable } from './distance';
import packed from './reference.json';

export const REFERENCE: RealismTable = {
  ...packed,
  // The lower half, as it is the same above.
  precision: packed.precision.map((row, i) => packed.precision.map((other, j) => (j <= i ? row[j] : other[i]) ?? 0)),
};
