/** What of a film is still seen where fluid lies before and behind it: its ribs, fainter. Metal is taken off before and put on again (metal/onFilm.ts). */

import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldIn, makeField, smoothstep, type Field } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { ribsOf, ribsOverLung } from './ribs';
import { tissueContrast } from './solid';

/**
 * Of the ribs' contrast over the lung, what is left behind fluid of the whole depth: as much as this film shows of fine structure over
 * the abdomen, of what it shows over the lungs. Scatter takes the rest, and how the film renders what is dense.
 */
const RIBS_KEPT = [0.14, 0.42] as const;
/** A part of what is fine there is grain, which is everywhere. */
const OF_FINE = 0.8;
/** The abdomen is looked at so far below the diaphragm, in mm, between so much of the half-chest. */
const ABDOMEN_MM = [10, 45] as const;
const ABDOMEN_ACROSS = [-0.3, 0.8] as const;
/** Of those over the abdomen, which tissue hid before. */
const RIBS_KEPT_BELOW = 0.4;
const SCATTER_MM = 1.3;
/** So far above the dome of the diaphragm ribs are told from it: along it the lung is a dark band that is no gap between ribs. */
const DOME_MM = [2, 16] as const;
/** Ribs stand out of fluid by no more than this, of the difference between soft tissue and lung. */
const MOST = 0.1;
/** Beside heart and mediastinum narrow structures are the rims of those borders, which fluid hides. */
const RIM_MM = 20;
/**
 * What ribs add to the density of fluid of the whole depth or take from it, on the working grid. Found once for a side of a film: it
 * does not depend on how much fluid there is.
 */
export function ribsBehindFluid(layers: Layers, chest: Chest, side: ChestSide): Field {
  return behind(layers, chest)[side]();
}

const behind = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, Field>> = {};
  const of = (side: ChestSide) => (): Field => (made[side] ??= found(layers, chest, hemithoraxOf(chest, side)));
  return { right: of('right'), left: of('left') };
});

function found(layers: Layers, chest: Chest, hemithorax: Hemithorax): Field {
  const contrast = tissueContrast(layers, chest);
  const ribs = ribsOverLung(layers, hemithorax);
  const { width, height } = layers.film;
  const whole = { x: 0, y: 0, width, height };
  const within = fieldIn(hemithorax.lung.share, whole, width, height);
  const [above, below] = [1, -1].map((way) => fieldIn(fromDome(chest, hemithorax, way), whole, width, height)) as [
    Float32Array,
    Float32Array,
  ];
  const beside = ribsOf(layers, hemithorax).data;
  const most = MOST * contrast;
  const left = ribsKept(layers, chest);
  const data = ribs.data.map((rib, cell) => {
    const kept =
      left * rib * (above[cell] as number) +
      RIBS_KEPT_BELOW * (1 - (within[cell] as number)) * (below[cell] as number) * (beside[cell] as number);
    return Math.min(most, Math.max(-most, kept));
  });
  const [across, down] = layers.cellsPerMm;
  return blurred({ width, height, data }, SCATTER_MM * across, SCATTER_MM * down);
}

/** How much of the ribs a film shows where they lie over what is as dense as fluid. */
function ribsKept({ film, broad }: Layers, chest: Chest): number {
  const { millimetresPerRow: mm } = chest;
  const size = (cell: number): number => {
    const x = Math.floor((((cell % CHEST_GRID) + 0.5) / CHEST_GRID) * film.width);
    const y = Math.floor(((Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID) * film.height);
    return Math.abs((film.data[y * film.width + x] as number) - (broad.data[y * film.width + x] as number));
  };
  const [lungs, abdomen]: [number[], number[]] = [[], []];
  for (const side of ['right', 'left'] as const) {
    const { lung, across, dome } = hemithoraxOf(chest, side);
    for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell += 3) {
      const below = (Math.floor(cell / CHEST_GRID) + 0.5 - (dome[cell % CHEST_GRID] as number)) * mm;
      const u = across.data[cell] as number;
      if ((lung.share.data[cell] as number) > 0.95) lungs.push(size(cell));
      else if (below > ABDOMEN_MM[0] && below < ABDOMEN_MM[1] && u > ABDOMEN_ACROSS[0] && u < ABDOMEN_ACROSS[1])
        abdomen.push(size(cell));
    }
  }
  const [over, under] = [median(lungs), median(abdomen)];
  return over > 0 ? Math.min(RIBS_KEPT[1], Math.max(RIBS_KEPT[0], (OF_FINE * under) / over)) : RIBS_KEPT[0];
}

/** The middle one of all values; 0 of none. */
function median(values: readonly number[]): number {
  return Float32Array.from(values).sort()[values.length >> 1] ?? 0;
}

/** 0 along the dome of the diaphragm and beyond it, 1 from so far above it (`way` 1) or below it (-1), on CHEST_GRID. */
function fromDome({ millimetresPerRow: mm }: Chest, { dome }: Hemithorax, way: number): Field {
  return makeField(CHEST_GRID, (x, y) =>
    smoothstep(DOME_MM[0], DOME_MM[1], way * ((dome[x] as number) - y - 0.5) * mm),
  );
}

/** How much of the narrow structures is ribs: all, but for a rim beside heart and mediastinum; on CHEST_GRID. */
export const ribsBeside = keptByPair((chest: Chest, { lung }: Hemithorax): Field => {
  const medial = known(lung.medial);
  const outward = lung.side === 'right' ? -1 : 1;
  return blurred(
    makeField(CHEST_GRID, (x, y) =>
      smoothstep(0, RIM_MM, (x + 0.5 - (medial[y] as number)) * outward * chest.aspect * chest.millimetresPerRow),
    ),
    2,
  );
});
