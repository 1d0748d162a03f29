/** What the columns of the table hold. */

import { FINDINGS, ZONES } from '../../findings/vocabulary';

const INTEGERS: readonly string[] = ['native_w', 'native_h', 'seed'];
// Three-valued, so blank is not a number that every reader takes for a whole one.
const FLOATS: readonly string[] = [
  ...FINDINGS,
  ...ZONES.map((zone) => `opacity_${zone}`),
  ...FINDINGS.map((finding) => `read_${finding}`),
];

/** Of a column of the table, as schema.org calls it. */
export function typeOf(column: string): 'sc:Integer' | 'sc:Float' | 'sc:Text' {
  return INTEGERS.includes(column) ? 'sc:Integer' : FLOATS.includes(column) ? 'sc:Float' : 'sc:Text';
}
