/** What one lung of a film would look like if it were clear: its density by what is clear of it and of the other, and the other's texture. */

import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Field } from '../field';
import type { Layers } from './layers';
import { mirroredField, mirrorOf, otherSide, type Mirror } from './mirror';
import { tissueContrast } from './solid';

export interface ClearLung {
  /** Density without ribs and vessels, on CHEST_GRID; beyond the lungs it goes on. */
  readonly density: Field;
  /** How much denser it is so many mm from the chest wall, where rib and muscle are seen edge on. */
  wall(mm: number): number;
  /** The same beside the mediastinum. */
  mediastinum(mm: number): number;
  /** Cells that this rests on. */
  readonly seen: number;
  /** The film's own, on CHEST_GRID. */
  readonly own: Field;
  /** How much of the other lung's texture there is for each place, 0 to 1. */
  readonly texture: Field;
  readonly mirror: Mirror;
  /** Between soft tissue and lung. */
  readonly contrast: number;
}

/** From so dense, as a share of the way from air to soft tissue, a place is no clear lung, and up to so dense it surely is. */
const CLEAR = [0.42, 0.22] as const;
/** What lies so near to something solid is in its shadow, such as the upper border of fluid. */
const SOLID = 0.6;
const SHADOW_MM = 8;
/** Beside its own borders a lung is denser. */
const BORDER_MM = 5;
/** The other side counts less than this one, where both are clear. */
const OTHER = 0.2;
/** How far a clear place tells of others, from what is known well to what is hardly known. */
const REACH_MM = [60, 25, 10, 4] as const;
/** Cells that both sides must have clear for one to be set against the other. */
const LEAST_SHARED = 40;

export function clearLungOf(layers: Layers, chest: Chest, side: ChestSide): ClearLung {
  const whole = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const own = blurred({ ...whole, data: fieldIn(layers.broad, whole, CHEST_GRID, CHEST_GRID) }, 1);
  const mm = chest.millimetresPerRow;
  const contrast = tissueContrast(layers, chest);
  const mirror = mirrorOf(chest, side);
  const air = airOf(own, chest);
  const rows = SHADOW_MM / mm;
  const shadow = blurred(
    { ...own, data: own.data.map((value) => ((value - air) / contrast > SOLID ? 1 : 0)) },
    rows / chest.aspect,
    rows,
  );
  const clearOf = (of: ChestSide): Field =>
    makeField(CHEST_GRID, (x, y) => {
      const cell = y * CHEST_GRID + x;
      const deep = smoothstep(0.4 * BORDER_MM, BORDER_MM, (chest[of].depth.data[cell] as number) * mm);
      return (
        deep *
        smoothstep(0.3, 0.06, shadow.data[cell] as number) *
        smoothstep(CLEAR[0], CLEAR[1], ((own.data[cell] as number) - air) / contrast)
      );
    });
  const here = clearOf(side);
  const there = mirroredField(clearOf(otherSide(side)), mirror);
  const other = mirroredField(own, mirror);
  const step = stepBetween(own, other, here, there);
  const weight = here.data.map((share, cell) => share + OTHER * (1 - share) * (there.data[cell] as number));
  const known = weight.map((total, cell) => {
    if (total <= 0) return 0;
    const mine = here.data[cell] as number;
    return mine * (own.data[cell] as number) + (total - mine) * ((other.data[cell] as number) + step);
  });
  const inside = mirroredField(chest[otherSide(side)].depth, mirror);
  const density = spread(known, weight, chest, air);
  return {
    density,
    wall: riseAt('lateral', own, chest, contrast),
    mediastinum: riseAt('medial', own, chest, contrast),
    seen: weight.reduce((sum, share, cell) => sum + share * ((inside.data[cell] as number) > 0 ? 1 : 0), 0),
    own,
    texture: makeField(CHEST_GRID, (x, y) => smoothstep(0, 5, (inside.data[y * CHEST_GRID + x] as number) * mm)),
    mirror,
    contrast,
  };
}

/** Rows of a lung, as shares of its height, in which its borders are looked at: above what stands at the base. */
const BORDER_ROWS = [0.2, 0.6] as const;
/** So far inside and outside of a border it is looked at, in mm. */
const INSIDE_MM = 24;
const OUTSIDE_MM = 4;

/** How dense a lung is beside a border, over what it is INSIDE_MM further in, by the distance from it in mm; as the clearer of the two, since the other may be full. */
function riseAt(border: 'lateral' | 'medial', own: Field, chest: Chest, contrast: number): (mm: number) => number {
  const perColumn = chest.aspect * chest.millimetresPerRow;
  const [right, left] = [chest.right, chest.left].map((lung) => {
    const inward = (lung.side === 'right' ? 1 : -1) * (border === 'lateral' ? 1 : -1);
    const steps: number[][] = Array.from({ length: INSIDE_MM + OUTSIDE_MM }, () => []);
    const [top, height] = [lung.top, lung.bottom - lung.top];
    for (let y = Math.ceil(top + BORDER_ROWS[0] * height); y < top + BORDER_ROWS[1] * height; y++) {
      const edge = lung[border][y] as number;
      if (Number.isNaN(edge)) continue;
      const at = (mm: number): number =>
        fieldAt(own, (edge + (inward * mm) / perColumn) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
      const inside = at(INSIDE_MM);
      steps.forEach((step, mm) => step.push(at(mm - OUTSIDE_MM) - inside));
    }
    return steps.map((step) => Math.max(0, Math.min(contrast, step.sort((a, b) => a - b)[step.length >> 1] ?? 0)));
  }) as [number[], number[]];
  const rise = right.map((value, mm) => Math.min(value, left[mm] as number));
  return (mm) => {
    const at = Math.min(rise.length - 1, Math.max(0, mm + OUTSIDE_MM));
    const low = Math.floor(at);
    const next = rise[Math.min(rise.length - 1, low + 1)] ?? 0;
    return (rise[low] ?? 0) + (next - (rise[low] ?? 0)) * (at - low);
  };
}

/** Density of the film's clearer lung. */
function airOf(own: Field, { right, left }: Chest): number {
  return Math.min(
    ...[right, left].map(({ share }) => {
      const values = own.data.filter((_, cell) => (share.data[cell] as number) > 0.9).sort();
      return values[Math.floor(0.3 * values.length)] ?? Infinity;
    }),
  );
}

/** What is added to the other side to make it as dense as this one, by the median of where both are clear. */
function stepBetween(own: Field, other: Field, here: Field, there: Field): number {
  const steps = own.data
    .map((value, cell) => value - (other.data[cell] as number))
    .filter((_, cell) => (here.data[cell] as number) > 0.8 && (there.data[cell] as number) > 0.8)
    .sort();
  return steps.length < LEAST_SHARED ? 0 : (steps[steps.length >> 1] as number);
}

/** Weighted means over ever shorter reaches, each taken where it rests on enough. */
function spread(known: Float32Array, weight: Float32Array, chest: Chest, otherwise: number): Field {
  const grid = (data: Float32Array): Field => ({ width: CHEST_GRID, height: CHEST_GRID, data });
  let found = new Float32Array(known.length).fill(otherwise);
  for (const reach of REACH_MM) {
    const rows = reach / chest.millimetresPerRow;
    const [sum, total] = [known, weight].map((data) => blurred(grid(data), rows / chest.aspect, rows).data) as [
      Float32Array,
      Float32Array,
    ];
    found = found.map((value, cell) => {
      const enough = smoothstep(0.004, 0.06, total[cell] as number);
      return enough === 0 ? value : value + enough * ((sum[cell] as number) / (total[cell] as number) - value);
    });
  }
  return grid(found);
}
