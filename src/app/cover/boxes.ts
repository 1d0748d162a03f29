/** Rectangles that are drawn, moved and resized over a picture, in its pixels. Pure. */

import type { Box } from '../../imaging/box';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a pointer that is down does. */
export type Drag =
  | { readonly kind: 'draw'; readonly from: Point }
  | { readonly kind: 'move'; readonly from: Point; readonly box: Box }
  /** By its lower right corner. */
  | { readonly kind: 'resize'; readonly box: Box };

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** Whole pixels that both points touch and all between them, in the picture; at least one. */
function between(one: Point, other: Point, { width, height }: Size): Box {
  const x = Math.min(width - 1, Math.floor(within(Math.min(one.x, other.x), width)));
  const y = Math.min(height - 1, Math.floor(within(Math.min(one.y, other.y), height)));
  const right = Math.max(x + 1, Math.ceil(within(Math.max(one.x, other.x), width)));
  const bottom = Math.max(y + 1, Math.ceil(within(Math.max(one.y, other.y), height)));
  return { x, y, width: right - x, height: bottom - y };
}

/** The box moved as far as the picture goes. */
export function moved(box: Box, by: Point, { width, height }: Size): Box {
  return {
    ...box,
    x: within(Math.round(box.x + by.x), width - box.width),
    y: within(Math.round(box.y + by.y), height - box.height),
  };
}

/** Its lower right corner moved; at least one pixel stays. */
export function resized(box: Box, by: Point, size: Size): Box {
  const corner = { x: Math.max(box.x, box.x + box.width + by.x), y: Math.max(box.y, box.y + box.height + by.y) };
  return between(box, corner, size);
}

/** The box as the pointer has it now. */
export function draggedTo(drag: Drag, to: Point, size: Size): Box {
  switch (drag.kind) {
    case 'draw':
      return between(drag.from, to, size);
    case 'move':
      return moved(drag.box, { x: to.x - drag.from.x, y: to.y - drag.from.y }, size);
    case 'resize':
      return between(drag.box, { x: Math.max(drag.box.x, to.x), y: Math.max(drag.box.y, to.y) }, size);
  }
}

/** A press without a way is no box. */
export function isMeant({ width, height }: Box, size: Size): boolean {
  return Math.min(width, height) >= Math.max(2, Math.max(size.width, size.height) / 500);
}

/** One in the middle, for those who draw by keys. */
export function boxInTheMiddle({ width, height }: Size): Box {
  const [wide, high] = [Math.ceil(width / 5), Math.ceil(height / 16)];
  return { x: Math.floor((width - wide) / 2), y: Math.floor((height - high) / 2), width: wide, height: high };
}
