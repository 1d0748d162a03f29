/** Greyscale PNG, 8 or 16 bits a sample: rows filtered, deflated, wrapped in chunks. */

import { zlibSync } from 'fflate';

import { writePng, type PngChunk } from './png-chunks';

/**
 * A greyscale PNG of width x height samples, row by row; `extra` chunks go before the pixels.
 * Rows use the Up filter: on radiographs within a few percent of choosing per row, at a fraction of the time.
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
    { type: 'IDAT', data: zlibSync(filterUp(bigEndian(samples), width * bytesPerSample, height), { level: 4 }) },
    { type: 'IEND', data: new Uint8Array(0) },
  ]);
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

/** Filter type 2: each byte minus the one above it. */
function filterUp(bytes: Uint8Array, rowBytes: number, height: number): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (rowBytes + 1);
    const from = y * rowBytes;
    out[to] = 2;
    for (let x = 0; x < rowBytes; x++) {
      const above = y > 0 ? (bytes[from - rowBytes + x] as number) : 0;
      out[to + 1 + x] = (bytes[from + x] as number) - above;
    }
  }
  return out;
}
