/** PNG samples: container and checksums here, deflate and filters by fast-png. */

import { decode, type DecodedPng } from 'fast-png';
import { zlibSync } from 'fflate';

import { joinedBytes } from './bytes';
import { CorruptImageError, UnsupportedImageError, checkSize } from './errors';
import { greyFromChannels, type GreySamples } from './grey';
import { inflateAtMost } from './inflate';
import { readPngChunks, writePng, type PngChunk } from './png-chunks';
import { textOfChunks } from './png-text';

export interface PngImage extends GreySamples {
  readonly width: number;
  readonly height: number;
  /** Bits a sample in the file: 1, 2, 4, 8 or 16. Samples of fewer than 8 are scaled up to 8. */
  readonly depth: number;
  readonly text: Readonly<Record<string, string>>;
}

/** Samples a pixel by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** fast-png sees these only: a damaged comment is no reason to refuse an image. */
const NEEDED = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);

/**
 * The grey samples of a PNG of any colour type. The size is checked before any pixel is inflated.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export function decodeGreyPng(bytes: Uint8Array, name: string): PngImage {
  checkHeader(bytes, name);
  const chunks = readPngChunks(bytes, name);
  const image = decodeSamples(chunks, name);
  const data = image.depth < 8 ? unpackSamples(image) : image.data;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array))
    throw new UnsupportedImageError(name, 'an unusual sample type');
  const samples = image.palette ? expandPalette(data, image.palette, name) : data;
  const channels = image.palette ? 4 : image.channels;
  if (samples.length !== image.width * image.height * channels)
    throw new CorruptImageError(name, 'PNG', 'its rows do not fill the image');
  return { ...image, ...greyFromChannels(samples, channels, name), text: textOfChunks(chunks) };
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

function decodeSamples(chunks: readonly PngChunk[], name: string): DecodedPng {
  try {
    return decode(writePng(withBoundedPixels(chunks.filter((chunk) => NEEDED.has(chunk.type)))));
  } catch (cause) {
    throw new CorruptImageError(name, 'PNG', 'its compressed pixels cannot be read', { cause });
  }
}

/**
 * The chunks with their pixels in stored blocks (RFC 1951, 3.2.4), cut to what the header's image needs: the decoder
 * inflates whatever is there, and a small file can unfold to gigabytes.
 */
function withBoundedPixels(chunks: readonly PngChunk[]): readonly PngChunk[] {
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  const pixels = joinedBytes(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  if (!header || pixels.length < 6) return chunks;
  const rows = inflateAtMost(pixels.subarray(2), bytesOfRows(header));
  const firstPixels = chunks.findIndex(({ type }) => type === 'IDAT');
  const others = (part: readonly PngChunk[]): readonly PngChunk[] => part.filter(({ type }) => type !== 'IDAT');
  return [
    ...others(chunks.slice(0, firstPixels)),
    { type: 'IDAT', data: zlibSync(rows, { level: 0 }) },
    ...others(chunks.slice(firstPixels)),
  ];
}

/** No fewer bytes than the rows of the header's image take, each behind its filter byte; interlaced there are more rows. */
function bytesOfRows(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const bits = view.getUint8(8) * (CHANNELS[view.getUint8(9)] ?? 4);
  return Math.ceil((width * height * bits) / 8) + 4 * height + 64;
}

/** Samples of 1, 2 or 4 bits to a byte each; grey is scaled to 0..255, palette indices are not. */
function unpackSamples({ data, width, height, channels, depth, palette }: DecodedPng): Uint8Array {
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

function expandPalette(
  indices: Uint8Array | Uint16Array,
  palette: readonly (readonly number[])[],
  name: string,
): Uint8Array {
  const out = new Uint8Array(indices.length * 4);
  for (let i = 0; i < indices.length; i++) {
    const colour = palette[indices[i] as number];
    if (!colour) throw new CorruptImageError(name, 'PNG', 'a pixel names a colour that its palette lacks');
    out.set(colour, i * 4);
    out[i * 4 + 3] = 255;
  }
  return out;
}
