/** Areas beside the mask as outlines in native pixels, each with a place for its name. Masks are traced once. */

import { SizeMismatchError } from '../../imaging/errors';
import type { Mask } from '../../imaging/radiograph';
import { signedArea, type Loop } from '../geometry/contour';
import type { Point } from '../geometry/view-transform';
import type { AreaOutline } from '../viewport';
import { MaskOutline } from './mask-outline';

export interface AreaContour {
  readonly label: string;
  readonly tone: AreaOutline['tone'];
  readonly loops: readonly Loop[];
  /** The top of the largest loop. */
  readonly labelAt: Point;
}

type Size = Pick<Mask, 'width' | 'height'>;

const traced = new WeakMap<Mask, readonly Loop[]>();

/** The whole outline of a mask, in native pixels. @throws SizeMismatchError */
function outlineOf(mask: Mask, { width, height }: Size): readonly Loop[] {
  if (mask.width !== width || mask.height !== height)
    throw new SizeMismatchError('The mask', [width, height], [mask.width, mask.height]);
  const known = traced.get(mask);
  if (known) return known;
  const outline = new MaskOutline(mask);
  outline.update(mask);
  traced.set(mask, outline.loops());
  return outline.loops();
}

/** An area's outline in native pixels. @throws SizeMismatchError */
export function loopsOf(area: AreaOutline['area'], size: Size): readonly Loop[] {
  return 'data' in area
    ? outlineOf(area, size)
    : area.map((loop) => loop.map((value, index) => value * (index % 2 === 0 ? size.width : size.height)));
}

/** Areas that are nowhere are left out. @throws SizeMismatchError */
export function areaContours(areas: readonly AreaOutline[], size: Size): readonly AreaContour[] {
  return areas.flatMap(({ label, tone, area }) => {
    const loops = loopsOf(area, size);
    const largest = loops.reduce<Loop | undefined>(
      (most, loop) => (most && Math.abs(signedArea(most)) >= Math.abs(signedArea(loop)) ? most : loop),
      undefined,
    );
    return largest ? [{ label, tone, loops, labelAt: topOf(largest) }] : [];
  });
}

function topOf(loop: Loop): Point {
  let top = 0;
  for (let index = 0; index < loop.length; index += 2)
    if ((loop[index + 1] as number) < (loop[top + 1] as number)) top = index;
  return { x: loop[top] as number, y: loop[top + 1] as number };
}
