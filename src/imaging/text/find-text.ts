/** Where writing seems to be burned into a picture: found by the shape of strokes and lines, not read. Decision 165. */

import { asSeen } from '../as-seen';
import type { Box } from '../box';
import type { Radiograph } from '../radiograph';
import { partsOf, type Part } from './components';
import { around, exchanged, isWriting, linesOf, type Line } from './lines';
import { topHat } from './strokes';

/** In greys: what stands out by less is no part of a letter. */
const THRESHOLD = 40;

/**
 * @returns boxes around lines of writing, from the top down, in pixels; none: none was found, which is no proof that there is none.
 *   Looks at the greys that the film's own window shows
 */
export function textIn(radiograph: Radiograph): readonly Box[] {
  const { pixels, width, height } = asSeen(radiograph);
  return textInGreys(Uint8Array.from(pixels), width, height);
}

/** @param greys row by row, 0 to 255 */
export function textInGreys(greys: Uint8Array, width: number, height: number): readonly Box[] {
  const negative = greys.map((grey) => 255 - grey);
  const boxes = [greys, negative].flatMap((picture) => {
    const parts = partsOf(topHat(picture, width, height), picture, width, height, THRESHOLD);
    const along = writingIn(parts);
    const down = writingIn(parts.map(exchanged)).map(({ x, y, width: w, height: h }) => ({
      x: y,
      y: x,
      width: h,
      height: w,
    }));
    return [...along, ...down];
  });
  return joined(boxes)
    .map((box) => inside(box, width, height))
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

/** Lines of writing, and what stands beside, above or below them: a last word of two letters, a shorter line. */
function writingIn(parts: readonly Part[]): readonly Box[] {
  const lines = linesOf(parts);
  const found = lines.filter(isWriting);
  const others = new Set(lines.filter((line) => !found.includes(line)));
  for (const line of found) {
    for (const other of others) {
      if (!isNear(line, other)) continue;
      others.delete(other);
      found.push(other);
    }
  }
  return found.map(({ box, parts: { length }, parts: [first] }) =>
    widened(box, first && length === 1 ? first.height : box.height),
  );
}

function isNear(line: Line, { box, parts }: Line): boolean {
  const height = line.box.height;
  const [peak = 0, other = 0] = [line.parts[0]?.peak, parts[0]?.peak];
  if (box.height > 1.6 * height || 2.2 * box.height < height || Math.abs(peak - other) > 40) return false;
  if (parts.every(({ contrast }) => contrast < 0.6 * (line.parts[0]?.contrast ?? 0))) return false;
  return (
    box.x <= line.box.x + line.box.width + 2 * height &&
    line.box.x <= box.x + box.width + 2 * height &&
    box.y <= line.box.y + line.box.height + height &&
    line.box.y <= box.y + box.height + height
  );
}

/** Points and accents stand a little outside. */
function widened({ x, y, width, height }: Box, of: number): Box {
  const margin = Math.max(2, Math.round(of / 4));
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

function joined(boxes: readonly Box[]): readonly Box[] {
  const apart: Box[] = [];
  for (const box of boxes) {
    let whole = box;
    for (let at = apart.length - 1; at >= 0; at--) {
      const other = apart[at] as Box;
      if (!overlap(whole, other)) continue;
      whole = around([whole, other]);
      apart.splice(at, 1);
      // What is larger now may overlap what it did not.
      at = apart.length;
    }
    apart.push(whole);
  }
  return apart;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside({ x, y, width, height }: Box, wide: number, high: number): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.min(wide, x + width) - left, height: Math.min(high, y + height) - top };
}
