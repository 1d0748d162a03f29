/** Samples out of the chunks of a PNG (W3C PNG, sections 7 to 9): inflated once, unfiltered, and put where they belong. */

import { joinedBytes } from './bytes';
import { inflateAtMost } from './inflate';
import type { PngChunk } from './png-chunks';

export interface PngSamples {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** Samples a pixel; of a palette one, its index. */
  readonly channels: number;
  /** Samples of fewer than 8 bits are packed, each row from a byte of its own. */
  readonly data: Uint8Array | Uint16Array;
  /** RGB of each index. */
  readonly palette: Uint8Array | undefined;
}

/** Samples a pixel, and the bits that they may have, by colour type. */
const KINDS: Readonly<Record<number, readonly [channels: number, depths: readonly number[]]>> = {
  0: [1, [1, 2, 4, 8, 16]],
  2: [3, [8, 16]],
  3: [1, [1, 2, 4, 8]],
  4: [2, [8, 16]],
  6: [4, [8, 16]],
};
const PALETTE = 3;

/** First pixel and steps, across and down. */
type Pass = readonly [x: number, y: number, across: number, down: number];
const ALL: readonly Pass[] = [[0, 0, 1, 1]];
const ADAM7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/**
 * No more is inflated than the header's image needs: a small file can unfold to gigabytes.
 * @throws Error with what is wrong; of an interlaced image with fewer than 8 bits a sample, which is not read
 */
export function decodePngSamples(chunks: readonly PngChunk[]): PngSamples {
  const dataOf = (wanted: string): Uint8Array =>
    joinedBytes(chunks.filter(({ type }) => type === wanted).map(({ data }) => data));
  const header = dataOf('IHDR');
  if (header.length !== 13) throw new Error('there is not one header');
  const view = new DataView(header.buffer);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = -1, compression, filters, interlace] = header.subarray(8);
  const [channels, depths] = KINDS[colour] ?? [0, []];
  if (!depths.includes(depth)) throw new Error(`${String(depth)} bits of colour type ${String(colour)}`);
  if (compression !== 0 || filters !== 0) throw new Error('unknown compression or filters');
  if (interlace !== 0 && (interlace !== 1 || depth < 8)) throw new Error('unknown interlacing');
  const palette = colour === PALETTE ? dataOf('PLTE') : undefined;
  const bits = channels * depth;
  const step = Math.max(1, bits / 8);
  const passes = (interlace === 1 ? ADAM7 : ALL).map(([x, y, across, down]) => {
    const columns = Math.max(0, Math.ceil((width - x) / across));
    const rows = columns === 0 ? 0 : Math.max(0, Math.ceil((height - y) / down));
    return { x, y, across, down, columns, rows, length: Math.ceil((columns * bits) / 8) };
  });
  const size = passes.reduce((sum, { rows, length }) => sum + rows * (length + 1), 0);
  const filtered = inflateAtMost(dataOf('IDAT').subarray(2), size);
  if (filtered.length < size) throw new Error('rows are missing');
  const rowBytes = Math.ceil((width * bits) / 8);
  let bytes = new Uint8Array(interlace === 1 ? rowBytes * height : 0);
  let from = 0;
  for (const { x, y, across, down, columns, rows, length } of passes) {
    const part = unfiltered(filtered.subarray(from, from + rows * (length + 1)), length, rows, step);
    from += rows * (length + 1);
    if (interlace === 0) bytes = part;
    else
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const to = (y + row * down) * rowBytes + (x + column * across) * step;
          for (let at = 0; at < step; at++) bytes[to + at] = part[row * length + column * step + at] as number;
        }
  }
  return { width, height, depth, channels, palette, data: depth === 16 ? fromBigEndian(bytes) : bytes };
}

/** @throws Error where a row has a filter that does not exist */
function unfiltered(rows: Uint8Array, length: number, height: number, step: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length * height);
  for (let y = 0; y < height; y++) {
    const from = y * (length + 1);
    const filter = rows[from] as number;
    if (filter > 4) throw new Error(`there is no filter ${String(filter)}`);
    const to = y * length;
    for (let x = 0; x < length; x++) {
      // Above the first row, and left of the first pixel, all is 0.
      const left = x < step ? 0 : (out[to + x - step] as number);
      const above = y === 0 ? 0 : (out[to + x - length] as number);
      let guess = filter === 1 ? left : 0;
      if (filter === 2) guess = above;
      else if (filter === 3) guess = (left + above) >> 1;
      else if (filter === 4)
        guess = nearest(left, above, y === 0 || x < step ? 0 : (out[to + x - step - length] as number));
      out[to + x] = (rows[from + 1 + x] as number) + guess;
    }
  }
  return out;
}

/** Of the three, the one that is nearest to left + above − corner (Paeth); the earlier one of equals. */
function nearest(left: number, above: number, corner: number): number {
  const byLeft = Math.abs(above - corner);
  const byAbove = Math.abs(left - corner);
  const byCorner = Math.abs(left + above - 2 * corner);
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

function fromBigEndian(bytes: Uint8Array): Uint16Array {
  const out = new Uint16Array(bytes.length / 2);
  for (let at = 0; at < out.length; at++) out[at] = ((bytes[2 * at] as number) << 8) | (bytes[2 * at + 1] as number);
  return out;
}
