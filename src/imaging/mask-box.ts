/**
 * Outside which box a mask is known to be 0, told by whoever made it: of a zone on a large film three quarters are never looked at.
 * Only of masks that are not written to afterwards.
 */

import type { Box } from './box';
import type { Mask } from './radiograph';

const boxes = new WeakMap<Mask, Box>();

/** @param box outside it the mask is 0, and stays so */
export function withinBox(mask: Mask, box: Box): Mask {
  boxes.set(mask, box);
  return mask;
}

/** All of the mask where nothing is known. */
export function boxAround(mask: Mask): Box {
  return boxes.get(mask) ?? { x: 0, y: 0, width: mask.width, height: mask.height };
}
