/** PALETTE COLOR (PS3.3 C.7.6.3.1.5 and .6): indices into three tables, which for a radiograph hold grey. */

import { greyFromChannels } from '../imaging/grey';
import type { GreyTable } from '../imaging/grey-table';
import type { Radiograph, StoredPixels } from '../imaging/radiograph';
import { fullWindow } from '../imaging/window';
import type { DicomDataSet } from './data-set';
import { UnsupportedPhotometricError } from './errors';
import { readTable } from './lut';
import { TAG } from './tags';

const TABLES = [
  [TAG.redPaletteDescriptor, TAG.redPaletteData],
  [TAG.greenPaletteDescriptor, TAG.greenPaletteData],
  [TAG.bluePaletteDescriptor, TAG.bluePaletteData],
] as const;

type Grey = Pick<
  Radiograph,
  'pixels' | 'bitsStored' | 'signed' | 'rescaleSlope' | 'rescaleIntercept' | 'window' | 'notes'
>;

/**
 * The luminance that the indices stand for, of 8 or 16 bits as the tables have; window and rescale do not apply to it.
 * @throws ColourImageError where it is no grey, UnsupportedPhotometricError without tables, or with segmented ones
 */
export function greyOfPalette(dataSet: DicomDataSet, indices: StoredPixels, signed: boolean, name: string): Grey {
  const tables = TABLES.map(([descriptor, data]) => readTable(dataSet, descriptor, data, signed));
  const [red, green, blue] = tables;
  if (!red || !green || !blue) throw new UnsupportedPhotometricError(name, 'PALETTE COLOR without whole tables');
  const bitsStored = Math.max(red.bits, green.bits, blue.bits) > 8 ? 16 : 8;
  const colours = bitsStored === 8 ? new Uint8Array(3 * indices.length) : new Uint16Array(3 * indices.length);
  [red, green, blue].forEach((table, channel) => {
    const own = table.bits > 8 || bitsStored === 8 ? 1 : 257;
    for (let i = 0; i < indices.length; i++) colours[3 * i + channel] = own * entryAt(table, indices[i] as number);
  });
  const { samples, notes } = greyFromChannels(colours, 3, name);
  const plain = { pixels: samples, bitsStored, signed: false, rescaleSlope: 1, rescaleIntercept: 0 };
  return { ...plain, window: fullWindow(plain), notes: ['Grey was read from the file’s palette.', ...notes] };
}

/** Indices beyond the table's ends have the entry of that end. */
function entryAt({ first, entries }: GreyTable, index: number): number {
  return entries[Math.min(entries.length - 1, Math.max(0, index - first))] as number;
}
