/** The recipe inside a DICOM file that `writeCounterfactual` wrote, wherever an archive has moved its private block. */

import { latin1 } from '../imaging/png-chunks';
import { parseDataSet } from './data-set';
import { PRIVATE_CREATOR } from './private-block';

/** The creator stands behind the general attributes, which are few kilobytes: further on nobody looks for it. */
const NEAR_THE_START = 1 << 16;

/** JSON, as it is in the file; undefined where there is none. Never throws. */
export function recipeTextOf(bytes: Uint8Array, name: string): string | undefined {
  if (!latin1(bytes.subarray(0, NEAR_THE_START)).includes(PRIVATE_CREATOR)) return undefined;
  try {
    const dataSet = parseDataSet(bytes, name)?.dataSet;
    // A creator (0009,00xx) reserves the elements (0009,xx00) to (0009,xxFF) (PS3.5 section 7.8.1).
    for (let block = 0x10; block <= 0xff; block++) {
      const number = block.toString(16);
      if (dataSet?.text(`x000900${number}`) !== PRIVATE_CREATOR) continue;
      const text = dataSet.encoded(`x0009${number}01`);
      if (text !== undefined) return new TextDecoder().decode(text).replace(/[\0 ]+$/, '');
    }
  } catch {
    // Whoever opens the file says what is wrong with it.
  }
  return undefined;
}
