/** What is handed on is looked at: whether writing seems to be burned into its pixels. */

import type { Box } from '../../imaging/box';
import { textIn } from '../../imaging/text/find-text';
import { framesOfDicom } from '../read-dicom';

/** Undefined: the pixels cannot be read here, and so were not searched. */
export type FoundText = readonly Box[] | undefined;

/** @returns boxes in pixels of the picture as it is stored; of many frames, those of the first, the middle and the last */
export async function searchedForText(file: Uint8Array, name: string): Promise<FoundText> {
  try {
    // Any study: text is burned into angiographies, too.
    const frames = framesOfDicom(file, name, () => undefined);
    if (!frames) return undefined;
    const { count } = frames;
    const found: Box[] = [];
    for (const number of new Set([1, Math.ceil(count / 2), count])) {
      for (const box of textIn(await frames.asStored(number)))
        if (!found.some((other) => isInside(box, other))) found.push(box);
    }
    return found;
  } catch {
    // Why it cannot be read is told when it is opened; it is de-identified all the same.
    return undefined;
  }
}

function isInside(box: Box, other: Box): boolean {
  return (
    box.x >= other.x &&
    box.y >= other.y &&
    box.x + box.width <= other.x + other.width &&
    box.y + box.height <= other.y + other.height
  );
}

/** "60 × 12 at 10, 4" for each. */
export function placesOf(boxes: readonly Box[]): string {
  return boxes.map(({ x, y, width, height }) => `${width} × ${height} at ${x}, ${y}`).join('; ');
}
