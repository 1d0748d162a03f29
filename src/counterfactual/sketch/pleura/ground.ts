/** What a film gives to a lung that falls together, however far it does: found once, and drawn on again and again by a drag. */

import type { Chest, ChestSide } from '../chest';
import { blurred, blurredValues, CHEST_GRID, fieldIn, smoothstep, type Field } from '../field';
import { keptByPair } from '../kept';
import { clearing, greatest, pressedWith } from './fallenLung';
import { hemithoraxOf, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { linesAcross } from './lines';
import { boxOf } from './place';
import { ribsOf } from './ribs';
import { solidHemithorax, tissueDensity } from './solid';

export interface Ground {
  /** The film without vessels. */
  readonly still: Field;
  /** The hemithorax if it were all fluid. */
  readonly solid: Field;
  /** What water in the lung's place would add, and how much darker air is than the lung was. */
  readonly pressed: Field;
  readonly clears: Field;
  /** 1 on metal and lime, such as clips, which stay where they are. */
  readonly metal: Field;
  /** Between fluid and lung, and the density that no lung that is down goes beyond. */
  readonly contrast: number;
  readonly dense: number;
}

/** By the side; `within` is where the lung was. */
export const groundOf = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, Ground>> = {};
  const of =
    (side: ChestSide) =>
    (within: Field): Ground =>
      (made[side] ??= groundFor(layers, chest, side, within));
  return { right: of('right'), left: of('left') };
});

function groundFor(layers: Layers, chest: Chest, side: ChestSide, within: Field): Ground {
  const hemithorax = hemithoraxOf(chest, side);
  const solid = solidHemithorax(layers, chest, side);
  const low = fieldIn(layers.broad, { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID }, CHEST_GRID, CHEST_GRID);
  // What water in place of the lung would add, smooth.
  const water = blurred(
    { ...solid, data: solid.data.map((value, cell) => Math.max(0, value - (low[cell] as number))) },
    4,
  );
  const contrast = greatest(water.data, 0.97);
  return {
    still: withoutVessels(layers, chest, hemithorax),
    solid,
    pressed: pressedWith(water, chest, hemithorax),
    clears: clearing(water, low, within),
    metal: metalOf(layers, contrast),
    contrast,
    // A lung that is down stays lighter than the heart that it lies beside.
    dense: tissueDensity(layers, chest).chest - 0.3 * contrast,
  };
}

/** So much brighter than what is broad around it, as shares of the contrast, is no vessel, also none that is seen end on; and its surroundings, in mm. */
const METAL = [0.4, 0.56] as const;
const METAL_AROUND_MM = 1.4;

function metalOf({ film, broad, cellsPerMm }: Layers, contrast: number): Field {
  const { width, height } = film;
  const own = film.data.map((value, cell) =>
    smoothstep(METAL[0], METAL[1], (value - (broad.data[cell] as number)) / contrast),
  );
  const spread = blurredValues(own, width, height, METAL_AROUND_MM * cellsPerMm[0], METAL_AROUND_MM * cellsPerMm[1]);
  return { ...film, data: spread.map((share) => smoothstep(0.03, 0.15, share)) };
}

/** The film on the working grid with its vessels gone; ribs, collar bone and their edges are there. */
function withoutVessels(layers: Layers, chest: Chest, hemithorax: Hemithorax): Field {
  const { film, broad } = layers;
  const ribs = ribsOf(layers, hemithorax).data;
  const still = broad.data.map((low, cell) => low + (ribs[cell] as number));
  const box = boxOf((cell) => (hemithorax.lung.share.data[cell] as number) > 0.004, film.width, film.height);
  if (box === undefined) return { ...film, data: still };
  const lines = linesAcross(
    film.data.map((value, cell) => value - (still[cell] as number)),
    layers,
    chest,
    hemithorax,
    box,
  );
  for (let j = 0, at = 0; j < box.height; j++)
    for (let i = 0, cell = (box.y + j) * film.width + box.x; i < box.width; i++, at++, cell++)
      still[cell] = (still[cell] as number) + (lines[at] as number);
  return { ...film, data: still };
}
