/**
 * How a rind fills the costophrenic angle. What fills it is as dense as what lies around it, wall and abdomen, so that the border of the
 * diaphragm ends there and lung ends in a curve: the bright edge of the wall does not run on into it. Fields are on CHEST_GRID.
 */

import type { Chest } from '../chest';
import { blurred, blurredValues, CHEST_GRID, fieldAt, makeField, smoothstep, type Field } from '../field';
import { known, type Hemithorax } from './hemithorax';
import type { Wall } from './wall';

/** The angle is filled round, over so many times the rind's thickness and so many mm more. */
const FILLET = [1.6, 6] as const;
/** As soft as the border of lung that is seen along it, in mm to either side. */
const SOFT_MM = 3;
/** So far down the wall, as a share of its height, it begins. */
const LOW = [0.74, 0.92] as const;
/** Along the diaphragm it ends over so many mm beyond the fillet. */
const ENDS_MM = 8;
/** It is no denser than the abdomen so far below the diaphragm; columns agree over so many mm. */
const UNDER_MM = [8, 18] as const;
const AGREE_MM = 8;
/** Thinner than this, in mm, a rind blunts no angle. */
const LEAST_MM = [1, 3] as const;

/**
 * @param along thickness of the rind in mm, by how far down the wall and where in the image
 * @returns 1 where the angle is filled, 0 where it is as it was
 */
export function filledAngle(
  chest: Chest,
  { lung, reach }: Hemithorax,
  { distance, down }: Wall,
  along: (down: number, u: number, v: number) => number,
): Field {
  const { millimetresPerRow: mm } = chest;
  const floor = known(lung.floor);
  const filled = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const low = smoothstep(LOW[0], LOW[1], down.data[cell] as number);
    const within = Math.max(smoothstep(-3, 0, (lung.depth.data[cell] as number) * mm), reach.data[cell] as number);
    if (low === 0 || within === 0) return 0;
    const thick = along(down.data[cell] as number, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
    const wide = FILLET[0] * thick + FILLET[1];
    const far = distance.data[cell] as number;
    const base = ((floor[x] as number) - y - 0.5) * mm;
    const border = Math.min(far - thick, base) - fillet(far - thick, base, wide);
    return (
      low *
      within *
      smoothstep(LEAST_MM[0], LEAST_MM[1], thick) *
      smoothstep(SOFT_MM, -SOFT_MM, border) *
      smoothstep(thick + wide + ENDS_MM, thick + 0.5 * wide, far)
    );
  });
  const soft = 0.8 / mm;
  return blurred(filled, soft / chest.aspect, soft);
}

/**
 * How dense the filled angle is: as fluid of the whole depth, but no denser than the abdomen below it in the same column, beside which
 * it would be a bright blot.
 * @param broad the film without what is narrow
 * @param fluid density of a hemithorax that is all fluid
 */
export function angleDensity(broad: Field, fluid: Field, chest: Chest, { lung }: Hemithorax): Field {
  const { millimetresPerRow: mm, aspect } = chest;
  const [from, to] = UNDER_MM.map((far) => far / mm) as [number, number];
  const under = known(lung.floor).map((floor, x) => {
    let sum = 0;
    for (let step = 0; step < 3; step++)
      sum += fieldAt(
        broad,
        (x + 0.5) / CHEST_GRID,
        Math.min(0.98, (floor + from + ((to - from) * step) / 2) / CHEST_GRID),
      );
    return sum / 3;
  });
  const even = blurredValues(under, CHEST_GRID, 1, AGREE_MM / mm / aspect, 0);
  return { ...fluid, data: fluid.data.map((own, cell) => Math.min(own, even[cell % CHEST_GRID] as number)) };
}

/** How much two borders that meet in a corner are rounded there, each so many mm away; 0 further than `over` from the corner. */
function fillet(one: number, other: number, over: number): number {
  const mix = Math.min(1, Math.max(0, 0.5 + (other - one) / (2 * over)));
  return over * mix * (1 - mix);
}
