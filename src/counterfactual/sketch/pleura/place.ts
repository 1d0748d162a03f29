/** Which side of the pleura a request means, and the mask that bounds it. */

import type { Place } from '../../../findings/vocabulary';
import { SketchImpossibleError } from '../../errors';
import { CHEST_GRID, type Box } from '../field';
import type { Chest, ChestSide } from '../chest';
import type { SketchRequest } from '../sketch';

export const SIDES = ['right', 'left'] as const satisfies readonly ChestSide[];

/**
 * The sides that are asked: those of the zones, else the one that the point or the paint lies on.
 * @throws SketchImpossibleError where neither says a side
 */
export function sidesOf(chest: Chest, { finding, places, at, mask }: SketchRequest): readonly ChestSide[] {
  const named = SIDES.filter((side) => places.some((place) => sideOfPlace(place) === side));
  if (named.length > 0) return named;
  const x = at?.x ?? (mask === undefined ? undefined : centreColumn(mask));
  if (x !== undefined) return [x < chest.heart.centre.x / CHEST_GRID ? 'right' : 'left'];
  throw new SketchImpossibleError(
    `${finding.replaceAll('_', ' ')} lies in the pleura of a lung, not in the mediastinum.`,
    'Choose zones of the right or the left lung.',
  );
}

/** @throws SketchImpossibleError where both sides are asked of a finding that is drawn on one at a time */
export function refuseTwoSides(sides: readonly ChestSide[], { finding }: SketchRequest): void {
  if (sides.length < 2) return;
  throw new SketchImpossibleError(
    `${finding.replaceAll('_', ' ')} is drawn on one side at a time.`,
    'Choose zones of one lung; add the other side as a second edit.',
  );
}

export function sideOfPlace(place: Place): ChestSide | undefined {
  return SIDES.find((side) => place.startsWith(side));
}

/** Mean column of what is painted, as a fraction; undefined where nothing is. */
function centreColumn({ width, data }: NonNullable<SketchRequest['mask']>): number | undefined {
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if ((data[i] as number) === 0) continue;
    sum += (i % width) + 0.5;
    count++;
  }
  return count === 0 ? undefined : sum / count / width;
}

/** The pixels of a `width` x `height` image that cells above 0 of some fields on CHEST_GRID cover, and a cell around them. */
export function boxOf(covers: (cell: number) => boolean, width: number, height: number): Box | undefined {
  let [left, top, right, bottom] = [CHEST_GRID, CHEST_GRID, -1, -1];
  for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell++) {
    if (!covers(cell)) continue;
    const [x, y] = [cell % CHEST_GRID, Math.floor(cell / CHEST_GRID)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return undefined;
  const at = (cell: number, size: number): number =>
    Math.min(size, Math.max(0, Math.round((cell / CHEST_GRID) * size)));
  const [x, y] = [at(left - 1, width), at(top - 1, height)];
  return { x, y, width: Math.max(1, at(right + 2, width) - x), height: Math.max(1, at(bottom + 2, height) - y) };
}
