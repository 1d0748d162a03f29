/** Masks set against each other, pixel by pixel; soft values behave as fuzzy sets. Every function returns a new mask. */

import { SizeMismatchError } from './errors';
import { unionMasks } from './mask';
import type { Mask } from './radiograph';

export const COMBINATIONS = ['union', 'subtract', 'intersect'] as const;
export type Combination = (typeof COMBINATIONS)[number];

/** Keep becomes change and change becomes keep. */
export function invertMask(mask: Mask): Mask {
  return { ...mask, data: mask.data.map((value) => 255 - value) };
}

/** Pixelwise minimum. @throws SizeMismatchError */
export function intersectMasks(a: Mask, b: Mask): Mask {
  checkSizes(a, b);
  return { ...a, data: a.data.map((value, index) => Math.min(value, b.data[index] as number)) };
}

/** What of `a` is not in `b`. @throws SizeMismatchError */
export function subtractMask(a: Mask, b: Mask): Mask {
  checkSizes(a, b);
  return { ...a, data: a.data.map((value, index) => Math.min(value, 255 - (b.data[index] as number))) };
}

/** @throws SizeMismatchError */
export function combineMasks(a: Mask, b: Mask, how: Combination): Mask {
  switch (how) {
    case 'union':
      return unionMasks(a, b);
    case 'subtract':
      return subtractMask(a, b);
    case 'intersect':
      return intersectMasks(a, b);
  }
}

function checkSizes(a: Mask, b: Mask): void {
  if (a.width !== b.width || a.height !== b.height)
    throw new SizeMismatchError('A mask', [a.width, a.height], [b.width, b.height]);
}
