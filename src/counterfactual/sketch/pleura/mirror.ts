/**
 * What one lung would look like, by the other: the patient is nearly alike on both sides, so that each place of a lung has its
 * counterpart beyond the midline. The midline is found halfway between the chest walls, where both lungs are seen.
 */

import type { Chest, ChestSide, Lung } from '../chest';
import { displaced, displacementOf, type Displacement } from '../displace';
import { CHEST_GRID, fieldAt, type Box, type Field } from '../field';
import { known } from './hemithorax';

/** Rows of the lungs, as shares of the shorter one's height, between which the walls are compared: apex and base are less alike. */
const COMPARED = [0.15, 0.65] as const;

export interface Mirror {
  /** The counterpart of a place, in cells of CHEST_GRID. */
  readonly at: (x: number, y: number) => readonly [number, number];
  readonly displacement: Displacement;
}

export function mirrorOf(chest: Chest, side: ChestSide): Mirror {
  const { [side]: own, [otherSide(side)]: other } = chest;
  const rows = other.apex.y - own.apex.y;
  const shorter = Math.min(own.bottom - own.top, other.bottom - other.top);
  const middles: [number, number][] = [];
  for (let y = Math.ceil(own.top + COMPARED[0] * shorter); y < own.top + COMPARED[1] * shorter; y++) {
    const middle = ((own.lateral[y] as number) + (other.lateral[Math.round(y + rows)] as number)) / 2;
    if (!Number.isNaN(middle)) middles.push([y + 0.5, middle]);
  }
  const line = throughPoints(middles, (own.apex.x + other.apex.x) / 2);
  const at = (x: number, y: number): readonly [number, number] => [2 * line(y) - x, y + rows];
  return {
    at,
    displacement: displacementOf((x, y) => {
      const [fromX, fromY] = at(x, y);
      return [x - fromX, y - fromY];
    }),
  };
}

export function otherSide(side: ChestSide): ChestSide {
  return side === 'right' ? 'left' : 'right';
}

/** A map of the other side, seen on this one: on CHEST_GRID. */
export function mirroredField(field: Field, { at }: Mirror): Field {
  const data = new Float32Array(CHEST_GRID * CHEST_GRID);
  for (let y = 0, cell = 0; y < CHEST_GRID; y++)
    for (let x = 0; x < CHEST_GRID; x++, cell++) {
      const [fromX, fromY] = at(x + 0.5, y + 0.5);
      data[cell] = fieldAt(field, fromX / CHEST_GRID, fromY / CHEST_GRID);
    }
  return { width: CHEST_GRID, height: CHEST_GRID, data };
}

/** Pixels of the other side, seen on this one. @returns [box.height x box.width] */
export function mirroredIn(
  image: { readonly values: Float32Array; readonly width: number; readonly height: number },
  { displacement }: Mirror,
  box: Box,
): Float32Array {
  return displaced(image, displacement, box);
}

/** Rows of the other lung's diaphragm and columns of its wall, seen on this side; NaN where it has none. */
export function mirroredBorders(other: Lung, { at }: Mirror): Pick<Lung, 'floor' | 'lateral'> {
  const [floor, lateral] = [new Float32Array(CHEST_GRID).fill(NaN), new Float32Array(CHEST_GRID).fill(NaN)];
  const [, shift] = at(0, 0);
  for (let x = 0; x < CHEST_GRID; x++) {
    const [from] = at(x + 0.5, other.bottom);
    floor[x] = (other.floor[Math.floor(from)] ?? NaN) - shift;
  }
  for (let y = 0; y < CHEST_GRID; y++) {
    const row = Math.round(y + shift);
    // A reflection is its own inverse.
    lateral[y] = at(other.lateral[row] ?? NaN, y + 0.5)[0];
  }
  return { floor, lateral: Number.isNaN(lateral[Math.round(other.top - shift)] ?? NaN) ? lateral : known(lateral) };
}

/** The straight line nearest to [y, x] pairs. */
function throughPoints(points: readonly (readonly [number, number])[], otherwise: number): (y: number) => number {
  if (points.length < 8) return () => otherwise;
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [my, mx] = [mean(0), mean(1)];
  let [up, down] = [0, 0];
  for (const [y, x] of points) {
    up += (y - my) * (x - mx);
    down += (y - my) ** 2;
  }
  const slope = down === 0 ? 0 : Math.max(-0.15, Math.min(0.15, up / down));
  return (y) => mx + slope * (y - my);
}
