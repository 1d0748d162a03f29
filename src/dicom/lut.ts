/** Reads and writes the items of LUT sequences (PS3.3 C.11.1.1 and C.11.2.1.1). */

import type { GreyTable } from '../imaging/grey-table';
import type { DicomDataSet } from './data-set';
import type { Attributes } from './encode';
import { TAG } from './tags';

/** The table of the first item of a LUT sequence; undefined when there is none or it is ill-formed. */
export function readLut(dataSet: DicomDataSet, sequence: string, signedInput: boolean): GreyTable | undefined {
  const item = dataSet.firstItem(sequence);
  return item && readTable(item, TAG.lutDescriptor, TAG.lutData, signedInput);
}

/** A table by its descriptor and data; undefined when it is missing or ill-formed. */
export function readTable(
  item: DicomDataSet,
  descriptor: string,
  entriesIn: string,
  signedInput: boolean,
): GreyTable | undefined {
  // 0 stands for 65536 entries (C.11.1.1).
  const stated = item.unsigned(descriptor, 0);
  const count = stated === 0 ? 65536 : stated;
  const first = signedInput ? item.signed(descriptor, 1) : item.unsigned(descriptor, 1);
  const data = item.element(entriesIn);
  if (count === undefined || first === undefined || !data || count < 2 || data.length < count) return undefined;
  const entries =
    data.length >= 2 * count
      ? Array.from({ length: count }, (_, i) => item.unsigned(entriesIn, i) ?? 0)
      : Array.from(item.bytes.subarray(data.dataOffset, data.dataOffset + count));
  return { first, bits: bitsOf(item.unsigned(descriptor, 2), entries), entries };
}

/** The stated bits where they can hold the entries, else as many as those take. */
function bitsOf(stated: number | undefined, entries: readonly number[]): number {
  const greatest = entries.reduce((a, b) => Math.max(a, b), 0);
  if (stated !== undefined && stated >= 1 && stated <= 16 && greatest < 2 ** stated) return stated;
  return Math.max(8, Math.ceil(Math.log2(greatest + 1)));
}

/** A table of grey with 8 or 16 bits, which are all that an image other than a DX may have in its VOI LUT; greys move by less than 1e-5. */
export function withCommonBits(table: GreyTable): GreyTable {
  if (table.bits === 8 || table.bits === 16) return table;
  const scale = 65535 / (2 ** table.bits - 1);
  return { ...table, bits: 16, entries: Array.from(table.entries, (entry) => Math.round(entry * scale)) };
}

/** An item of a LUT sequence, entries as 16-bit words. */
export function lutItem({ first, bits, entries }: GreyTable): Attributes {
  const words = new DataView(new ArrayBuffer(2 * entries.length));
  entries.forEach((entry, i) => {
    words.setUint16(2 * i, entry, true);
  });
  // The number of entries is unsigned, and 65536 is written as 0, whatever the sign of the second value.
  const descriptor = [entries.length & 0xffff, first & 0xffff, bits];
  return {
    '00283002': first < 0 ? ['SS', descriptor] : ['US', descriptor],
    '00283006': ['OW', new Uint8Array(words.buffer)],
  };
}
