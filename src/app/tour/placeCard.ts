/** Where the tour's card stands: beside what it points at, on the side with the most room, and within the window. Pure. */

import type { Box } from './useTarget';

interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP = 14;
const MARGIN = 12;

const within = (value: number, most: number): number => Math.max(MARGIN, Math.min(value, most));

/** Left and top in CSS pixels; without a target the middle of the window. */
export function placeCard(
  target: Box | undefined,
  card: Size,
  screen: Size,
): { readonly left: number; readonly top: number } {
  const most = { left: screen.width - card.width - MARGIN, top: screen.height - card.height - MARGIN };
  if (target === undefined)
    return {
      left: within((screen.width - card.width) / 2, most.left),
      top: within((screen.height - card.height) / 2, most.top),
    };
  const room = {
    left: target.left,
    right: screen.width - target.left - target.width,
    above: target.top,
    below: screen.height - target.top - target.height,
  };
  const beside = within(target.top + target.height / 2 - card.height / 2, most.top);
  const along = within(target.left + target.width / 2 - card.width / 2, most.left);
  if (room.left >= card.width + GAP + MARGIN && room.left >= room.right)
    return { left: target.left - card.width - GAP, top: beside };
  if (room.right >= card.width + GAP + MARGIN) return { left: target.left + target.width + GAP, top: beside };
  if (room.above >= card.height + GAP + MARGIN) return { left: along, top: target.top - card.height - GAP };
  if (room.below >= card.height + GAP + MARGIN) return { left: along, top: target.top + target.height + GAP };
  // No room beside it: in its lower corner.
  return {
    left: within(target.left + target.width - card.width - GAP, most.left),
    top: within(target.top + target.height - card.height - GAP, most.top),
  };
}
