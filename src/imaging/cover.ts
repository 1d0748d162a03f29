/** Rectangles of a picture that are set to black: what is burned into the pixels there is gone. */

import type { Box } from './box';
import { toPresentation } from './presentation';
import { storedRange, type Radiograph, type StoredPixels } from './radiograph';

/** The end of the range of stored values that shows darker, whatever table or window it goes through; of equals that of the photometric interpretation. */
export function blackOf(radiograph: Omit<Radiograph, 'pixels' | 'width' | 'height'>): number {
  const ends = storedRange(radiograph);
  const pixels = radiograph.signed ? Int16Array.from(ends) : Uint16Array.from(ends);
  const [low = 0, high = 0] = toPresentation({ ...radiograph, pixels, width: 2, height: 1 });
  const highIsBlack = low === high ? radiograph.photometricInterpretation === 'MONOCHROME1' : high < low;
  return ends[highIsBlack ? 1 : 0];
}

/** The part of a box that lies in the picture; undefined: none of it does. */
export function clipped(box: Box, width: number, height: number): Box | undefined {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** A copy with the boxes filled with one value. Parts beyond the picture are of no effect. */
export function withBoxes<Cells extends StoredPixels | Uint32Array>(
  cells: Cells,
  width: number,
  boxes: readonly Box[],
  value: number,
): Cells {
  const copy = cells.slice() as Cells;
  for (const box of boxes) {
    const inside = clipped(box, width, cells.length / width);
    for (let row = inside?.y ?? 0; inside && row < inside.y + inside.height; row++)
      copy.fill(value, row * width + inside.x, row * width + inside.x + inside.width);
  }
  return copy;
}
