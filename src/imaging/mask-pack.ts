/** A mask in little: the box around what is in it, deflated, as text. A lesion's mask of two megapixels takes less than 8 kB. */

import { fromBase64, toBase64 } from './base64';
import { joinedBytes } from './bytes';
import { MAX_PIXELS, MAX_SIDE } from './errors';
import type { Mask } from './radiograph';

/** `box`: x, y, width and height of what is not zero, in pixels; `pixels`: its values, row by row, deflated (RFC 1951), in base64. */
export interface PackedMask {
  readonly width: number;
  readonly height: number;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly pixels: string;
}

/** Lossless. */
export async function packMask({ width, height, data }: Mask): Promise<PackedMask> {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  const [w, h] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  const inside = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const from = (top + y) * width + left;
    inside.set(data.subarray(from, from + w), y * w);
  }
  const pixels = toBase64(await through(new CompressionStream('deflate-raw'), inside, Infinity));
  return { width, height, box: w * h === 0 ? [0, 0, 0, 0] : [left, top, w, h], pixels };
}

/** Undefined where the box does not lie in the picture, the pixels do not fill it, or no radiograph is as large. */
export async function unpackMask({ width, height, box: [x, y, w, h], pixels }: PackedMask): Promise<Mask | undefined> {
  if (x + w > width || y + h > height) return undefined;
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) return undefined;
  const inside = await unfold(pixels, w * h);
  if (inside?.length !== w * h) return undefined;
  const data = new Uint8Array(width * height);
  for (let row = 0; row < h; row++) data.set(inside.subarray(row * w, (row + 1) * w), (y + row) * width + x);
  return { width, height, data };
}

async function unfold(text: string, length: number): Promise<Uint8Array | undefined> {
  try {
    return await through(new DecompressionStream('deflate-raw'), fromBase64(text), length);
  } catch {
    return undefined;
  }
}

/** What comes out; nothing more is unfolded once it is more than `limit`. @throws TypeError when the data is damaged */
async function through(
  { readable, writable }: Pick<CompressionStream, 'readable' | 'writable'>,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array> {
  const writer = writable.getWriter();
  // A failure to write is one to read, too, and is told there.
  const written = writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    length += step.value.length;
    if (length > limit) {
      await reader.cancel();
      break;
    }
  }
  await written;
  return joinedBytes(parts);
}
