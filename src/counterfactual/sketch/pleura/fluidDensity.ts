/**
 * How dense a hemithorax is where all of it is fluid: as solid tissue, without gaps, and level with the abdomen that it rests
 * on where that is denser, so that it is less dense upward, as the chest is shallower there.
 */

import type { Chest, ChestSide } from '../chest';
import { blurred, blurredValues, CHEST_GRID, fieldAt, makeField, smoothstep, type Field } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { solidHemithorax, tissueDensity } from './solid';

/** Broader than the fat along the heart and what was dark of its border. */
const STRIP_MM = 22;
/** So far below the diaphragm, where little lung lies behind it, the abdomen is looked at; columns agree over so many mm. */
const ABDOMEN_MM = [24, 52] as const;
const AGREE_MM = 14;
/** Over so many mm it rises to it, so that no border shows. */
const RAISED_MM = 16;
/** So far above the diaphragm fluid begins to come to the density of the abdomen. */
const RESTS_MM = 85;

/**
 * @returns the density of the hemithorax on CHEST_GRID where all of it is fluid. Fluid has no gaps: a strip narrower than STRIP_MM
 * that is darker than what is right and left of it takes the density of the darker one; toward the diaphragm it comes to that of
 * the abdomen, where the abdomen is denser. Elsewhere the film's broad density.
 */
export function fluidHemithorax(layers: Layers, chest: Chest, side: ChestSide): Field {
  return fluids(layers, chest)[side]();
}

const fluids = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, Field>> = {};
  const of = (side: ChestSide) => (): Field => (made[side] ??= filled(layers, chest, side));
  return { right: of('right'), left: of('left') };
});

function filled(layers: Layers, chest: Chest, side: ChestSide): Field {
  const hemithorax = hemithoraxOf(chest, side);
  const solid = withoutStrips(solidHemithorax(layers, chest, side), chest, hemithorax);
  return resting(solid, layers, chest, hemithorax);
}

function withoutStrips(solid: Field, chest: Chest, { lung, behindHeart, underDome }: Hemithorax): Field {
  const reach = Math.round(STRIP_MM / (chest.millimetresPerRow * chest.aspect));
  const missing = blurred(lessThanBoth(solid, reach), 2).data;
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const fluid = Math.max(
      smoothstep(-4, 0, (lung.depth.data[cell] as number) * chest.millimetresPerRow),
      behindHeart.data[cell] as number,
      underDome.data[cell] as number,
    );
    return (solid.data[cell] as number) + fluid * (missing[cell] as number);
  });
}

/** How much less each cell is than the darker of the two densest cells up to `reach` cells left and right of it. */
function lessThanBoth(solid: Field, reach: number): Field {
  const { width, height } = solid;
  const data = new Float32Array(solid.data.length);
  for (let y = 0; y < height; y++) {
    const row = solid.data.subarray(y * width, (y + 1) * width);
    const [before, after] = [densestBefore(row, reach), densestBefore(row.slice().reverse(), reach).reverse()];
    for (let x = 0; x < width; x++)
      data[y * width + x] = Math.min(before[x] as number, after[x] as number) - (row[x] as number);
  }
  return { width, height, data };
}

/** The greatest of each value and the `reach` before it, by a queue of falling values: each enters and leaves it once. */
function densestBefore(row: Float32Array, reach: number): Float32Array {
  const out = new Float32Array(row.length);
  const queue = new Int32Array(row.length);
  for (let x = 0, first = 0, last = 0; x < row.length; x++) {
    while (last > first && (row[queue[last - 1] as number] as number) <= (row[x] as number)) last--;
    queue[last++] = x;
    if ((queue[first] as number) < x - reach) first++;
    out[x] = row[queue[first] as number] as number;
  }
  return out;
}

/** Below, fluid is as dense as the abdomen under it; gas of stomach or colon there is none of its. */
function resting(solid: Field, layers: Layers, chest: Chest, { across, dome }: Hemithorax): Field {
  const { broad } = layers;
  const { millimetresPerRow: mm, aspect } = chest;
  const tissue = tissueDensity(layers, chest);
  const [from, to] = ABDOMEN_MM.map((far) => far / mm) as [number, number];
  const under = blurredValues(
    dome.map((row, x) => {
      let sum = 0;
      for (let step = 0; step < 4; step++)
        sum += fieldAt(
          broad,
          (x + 0.5) / CHEST_GRID,
          Math.min(0.98, (row + from + ((to - from) * step) / 3) / CHEST_GRID),
        );
      return Math.max(sum / 4, tissue.chest - 0.1);
    }),
    CHEST_GRID,
    1,
    AGREE_MM / mm / aspect,
    0,
  );
  const more = makeField(CHEST_GRID, (x, y) => {
    // Below the dome as at it: else smoothing would leave a part of the step, and the dome would show through the fluid.
    const row = Math.min(y, Math.max(0, Math.round((dome[x] as number) - 1)));
    const cell = row * CHEST_GRID + x;
    const above = ((dome[x] as number) - row - 0.5) * mm;
    // Level with the wall, too, whose own density it comes from.
    const within = smoothstep(1, 0.4, across.data[cell] as number);
    const rests = within * Math.min(1, Math.max(0, (RESTS_MM - above) / RESTS_MM));
    // Where the abdomen is no denser than heart and wall, fluid is level with these, else a dark strip would part them.
    return rests * Math.max(0, (under[x] as number) - (solid.data[cell] as number));
  });
  const raised = blurred(more, RAISED_MM / mm / aspect, RAISED_MM / mm).data;
  return {
    ...solid,
    data: solid.data.map((own, cell) =>
      Math.max(own, Math.min(own + (raised[cell] as number), under[cell % CHEST_GRID] as number)),
    ),
  };
}
