/** PNG files as grey samples, whatever their colours. */

import { CorruptImageError, UnsupportedImageError, checkSize } from './errors';
import { greyFromChannels, type GreySamples } from './grey';
import { readPngChunks, type PngChunk } from './png-chunks';
import { decodePngSamples, type PngSamples } from './png-samples';
import { textOfChunks } from './png-text';

export interface PngImage extends GreySamples {
  readonly width: number;
  readonly height: number;
  /** Bits a sample in the file: 1, 2, 4, 8 or 16. Samples of fewer than 8 are scaled up to 8. */
  readonly depth: number;
  readonly text: Readonly<Record<string, string>>;
}

/**
 * The grey samples of a PNG of any colour type. The size is checked before any pixel is inflated.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export function decodeGreyPng(bytes: Uint8Array, name: string): PngImage {
  checkHeader(bytes, name);
  const chunks = readPngChunks(bytes, name);
  const image = decodeSamples(chunks, name);
  const data = image.depth < 8 ? unpackSamples(image) : image.data;
  const samples = image.palette ? expandPalette(data, image.palette, name) : data;
  const channels = image.palette ? 3 : image.channels;
  const { width, height, depth } = image;
  return { width, height, depth, ...greyFromChannels(samples, channels, name), text: textOfChunks(chunks) };
}

/** Sizes and kinds stated in IHDR, checked as soon as those bytes are there. */
function checkHeader(bytes: Uint8Array, name: string): void {
  if (bytes.length < 33) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(12) !== 0x49484452) throw new CorruptImageError(name, 'PNG', 'it does not begin with a header');
  checkSize(name, view.getUint32(16), view.getUint32(20));
  if (bytes[28] === 1 && (bytes[24] as number) < 8)
    throw new UnsupportedImageError(name, 'interlacing with fewer than 8 bits a sample');
}

function decodeSamples(chunks: readonly PngChunk[], name: string): PngSamples {
  try {
    return decodePngSamples(chunks);
  } catch (cause) {
    throw new CorruptImageError(name, 'PNG', 'its compressed pixels cannot be read', { cause });
  }
}

/** Samples of 1, 2 or 4 bits to a byte each; grey is scaled to 0..255, palette indices are not. */
function unpackSamples({ data, width, height, channels, depth, palette }: PngSamples): Uint8Array {
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const greatest = 2 ** depth - 1;
  const scale = palette ? 1 : 255 / greatest;
  const out = new Uint8Array(perRow * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < perRow; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] as number;
      out[y * perRow + x] = ((byte >> (8 - depth - (bit & 7))) & greatest) * scale;
    }
  }
  return out;
}

function expandPalette(indices: Uint8Array | Uint16Array, palette: Uint8Array, name: string): Uint8Array {
  const out = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const from = 3 * (indices[i] as number);
    if (from + 3 > palette.length)
      throw new CorruptImageError(name, 'PNG', 'a pixel names a colour that its palette lacks');
    out.set(palette.subarray(from, from + 3), 3 * i);
  }
  return out;
}
