/**
 * How a film falls off from the chest wall into the lung, along the wall: the wall seen edge-on, then less and less of it. What
 * thickens the wall moves this inward. Ribs and vessels are evened out of it.
 */

import type { Chest, ChestSide } from '../chest';
import { blurredValues, CHEST_GRID, fieldIn } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { wallOf } from './wall';

export interface WallProfile {
  /** Density `mm` inside the wall, at a share of its height down from the apex; on the wall and outside it that of its densest place there. */
  at: (down: number, mm: number) => number;
}

/** The table: shares of the wall's height from FROM to TO, and mm from the wall. */
const PLACES = 64;
const [FROM, TO] = [-0.1, 1.2];
const [OUT_MM, IN_MM, STEP_MM] = [6, 90, 1];
const STEPS = (OUT_MM + IN_MM) / STEP_MM;
/** Evened along the wall over more than from rib to rib, and across it by less than its edge. */
const ALONG_MM = 14;
const ACROSS_MM = 0.8;
/** The wall's own density is looked for so far to both sides of the lung's outline. */
const WALL_MM = 4;
/** Lung that a profile is read in, in mm off its other borders. */
const WITHIN_MM = 2;

/** Found once for a side of a film. */
export function wallProfileOf(layers: Layers, chest: Chest, side: ChestSide): WallProfile {
  return profiles(layers, chest)[side]();
}

const profiles = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, WallProfile>> = {};
  const of = (side: ChestSide) => (): WallProfile => (made[side] ??= found(layers, chest, hemithoraxOf(chest, side)));
  return { right: of('right'), left: of('left') };
});

function found(layers: Layers, chest: Chest, hemithorax: Hemithorax): WallProfile {
  const { lung, height } = hemithorax;
  const { distance, down } = wallOf(chest, hemithorax);
  const mm = chest.millimetresPerRow;
  const whole = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const film = fieldIn(layers.film, whole, CHEST_GRID, CHEST_GRID);
  const [sums, counts] = [new Float32Array(PLACES * STEPS), new Float32Array(PLACES * STEPS)];
  film.forEach((value, cell) => {
    const far = distance.data[cell] as number;
    const depth = (lung.depth.data[cell] as number) * mm;
    // Cells that no distance was worked out for are 0; diaphragm and mediastinum are no profile of the wall.
    if (far === 0 || (far > WITHIN_MM && depth < WITHIN_MM)) return;
    const place = Math.floor((((down.data[cell] as number) - FROM) / (TO - FROM)) * PLACES);
    const x = (far + OUT_MM) / STEP_MM - 0.5;
    const low = Math.floor(x);
    if (place < 0 || place >= PLACES) return;
    for (const [step, share] of [
      [low, 1 - (x - low)],
      [low + 1, x - low],
    ] as const) {
      if (step < 0 || step >= STEPS) continue;
      const at = place * STEPS + step;
      sums[at] = (sums[at] as number) + share * value;
      counts[at] = (counts[at] as number) + share;
    }
  });
  const along = (ALONG_MM / mm / height / (TO - FROM)) * PLACES;
  const even = (values: Float32Array): Float32Array => blurredValues(values, STEPS, PLACES, ACROSS_MM / STEP_MM, along);
  const [total, weight] = [even(sums), even(counts)];
  const table = new Float32Array(PLACES * STEPS);
  for (let place = 0; place < PLACES; place++) falling(total, weight, table, place * STEPS);
  return {
    at: (share, far) => {
      const y = Math.min(PLACES - 1, Math.max(0, ((share - FROM) / (TO - FROM)) * PLACES - 0.5));
      const x = Math.min(STEPS - 1, Math.max(0, (far + OUT_MM) / STEP_MM - 0.5));
      const [row, column] = [Math.min(PLACES - 2, Math.floor(y)), Math.min(STEPS - 2, Math.floor(x))];
      const [fy, fx] = [y - row, x - column];
      const upper = row * STEPS + column;
      const read = (cell: number): number => (table[cell] as number) * (1 - fx) + (table[cell + 1] as number) * fx;
      return read(upper) * (1 - fy) + read(upper + STEPS) * fy;
    },
  };
}

/** One place's profile: from the densest of the wall on it only falls, outward it stays as dense. Where nothing is known it goes on. */
function falling(total: Float32Array, weight: Float32Array, table: Float32Array, first: number): void {
  const own = (step: number): number =>
    (weight[first + step] as number) > 1e-3 ? (total[first + step] as number) / (weight[first + step] as number) : NaN;
  const [from, to] = [OUT_MM - WALL_MM, OUT_MM + WALL_MM].map((mm) => Math.round(mm / STEP_MM)) as [number, number];
  let dense = NaN;
  for (let step = from; step < to; step++) {
    const value = own(step);
    if (!(value <= dense)) dense = Number.isNaN(value) ? dense : value;
  }
  let least = Number.isNaN(dense) ? 0 : dense;
  for (let step = 0; step < STEPS; step++) {
    const value = own(step);
    // Until the densest place of the wall nothing falls.
    if (step >= to || (step >= from && !isBefore(own, step, to, dense)))
      least = Number.isNaN(value) ? least : Math.min(least, value);
    table[first + step] = least;
  }
}

/** Whether the densest place is still to come. */
function isBefore(own: (step: number) => number, step: number, to: number, dense: number): boolean {
  for (let next = step; next < to; next++) if (own(next) === dense) return true;
  return false;
}
