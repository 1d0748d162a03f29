/** Radiographs from TIFF files: 8 and 16 bits, grey or with channels that agree, strips or tiles. */

import { checkSize, CorruptImageError, TruncatedImageError, UnsupportedImageError } from './errors';
import { greyFromChannels } from './grey';
import { newRadiographId, type Radiograph, type StoredPixels } from './radiograph';
import { readDirectory, type TiffDirectory } from './tiff/directory';
import { UNPACK, type Unpacked } from './tiff/unpack';
import { autoWindow, fullWindow } from './window';

const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
const PALETTE = 3;

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bits: 8 | 16;
  /** Samples a pixel. */
  readonly samples: number;
  readonly signed: boolean;
  readonly photometric: number;
  readonly compression: number;
  /** Each sample is the difference from the one before it in its row. */
  readonly differences: boolean;
}

/**
 * The first picture of a TIFF. White-is-zero is MONOCHROME1, as it is stored.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export function decodeTiff(bytes: Uint8Array, name: string): Radiograph {
  const directory = readDirectory(bytes, name);
  const layout = layoutOf(directory, name);
  const { width, height, bits, samples, signed, photometric } = layout;
  const values = valuesOf(bytes, directory, layout, name);
  const channels = photometric === PALETTE ? coloured(values, directory, name) : { data: values, count: samples };
  const grey = greyFromChannels(channels.data, channels.count, name);
  const pixels: StoredPixels = signed ? Int16Array.from(grey.samples, (value) => (value << 16) >> 16) : grey.samples;
  const plain = {
    id: newRadiographId(),
    name,
    format: 'tiff',
    width,
    height,
    pixels,
    bitsStored: bits,
    signed,
    photometricInterpretation: photometric === WHITE_IS_ZERO ? 'MONOCHROME1' : 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    synthetic: false,
    notes: [...(directory.several ? ['The file holds several pictures; the first is shown.'] : []), ...grey.notes],
  } as const;
  return { ...plain, window: bits === 8 ? fullWindow(plain) : autoWindow(plain) };
}

function layoutOf({ value, values }: TiffDirectory, name: string): Layout {
  const [width, height] = [value('width', 0), value('height', 0)];
  checkSize(name, width, height);
  const samples = value('samples', 1);
  const photometric = value('photometric', BLACK_IS_ZERO);
  const bits = value('bits', 1);
  const format = value('sampleFormat', 1);
  const compression = value('compression', 1);
  const predictor = value('predictor', 1);
  const expected = photometric === RGB ? [3, 4] : photometric === PALETTE ? [1] : [1, 2];
  const refused: readonly (readonly [is: boolean, what: string])[] = [
    [photometric > PALETTE, `the colour model ${String(photometric)}`],
    [!expected.includes(samples), `${String(samples)} samples a pixel`],
    [
      (bits !== 8 && bits !== 16) || values('bits').some((each) => each !== bits),
      `${(values('bits').length > 0 ? values('bits') : [bits]).join(', ')} bits a sample`,
    ],
    [photometric === PALETTE && bits !== 8, 'a palette of other than 8 bits'],
    [format === 3, 'floating point numbers'],
    [format !== 1 && (format !== 2 || bits !== 16 || samples !== 1), `the sample format ${String(format)}`],
    [UNPACK[compression] === undefined, `the compression ${String(compression)}`],
    [predictor !== 1 && predictor !== 2, `the predictor ${String(predictor)}`],
    [value('fillOrder', 1) !== 1, 'a reversed order of bits'],
    [value('orientation', 1) !== 1, 'a picture that is stored turned'],
    [samples > 1 && value('planar', 1) !== 1, 'a plane for each colour'],
  ];
  const reason = refused.find(([is]) => is)?.[1];
  if (reason !== undefined) throw new UnsupportedImageError(name, `${reason} in a TIFF`);
  return {
    width,
    height,
    bits: bits === 8 ? 8 : 16,
    samples,
    signed: format === 2,
    photometric,
    compression,
    differences: predictor === 2,
  };
}

/** Bytes that may be unfolded beyond twice the picture's: tiles may be larger than a narrow picture. */
const SPARE = 1 << 26;

/** Samples row by row, those of a pixel side by side. */
function valuesOf(bytes: Uint8Array, directory: TiffDirectory, layout: Layout, name: string): Uint8Array | Uint16Array {
  const { width, height, bits, samples, compression } = layout;
  const tiled = directory.values('tileOffsets').length > 0;
  // A strip is a tile as wide as the picture.
  const tileWidth = tiled ? directory.value('tileWidth', 0) : width;
  const tileHeight = tiled ? directory.value('tileHeight', 0) : directory.value('rowsPerStrip', height);
  const least = tiled ? 16 : 1;
  if (tileWidth < least || tileHeight < least)
    throw new CorruptImageError(name, 'TIFF', 'the size of its tiles makes no sense');
  const across = Math.ceil(width / tileWidth);
  const count = across * Math.ceil(height / tileHeight);
  const offsets = directory.values(tiled ? 'tileOffsets' : 'stripOffsets');
  const lengths = directory.values(tiled ? 'tileBytes' : 'stripBytes');
  if (offsets.length < count) throw new CorruptImageError(name, 'TIFF', 'parts of its picture are missing');
  const perPixel = (samples * bits) / 8;
  // Many parts may lie in one place, each of which unfolds to much.
  const room = 2 * width * height * perPixel + SPARE;
  const tooMuch = (): Error => new CorruptImageError(name, 'TIFF', 'its parts unfold to more than its picture');
  if (across * tileWidth * height * perPixel > room) throw tooMuch();
  let unfolded = 0;
  const out = bits === 8 ? new Uint8Array(width * height * samples) : new Uint16Array(width * height * samples);
  for (let part = 0; part < count; part++) {
    const [x, top] = [(part % across) * tileWidth, Math.floor(part / across) * tileHeight];
    // Of the last no more than what is left of the picture.
    const rows = Math.min(tileHeight, height - top);
    const offset = offsets[part] as number;
    const length = lengths[part] ?? (count === 1 ? bytes.length - offset : 0);
    if (offset + length > bytes.length) throw new TruncatedImageError(name, 'TIFF');
    const packed = bytes.subarray(offset, offset + length);
    const unpacked = unpack(packed, compression, tileWidth * rows * perPixel, name);
    unfolded += unpacked.unfolded;
    if (unfolded > room) throw tooMuch();
    const row = tileWidth * samples;
    const values = bits === 8 ? unpacked.bytes : wordsOf(unpacked.bytes, directory.littleEndian);
    // A copy where the bytes are the file's own.
    const own = layout.differences
      ? summed(bits === 8 && unpacked.shared ? values.slice() : values, row, samples)
      : values;
    const taken = Math.min(tileWidth, width - x) * samples;
    for (let y = 0; y < rows; y++) out.set(own.subarray(y * row, y * row + taken), ((top + y) * width + x) * samples);
  }
  return out;
}

function unpack(packed: Uint8Array, compression: number, length: number, name: string): Unpacked {
  let out: Unpacked | undefined;
  try {
    out = UNPACK[compression]?.(packed, length);
  } catch (cause) {
    throw new CorruptImageError(name, 'TIFF', 'its compressed data cannot be read', { cause });
  }
  if (out === undefined || out.bytes.length < length) throw new TruncatedImageError(name, 'TIFF');
  return out;
}

function wordsOf(bytes: Uint8Array, littleEndian: boolean): Uint16Array {
  const words = new Uint16Array(bytes.length >> 1);
  const high = littleEndian ? 1 : 0;
  for (let i = 0; i < words.length; i++)
    words[i] = ((bytes[2 * i + high] as number) << 8) | (bytes[2 * i + 1 - high] as number);
  return words;
}

/** Sums run along each row, in place, modulo what a sample holds. */
function summed<Values extends Uint8Array | Uint16Array>(sums: Values, row: number, samples: number): Values {
  for (let start = 0; start < sums.length; start += row)
    for (let i = start + samples; i < start + row; i++) sums[i] = (sums[i] as number) + (sums[i - samples] as number);
  return sums;
}

/** Red, green and blue of each pixel; a map has 256 of each, of 16 bits. */
function coloured(
  indices: Uint8Array | Uint16Array,
  { values }: TiffDirectory,
  name: string,
): { readonly data: Uint8Array; readonly count: 3 } {
  const map = values('colourMap');
  if (map.length < 768) throw new CorruptImageError(name, 'TIFF', 'its palette is missing');
  const data = new Uint8Array(3 * indices.length);
  for (let i = 0; i < indices.length; i++)
    for (let channel = 0; channel < 3; channel++)
      data[3 * i + channel] = (map[256 * channel + (indices[i] as number)] as number) >> 8;
  return { data, count: 3 };
}
