/** The first image file directory of a TIFF (TIFF 6.0, section 2), as far as a grey picture needs it. Nothing in it is believed before it was held against the file. */

import { CorruptImageError, TruncatedImageError, UnsupportedImageError } from '../errors';

/** Tags by number, each with the value that counts where it is absent. */
const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
} as const;

/** Bytes of a value: BYTE, ASCII, SHORT, LONG. Values of other types are none that are read here. */
const BYTES: Readonly<Record<number, 1 | 2 | 4>> = { 1: 1, 3: 2, 4: 4 };

/** Strips and tiles: more would be smaller than a row of the smallest picture. */
const MAX_VALUES = 1 << 17;

export interface TiffDirectory {
  readonly littleEndian: boolean;
  /** More pictures follow. */
  readonly several: boolean;
  /** All values of a tag; none where it is absent. @throws TruncatedImageError, CorruptImageError */
  readonly values: (tag: keyof typeof TAG) => readonly number[];
  /** The first value, or what counts where there is none. */
  readonly value: (tag: keyof typeof TAG, otherwise: number) => number;
}

/** @throws TruncatedImageError, CorruptImageError, UnsupportedImageError */
export function readDirectory(bytes: Uint8Array, name: string): TiffDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 73;
  if (view.getUint16(2, littleEndian) === 43) throw new UnsupportedImageError(name, 'BigTIFF');
  const within = (at: number, length: number): void => {
    if (at + length > bytes.length) throw new TruncatedImageError(name, 'TIFF');
  };
  within(4, 4);
  const start = view.getUint32(4, littleEndian);
  within(start, 2);
  const count = view.getUint16(start, littleEndian);
  within(start + 2, 12 * count + 4);
  const entries = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = start + 2 + 12 * i;
    entries.set(view.getUint16(at, littleEndian), at);
  }

  const values = (tag: keyof typeof TAG): readonly number[] => {
    const entry = entries.get(TAG[tag]);
    const size = entry === undefined ? undefined : BYTES[view.getUint16(entry + 2, littleEndian)];
    if (entry === undefined || size === undefined) return [];
    const length = view.getUint32(entry + 4, littleEndian);
    if (length > MAX_VALUES) throw new CorruptImageError(name, 'TIFF', `it has ${String(length)} values of one tag`);
    const at = length * size <= 4 ? entry + 8 : view.getUint32(entry + 8, littleEndian);
    within(at, length * size);
    const read = { 1: 'getUint8', 2: 'getUint16', 4: 'getUint32' } as const;
    return Array.from({ length }, (_, i) => view[read[size]](at + i * size, littleEndian));
  };
  return {
    littleEndian,
    several: view.getUint32(start + 2 + 12 * count, littleEndian) !== 0,
    values,
    value: (tag, otherwise) => values(tag)[0] ?? otherwise,
  };
}
