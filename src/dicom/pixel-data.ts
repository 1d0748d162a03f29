/** The pixel data element (PS3.5 section 8 and annex A.4) to stored values. */

import type { FrameOfFile, StoredPixels } from '../imaging/radiograph';
import { CorruptImageError, TruncatedImageError, UnsupportedImageError } from '../imaging/errors';
import { greyFromChannels, type GreySamples } from '../imaging/grey';
import { decodeJpeg } from '../imaging/jpeg/decode';
import { findFrame } from '../imaging/jpeg/frame';
import type { DicomDataSet } from './data-set';
import {
  CorruptDicomError,
  NoPixelDataError,
  PixelDataTooShortError,
  TruncatedDicomError,
  UnsupportedBitsError,
} from './errors';
import { fragmentsOf } from './frames';
import type { PixelModule } from './pixel-module';
import { decodeRle } from './rle';
import { TAG } from './tags';
import type { PixelEncoding } from './transfer-syntax';

/** Pixel cells before masking and sign extension. */
export type Cells = Uint8Array | Uint16Array;

/** Stored values, and whether their own encoding has lost something. */
export interface StoredFrame {
  readonly pixels: StoredPixels;
  readonly lossy: boolean;
  readonly notes: readonly string[];
}

/**
 * The stored values of a frame: bits beyond BitsStored removed, signed values sign-extended.
 * @param frame which one of how many, from 1
 * @throws NoPixelDataError, PixelDataTooShortError, TruncatedDicomError, CorruptDicomError, UnsupportedImageError
 */
export async function readStoredPixels(
  dataSet: DicomDataSet,
  module: PixelModule,
  frame: FrameOfFile,
  encoding: PixelEncoding,
  name: string,
): Promise<StoredFrame> {
  const element = dataSet.element(TAG.pixelData);
  if (!element || element.length === 0) throw new NoPixelDataError(name);
  const encapsulated = element.encapsulatedPixelData === true;
  if (encapsulated !== (encoding !== 'native')) {
    throw new CorruptDicomError(
      name,
      encapsulated
        ? 'its pixels are compressed although it says they are not'
        : 'its pixels are not compressed although it says they are',
    );
  }
  const native = encoding === 'native';
  if (native && module.bitsAllocated === 32)
    return { pixels: wideValues(dataSet, module, frame.number, name), lossy: false, notes: [] };
  const { cells, lossy } = native
    ? { cells: nativeCells(dataSet, module, frame.number, name), lossy: false }
    : await decodedCells(encoding, encodedFrame(dataSet, frame, name), module, name);
  const grey =
    module.samples === 1 ? { samples: cells, notes: [] } : greyOf(cells, native && module.planar, module, name);
  return { pixels: storedValues(grey.samples, module), lossy, notes: grey.notes };
}

async function decodedCells(
  encoding: Exclude<PixelEncoding, 'native'>,
  stream: Uint8Array,
  module: PixelModule,
  name: string,
): Promise<{ readonly cells: Cells; readonly lossy: boolean }> {
  switch (encoding) {
    case 'rle':
      if (module.samples === 3 || module.bitsAllocated === 32)
        throw new UnsupportedImageError(name, 'run lengths of colour or of 32 bits');
      return { cells: decodeRle(stream, module.width * module.height, module.bitsAllocated, name), lossy: false };
    case 'jpeg':
      return jpegCells(stream, module, name);
    default: {
      const { codecCells } = await import('./codecs/cells');
      return codecCells(encoding, stream, module, name);
    }
  }
}

function nativeCells(dataSet: DicomDataSet, module: PixelModule, frame: number, name: string): Cells {
  const { bitsAllocated } = module;
  const { bytes, from, to } = nativeBytes(dataSet, module, frame, name);
  // Big endian: 16-bit words, also where they hold two 8-bit pixels each (unless VR is OB).
  if (dataSet.bigEndian && (bitsAllocated === 16 || dataSet.element(TAG.pixelData)?.vr !== 'OB')) swapPairs(bytes);
  return bitsAllocated === 8 ? bytes.subarray(from, to) : littleEndianWords(bytes);
}

/** A copy of the words that a frame lies in: it begins and ends where `from` and `to` say. */
function nativeBytes(
  dataSet: DicomDataSet,
  { width, height, bitsAllocated, samples }: PixelModule,
  frame: number,
  name: string,
): { readonly bytes: Uint8Array; readonly from: number; readonly to: number } {
  const { dataOffset = 0, length: stated = 0 } = dataSet.element(TAG.pixelData) ?? {};
  const size = (width * height * samples * bitsAllocated) / 8;
  const [start, expected] = [(frame - 1) * size, frame * size];
  // A stated length may go beyond the file, and the image still be there.
  const length = Math.min(stated, dataSet.bytes.length - dataOffset);
  if (length < expected && length < stated) throw new TruncatedDicomError(name);
  if (length < expected) throw new PixelDataTooShortError(name, width, height, expected, length);
  const from = start % 2;
  const bytes = dataSet.bytes.slice(dataOffset + start - from, dataOffset + expected + (expected % 2));
  return { bytes, from, to: from + size };
}

/** Values of 32 bits that fit into 16, as most that are stored so do. @throws UnsupportedBitsError for others */
function wideValues(dataSet: DicomDataSet, module: PixelModule, frame: number, name: string): StoredPixels {
  const { bytes } = nativeBytes(dataSet, module, frame, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bitsStored, highBit, signed, width, height } = module;
  const out = signed ? new Int16Array(width * height) : new Uint16Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const raised = view.getUint32(4 * i, !dataSet.bigEndian) << (31 - highBit);
    const value = signed ? raised >> (32 - bitsStored) : raised >>> (32 - bitsStored);
    out[i] = value;
    if (out[i] !== value) throw new UnsupportedBitsError(name, '32', `values of more than 16 bits in ${bitsStored}`);
  }
  return out;
}

/** @throws ColourImageError where the colours differ */
function greyOf(cells: Cells, planar: boolean, { width, height }: PixelModule, name: string): GreySamples {
  if (cells.length === width * height) return { samples: cells, notes: [] };
  const plane = width * height;
  const interleaved = planar ? cells.map((_, i) => cells[(i % 3) * plane + Math.floor(i / 3)] as number) : cells;
  return greyFromChannels(interleaved, 3, name);
}

function swapPairs(bytes: Uint8Array): void {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const first = bytes[i] as number;
    bytes[i] = bytes[i + 1] as number;
    bytes[i + 1] = first;
  }
}

function littleEndianWords(bytes: Uint8Array): Uint16Array {
  const words = new Uint16Array(bytes.length >> 1);
  for (let i = 0; i < words.length; i++) words[i] = (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8);
  return words;
}

/** All fragments of a frame, joined (PS3.5 A.4). */
function encodedFrame(dataSet: DicomDataSet, { number, count }: FrameOfFile, name: string): Uint8Array {
  const fragments = fragmentsOf(dataSet, number, count, name);
  if (fragments.length === 0) throw new NoPixelDataError(name);
  const { bytes } = dataSet;
  if (fragments.some(({ position, length }) => position + length > bytes.length)) throw new TruncatedDicomError(name);
  const [first] = fragments;
  if (fragments.length === 1 && first) return bytes.subarray(first.position, first.position + first.length);
  const joined = new Uint8Array(fragments.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { position, length } of fragments) {
    joined.set(bytes.subarray(position, position + length), at);
    at += length;
  }
  return joined;
}

function jpegCells(
  stream: Uint8Array,
  { width, height, bitsAllocated, samples }: PixelModule,
  name: string,
): { readonly cells: Cells; readonly lossy: boolean } {
  try {
    const { data } = decodeJpeg(stream, name, (frame) => {
      if (frame.width !== width || frame.height !== height) {
        throw new CorruptDicomError(
          name,
          `it states ${width} × ${height} pixels, its JPEG ${frame.width} × ${frame.height}`,
        );
      }
      if (frame.components.length !== samples && frame.components.length !== 1)
        throw new CorruptDicomError(name, 'its JPEG is in colour although it says it is not');
      if (frame.precision > bitsAllocated) throw new CorruptDicomError(name, 'its JPEG has more bits than it says');
    });
    return { cells: data, lossy: findFrame(stream, name).process !== 'lossless' };
  } catch (error) {
    if (error instanceof TruncatedImageError) throw new TruncatedDicomError(name, { cause: error });
    if (error instanceof CorruptImageError)
      throw new CorruptDicomError(name, 'its JPEG data cannot be read', { cause: error });
    throw error;
  }
}

function storedValues(cells: Cells, { bitsAllocated, bitsStored, highBit, signed }: PixelModule): StoredPixels {
  const shift = highBit + 1 - bitsStored;
  if (!signed && shift === 0 && bitsStored === bitsAllocated && cells.BYTES_PER_ELEMENT * 8 === bitsAllocated)
    return cells;
  const mask = 2 ** bitsStored - 1;
  const spare = 32 - bitsStored;
  // By what the header allocates: a JPEG of 8 bits may lie in a file that keeps 12.
  const out = signed
    ? new Int16Array(cells.length)
    : bitsAllocated === 8
      ? new Uint8Array(cells.length)
      : new Uint16Array(cells.length);
  for (let i = 0; i < out.length; i++) {
    const value = ((cells[i] as number) >> shift) & mask;
    out[i] = signed ? (value << spare) >> spare : value;
  }
  return out;
}
