/**
 * Text that is burned into pixels is covered: boxes set to black in every frame. Uncompressed values are changed where they lie,
 * all others stay as they are bit for bit; what is compressed is written anew without compression.
 */

import type { Box } from '../../imaging/box';
import { blackOf, clipped, withBoxes } from '../../imaging/cover';
import { joinedBytes } from '../../imaging/bytes';
import { storedRange, type LossyCompression, type StoredPixels } from '../../imaging/radiograph';
import type { DicomDataSet } from '../data-set';
import { framesIn, holdsMoreThan } from '../frames';
import { readGreyLevels } from '../grey-levels';
import { lossOf, readLossy } from '../lossy';
import { readStoredPixels } from '../pixel-data';
import { readPixelModule, type PixelModule } from '../pixel-module';
import { TAG } from '../tags';
import { transferSyntax } from '../transfer-syntax';
import { NotDeidentifiedError } from './errors';

function framesInWords(count: number): string {
  return count === 1 ? 'its one frame' : `its ${String(count)} frames`;
}
const REST =
  'the rest was covered in the same places, and no viewer shows it: look at it otherwise, or leave the file out';

export interface Covered {
  readonly pixelData: Uint8Array;
  /** Absent: the pixels were not compressed, and are as they were. */
  readonly decoded?: { readonly module: PixelModule; readonly lossy?: LossyCompression | undefined };
  /** How many frames there are, where the file says otherwise. */
  readonly frames?: number | undefined;
  readonly warnings: readonly string[];
}

/**
 * @param boxes in pixels of the picture as it is stored, from its first row and column
 * @param pixels the value of the pixel data, where it is not compressed
 * @throws NotDeidentifiedError where they cannot be covered, and what reading pixels throws
 */
export async function covered(
  dataSet: DicomDataSet,
  pixels: Uint8Array,
  boxes: readonly Box[],
  name: string,
): Promise<Covered> {
  if (/^PALETTE/i.test(dataSet.text(TAG.photometricInterpretation) ?? ''))
    throw new NotDeidentifiedError(name, 'boxes cannot be drawn into a palette');
  const module = readPixelModule(dataSet, name);
  const { width, height, samples, bitsAllocated } = module;
  const outside = boxes.find((box) => clipped(box, width, height) === undefined);
  if (outside)
    throw new NotDeidentifiedError(
      name,
      `the box at ${String(outside.x)}, ${String(outside.y)} lies beyond its ${String(width)} × ${String(height)} pixels`,
    );
  const { count } = framesIn(dataSet, module);
  const [stated = count] = dataSet.decimals(TAG.numberOfFrames);
  const syntax = transferSyntax(dataSet.transferSyntax);
  if (syntax?.encoding === undefined) throw new NotDeidentifiedError(name, 'its compression cannot be read');
  const { encoding } = syntax;
  if (encoding === 'native') {
    const size = (width * height * samples * bitsAllocated) / 8;
    if (pixels.length < size) throw new NotDeidentifiedError(name, 'its pixel data ends before its picture does');
    const black = samples === 3 ? 0 : await blackCell(dataSet, module, count, name);
    return {
      pixelData: coveredCells(pixels, module, boxes, black),
      frames: stated > count ? count : undefined,
      // A byte more makes an odd length even.
      warnings:
        pixels.length > count * size + 1 ? [`its pixel data holds more than ${framesInWords(count)}: ${REST}`] : [],
    };
  }
  if (holdsMoreThan(dataSet, count))
    throw new NotDeidentifiedError(name, `its pixel data holds more than ${framesInWords(count)}`);
  if (samples === 3) throw new NotDeidentifiedError(name, 'boxes cannot be drawn into colours that are compressed');
  const frames: Uint8Array[] = [];
  let lost = false;
  for (let number = 1; number <= count; number++) {
    const frame = await readStoredPixels(dataSet, module, { number, count }, encoding, name);
    lost ||= frame.lossy;
    const black = blackIn(dataSet, module, frame.pixels, number);
    const cells = withBoxes(frame.pixels, width, boxes, black);
    frames.push(
      module.bitsAllocated === 8
        ? Uint8Array.from(cells)
        : new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength),
    );
  }
  const lossy = lost ? readLossy(dataSet, lossOf(syntax, dataSet, module, count)) : undefined;
  return {
    pixelData: joinedBytes(frames),
    decoded: { module, lossy },
    frames: stated === count ? undefined : count,
    warnings: [],
  };
}

function blackIn(dataSet: DicomDataSet, module: PixelModule, pixels: StoredPixels, frame = 1): number {
  return blackOf({
    ...module,
    ...readGreyLevels(dataSet, module, pixels, frame),
    id: '',
    name: '',
    format: 'dicom',
    synthetic: false,
  });
}

/** Cells as they lie, in all pictures and planes of colours (of which 0 is black) that there are, whatever number is stated. */
function coveredCells(
  pixels: Uint8Array,
  { width, height, bitsAllocated, samples, planar }: PixelModule,
  boxes: readonly Box[],
  value: number,
): Uint8Array {
  const bytes = bitsAllocated / 8;
  // Samples side by side are one wide row; planes follow each other as frames do.
  const step = samples === 3 && !planar ? 3 : 1;
  const picture = width * height * step * bytes;
  const copy = pixels.slice();
  const view = new DataView(copy.buffer);
  for (let start = 0; start < copy.length; start += picture) {
    for (const box of boxes) {
      const inside = clipped(box, width, height);
      for (let y = inside?.y ?? 0; inside && y < inside.y + inside.height; y++) {
        const from = (y * width + inside.x) * step;
        for (let cell = from; cell < from + inside.width * step; cell++) {
          const at = start + cell * bytes;
          // The last picture may be cut.
          if (at + bytes > copy.length) break;
          if (bytes === 1) view.setUint8(at, value);
          else if (bytes === 2) view.setUint16(at, value, true);
          else view.setUint32(at, value, true);
        }
      }
    }
  }
  return copy;
}

/** By how the first frame is shown. */
async function blackCell(dataSet: DicomDataSet, module: PixelModule, count: number, name: string): Promise<number> {
  const { pixels } = await readStoredPixels(dataSet, module, { number: 1, count }, 'native', name);
  const bitsStored = Math.min(16, module.bitsStored);
  const [least] = storedRange({ ...module, bitsStored });
  const isLeast = blackIn(dataSet, { ...module, bitsStored }, pixels) === least;
  // The ends of what is really stored, which may be 32 bits.
  const [low, high] = storedRange(module);
  return cellOf(isLeast ? low : high, module.bitsStored, module.highBit);
}

/** Bits of a cell, those that the image leaves cleared. */
function cellOf(value: number, bitsStored: number, highBit: number): number {
  const shift = highBit + 1 - bitsStored;
  return bitsStored === 32 ? value >>> 0 : ((value & (2 ** bitsStored - 1)) << shift) >>> 0;
}
