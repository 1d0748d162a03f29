/** Greyscale PNG, 8 or 16 bits a sample: rows filtered, deflated, wrapped in chunks. */

import { deflateRuns } from './deflate-runs';
import { isWholeFile, readPngChunks, writePng, type PngChunk } from './png-chunks';

/**
 * A greyscale PNG of width x height samples, row by row; `extra` chunks go before the pixels.
 * Rows use the Average filter, whose residuals on radiographs are smaller than those of Up: what is left is noise.
 */
export function encodeGreyPng(
  width: number,
  height: number,
  samples: Uint8Array | Uint16Array,
  extra: readonly PngChunk[] = [],
): Uint8Array {
  const bytesPerSample = samples instanceof Uint8Array ? 1 : 2;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = bytesPerSample * 8;
  return writePng([
    { type: 'IHDR', data: header },
    ...extra,
    {
      type: 'IDAT',
      data: deflateRuns(filterAverage(bigEndian(samples), width * bytesPerSample, height, bytesPerSample)),
    },
    { type: 'IEND', data: new Uint8Array(0) },
  ]);
}

/**
 * Chunks between header and pixels of a file that is built as `encodeGreyPng` builds it, of that many bits a sample; undefined
 * where it is another. Checksums are verified, and pixels are not decoded.
 * @throws TruncatedImageError, CorruptImageError
 */
export function chunksOfGreyPng(
  bytes: Uint8Array,
  name: string,
): { readonly bits: number; readonly extra: readonly PngChunk[] } | undefined {
  const chunks = readPngChunks(bytes, name);
  const [header, pixels] = [chunks[0], chunks.at(-2)];
  const [, , , , , , , , bits = 0, ...kinds] = header?.data ?? [];
  // Grey, deflated, filtered row by row, not interlaced.
  const isGrey = header?.type === 'IHDR' && (bits === 8 || bits === 16) && kinds.join() === '0,0,0,0';
  if (!isGrey || pixels?.type !== 'IDAT' || !isWholeFile(bytes, chunks)) return undefined;
  return { bits, extra: chunks.slice(1, -2) };
}

function bigEndian(samples: Uint8Array | Uint16Array): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const bytes = new Uint8Array(samples.length * 2);
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    bytes[2 * i] = value >> 8;
    bytes[2 * i + 1] = value;
  }
  return bytes;
}

/** Filter type 3: each byte minus the mean, rounded down, of the one above it and the one of the pixel to its left. */
function filterAverage(bytes: Uint8Array, rowBytes: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    let to = y * (rowBytes + 1);
    out[to++] = 3;
    const from = y * rowBytes;
    for (let at = from; at < from + rowBytes; at++) {
      const above = y > 0 ? (bytes[at - rowBytes] as number) : 0;
      const left = at - from >= step ? (bytes[at - step] as number) : 0;
      out[to++] = (bytes[at] as number) - ((above + left) >> 1);
    }
  }
  return out;
}
