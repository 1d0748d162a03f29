/** Lookup tables of the modality and VOI LUT modules (PS3.3 C.11.1 and C.11.2). */

import type { DicomDataSet } from './data-set';
import { TAG } from './tags';

export class LookupTable {
  /** @param first input value of the first entry; smaller inputs take it too, larger ones than the last take the last */
  constructor(
    readonly first: number,
    readonly entries: readonly number[],
  ) {}

  /** Whether the table ends lower than it begins: it shows the negative of what it is given. */
  get falls(): boolean {
    return (this.entries.at(-1) ?? 0) < (this.entries[0] ?? 0);
  }

  /**
   * The lower and the upper input between which outputs go from `low` to `high` (in a falling table: from `high` to
   * `low`); undefined for a table that does neither.
   */
  inputRange(low: number, high: number): readonly [number, number] | undefined {
    if (this.falls) {
      const mirrored = new LookupTable(0, this.entries.toReversed()).inputRange(low, high);
      const end = this.first + this.entries.length - 1;
      return mirrored && [end - mirrored[1], end - mirrored[0]];
    }
    const from = this.entries.findIndex((value) => value >= low);
    const to = this.entries.findIndex((value) => value >= high);
    const last = to < 0 ? this.entries.length - 1 : to;
    return from >= 0 && from < last ? [this.first + from, this.first + last] : undefined;
  }

  /** The line through 10 % and 90 % of the output: inputs at which it is 0 and 1. Undefined for a table that neither rises nor falls. */
  linearRange(): readonly [number, number] | undefined {
    const least = this.entries.reduce((a, b) => Math.min(a, b), Infinity);
    const span = this.entries.reduce((a, b) => Math.max(a, b), -Infinity) - least;
    const middle = this.inputRange(least + 0.1 * span, least + 0.9 * span);
    if (!middle) return undefined;
    const tail = (middle[1] - middle[0]) / 8;
    return [middle[0] - tail, middle[1] + tail];
  }
}

/** The table of the first item of a LUT sequence; undefined when there is none or it is ill-formed. */
export function readLut(dataSet: DicomDataSet, sequence: string, signedInput: boolean): LookupTable | undefined {
  const item = dataSet.firstItem(sequence);
  if (!item) return undefined;
  // 0 stands for 65536 entries (C.11.1.1).
  const stated = item.unsigned(TAG.lutDescriptor, 0);
  const count = stated === 0 ? 65536 : stated;
  const first = signedInput ? item.signed(TAG.lutDescriptor, 1) : item.unsigned(TAG.lutDescriptor, 1);
  const data = item.element(TAG.lutData);
  if (count === undefined || first === undefined || !data || count < 2) return undefined;
  if (data.length >= 2 * count) {
    return new LookupTable(
      first,
      Array.from({ length: count }, (_, i) => item.unsigned(TAG.lutData, i) ?? 0),
    );
  }
  if (data.length < count) return undefined;
  return new LookupTable(first, Array.from(item.bytes.subarray(data.dataOffset, data.dataOffset + count)));
}
