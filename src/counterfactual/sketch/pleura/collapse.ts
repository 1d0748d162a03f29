/**
 * The shape of a lung that air has pushed back: how deep the air is along the wall, where the visceral pleura lies, and how what is
 * in the lung is drawn together. Fields are on CHEST_GRID.
 */

import type { Chest } from '../chest';
import type { Displacement } from '../displace';
import { blurred, CHEST_GRID, fieldAt, makeField, smoothstep, type Box, type Field } from '../field';
import { keptByPair } from '../kept';
import { smoothNoise } from '../noise';
import type { Hemithorax } from './hemithorax';
import { outlineOf, roughness, type Outline, type Source } from './outline';
import type { Wall } from './wall';

/** The lung drawn back, on CHEST_GRID. */
export interface Collapse {
  /** Signed distance to the visceral pleura in mm, positive in the lung that is left. */
  readonly inside: Field;
  /** Where lung was: 1 inside, 0 at its borders and beyond. */
  readonly lung: Field;
  /** 1 between the lung as the anatomist outlines it and heart or mediastinum, of which it stops short. */
  readonly beside: Field;
  /** 0 where the line meets mediastinum or wall, else 1, varied by the seed. */
  readonly line: Field;
  /** 1 where air lies beside the lung at this height, 0 where the lung still fills its space. */
  readonly apart: Field;
  /** How broad it is, times its usual width. */
  readonly width: Field;
  readonly displacement: Displacement;
  /** Of the lung's area, what is left. */
  readonly left: number;
  readonly hilarMm: number;
}

/**
 * How deep the air is along the wall: deepest at the apex, none at the base of a small one, everywhere in a complete one.
 * @param amount how far the lung draws back along the wall, in mm
 */
export function collapseOf(chest: Chest, hemithorax: Hemithorax, wall: Wall, amount: number, seed: number): Collapse {
  const { lung, across } = hemithorax;
  const { within, around, unbroken } = unmoved(chest, hemithorax);
  const outline = outlineOf(chest, hemithorax, wall, amount, roughness(seed));
  const depths = makeField(CHEST_GRID, outline.depth, around);
  const inside = blurred(makeField(CHEST_GRID, outline.inside, around), 1.6 + 2 * smoothstep(15, 60, amount));
  const [ripple, along, breadth] = [
    smoothNoise(seed, 32, 0.025),
    smoothNoise(seed, 33, 0.055),
    smoothNoise(seed, 34, 0.04),
  ];
  const line = makeField(
    CHEST_GRID,
    (column, row) => {
      const cell = row * CHEST_GRID + column;
      const whole = (unbroken[cell] as number) * smoothstep(0.6, 2.6, depths.data[cell] as number);
      if (whole === 0) return 0;
      // Where the pleura lies along the beam it is crisp and bright, where it turns away from it it is lost in the lung behind it.
      const u = (column + 0.5) / CHEST_GRID;
      const v = (row + 0.5) / CHEST_GRID;
      const wave = 0.66 + 0.58 * fieldAt(along, u, v) + 0.3 * fieldAt(ripple, u, v);
      return whole * smoothstep(0.4, 1.8, wall.distance.data[cell] as number) * Math.min(1.25, Math.max(0, wave));
    },
    around,
  );
  const apart = { ...depths, data: depths.data.map((depth) => smoothstep(1, 9, depth)) };
  const width = makeField(
    128,
    (x, y) => 1 + 0.32 * Math.max(-1.5, Math.min(2, fieldAt(breadth, (x + 0.5) / 128, (y + 0.5) / 128))),
  );
  const beside: Field = {
    ...within,
    data: within.data.map(
      (share, cell) =>
        Math.max(0, (hemithorax.reach.data[cell] as number) - share) *
        smoothstep(-0.3, -0.6, across.data[cell] as number) *
        smoothstep(-2, 6, inside.data[cell] as number),
    ),
  };
  const displacement = drawingBack(inside, outline, around);
  let [all, kept] = [0, 0];
  within.data.forEach((share, cell) => {
    all += share;
    if ((inside.data[cell] as number) > 0) kept += share;
  });
  return {
    inside,
    lung: within,
    beside,
    line,
    apart,
    width,
    displacement,
    left: kept / Math.max(all, 1),
    hilarMm: fieldAt(depths, lung.hilum.x / CHEST_GRID, lung.hilum.y / CHEST_GRID),
  };
}

/** What does not depend on how deep the air is. */
const unmoved = keptByPair((chest: Chest, hemithorax: Hemithorax) => {
  const { lung, lateral, medial, across } = hemithorax;
  const { aspect, millimetresPerRow: mm } = chest;
  const depth = lung.depth.data;
  const within = {
    ...lung.share,
    data: lung.share.data.map(
      (share, cell) => smoothstep(0.35, 0.8, share) * smoothstep(-0.5, 2.5, (depth[cell] as number) * mm),
    ),
  };
  // Where the line meets neither the mediastinum nor the lung's border.
  const unbroken = Float64Array.from({ length: CHEST_GRID * CHEST_GRID }, (_, cell) => {
    const row = Math.floor(cell / CHEST_GRID);
    const width = Math.abs((medial[row] as number) - (lateral[row] as number));
    const fromMedial = ((across.data[cell] as number) + 1) * 0.5 * width * aspect * mm;
    return smoothstep(5, 22, fromMedial) * smoothstep(0, 6, (depth[cell] as number) * mm);
  });
  return { within, around: aroundLung(hemithorax), unbroken };
});

/** Cells around the lung and its borders in which a collapse is worked out: what smooths it reaches no further. */
const AROUND = 12;

function aroundLung({ lung, reach }: Hemithorax): Box {
  let [left, right, top, bottom] = [CHEST_GRID, 0, CHEST_GRID, 0];
  for (let y = 0, cell = 0; y < CHEST_GRID; y++) {
    for (let x = 0; x < CHEST_GRID; x++, cell++) {
      if ((lung.share.data[cell] as number) <= 0.3 && (reach.data[cell] as number) <= 0) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  const [x, y] = [Math.max(0, left - AROUND), Math.max(0, top - AROUND)];
  return {
    x,
    y,
    width: Math.min(CHEST_GRID, right + AROUND + 1) - x,
    height: Math.min(CHEST_GRID, bottom + AROUND + 1) - y,
  };
}

/** The lung that is left shows what lay further out and further up. */
function drawingBack(inside: Field, { source }: Outline, around: Box): Displacement {
  const at = (of: (from: Source, column: number, row: number) => number): Field =>
    blurred(
      makeField(
        CHEST_GRID,
        (column, row) => {
          if ((inside.data[row * CHEST_GRID + column] as number) < -4) return 0;
          return of(source(column, row), column, row) / CHEST_GRID;
        },
        around,
      ),
      1.5,
    );
  return { x: at(({ x }, column) => column + 0.5 - x), y: at(({ y }, _, row) => row + 0.5 - y) };
}
