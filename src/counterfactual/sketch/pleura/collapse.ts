/**
 * The shape of a lung that air has pushed back: how deep the air is along the wall, where the visceral pleura lies, and how what is
 * in the lung is drawn together. Fields are on CHEST_GRID.
 */

import type { Chest } from '../chest';
import type { Displacement } from '../displace';
import { blurred, CHEST_GRID, fieldAt, makeField, smoothstep, type Box, type Field } from '../field';
import { smoothNoise, uniforms } from '../noise';
import { known, type Hemithorax } from './hemithorax';
import type { Wall } from './wall';

/** A lung that is not wholly down wanders from its arc by so many mm. */
const WANDERS_MM = 2.2;
/** Below the hilum the lung that is down reaches further, by the inverse of this. */
const SAGS = 0.5;
/** How uneven its outline is, in mm. */
const LOBED_MM = 8;
/** Finer than its lobes it is uneven by so many mm more. */
const LOBULES_MM = 2.4;

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

/** Smaller ones are looked at so many mm apart. */
const SMALLER_MM = 2;

/**
 * Depth of the air in mm, `down` (a share of the lung's height `heightMm`) below the apex, where it is `amount` mm at the apex: never
 * less than that of any smaller one. The base of a lung that falls together is held back more than it falls for a while, and air
 * would come out of the chest again.
 * @param chance three numbers in [0, 1) of the seed
 */
export function airDepth(
  amount: number,
  down: number,
  heightMm: number,
  chance: readonly [number, number, number],
): number {
  let deepest = depthOf(amount, down, heightMm, chance);
  for (let smaller = SMALLER_MM; smaller < amount; smaller += SMALLER_MM)
    deepest = Math.max(deepest, depthOf(smaller, down, heightMm, chance));
  return deepest;
}

function depthOf(amount: number, down: number, heightMm: number, [a, b, c]: readonly [number, number, number]): number {
  // A small one stays at the apex, one of some 5 cm goes halfway down the wall or further, a large one to the diaphragm.
  const extent = 0.28 + 0.1 * a + amount / 105 + Math.max(0, amount - 50) / 55;
  const apical = Math.min(0.8 * extent, amount / heightMm);
  const profile = Math.min(1.12, Math.max(0, (extent - down) / (extent - apical)) ** (0.9 + 0.4 * b));
  // What hangs together with the diaphragm, and the weight of the lower lobe, keep the base further out than the rest.
  const sags = (0.6 + 0.25 * c) * smoothstep(30, 90, amount);
  return amount * profile * (1 - sags * smoothstep(0.35, 0.95, down));
}

/** Where the visceral pleura lies. */
interface Outline {
  /** Signed distance to it in mm, positive in the lung that is left, before it is smoothed. */
  readonly inside: (column: number, row: number) => number;
  /** Depth of the air along the wall, in mm. */
  readonly depth: (column: number, row: number) => number;
}

/** Fields of a seed that its outline is uneven by. */
const roughness = (seed: number) => ({
  chance: uniforms(seed, 30, 3) as unknown as readonly [number, number, number],
  uneven: smoothNoise(seed, 31, 0.07),
  lobules: smoothNoise(seed, 41, 0.03),
  lobes: smoothNoise(seed, 35, 0.075),
  wander: smoothNoise(seed, 36, 0.05),
});

function outlineOf(
  chest: Chest,
  { lung, height, across }: Hemithorax,
  wall: Wall,
  amount: number,
  { chance, uneven, lobules, lobes, wander }: ReturnType<typeof roughness>,
): Outline {
  const { aspect, millimetresPerRow: mm } = chest;
  const [a] = chance;
  const rise = Math.max(0, amount - 70) * 0.2;
  const floor = blurred({ width: CHEST_GRID, height: 1, data: known(lung.floor) }, 3, 0).data;
  const air: number[] = [];
  const airAt = (row: number): number =>
    (air[row] ??= airDepth(amount, Math.max(0, (row + 0.5 - lung.apex.y) / height), height * mm, chance));
  const depth = (column: number, row: number): number =>
    airAt(row) * (1 + 0.07 * fieldAt(uneven, (column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID));
  // However complete: bronchi and vessels hold a fist of lung at the hilum, about a sixth of the lung's height each way, which sags.
  const fist = (0.17 + 0.03 * a) * height * mm;
  const hilumAt = (x: number, y: number): number => {
    const down = y - lung.hilum.y - 0.05 * height;
    return (
      fist -
      Math.hypot(
        (x - lung.hilum.x) * aspect * mm * (1.35 - 0.4 * smoothstep(0, 0.2 * height, down)),
        down * mm * (down > 0 ? SAGS : 0.75),
      ) *
        (1 + 0.16 * fieldAt(lobes, x / CHEST_GRID, y / CHEST_GRID))
    );
  };
  // Lobes fall together each for itself: the outline of a lung that is mostly down is no arc.
  const [lobed, fine] = [LOBED_MM, LOBULES_MM].map((most) => most * smoothstep(40, 100, amount)) as [number, number];
  const wanders = WANDERS_MM * smoothstep(6, 24, amount);
  const inside = (column: number, row: number): number => {
    const cell = row * CHEST_GRID + column;
    const [u, v] = [(column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID];
    const own =
      (wall.distance.data[cell] as number) -
      depth(column, row) +
      lobed * fieldAt(lobes, u, v) +
      fine * fieldAt(lobules, u, v) +
      wanders * fieldAt(wander, u, v);
    if (rise === 0) return Math.max(own, hilumAt(column + 0.5, row + 0.5));
    // The base lifts off the diaphragm as the lung falls together, less near the mediastinum; the two borders meet in a round corner.
    const lifted = rise * smoothstep(-1, -0.2, across.data[cell] as number);
    const base = ((floor[column] as number) - row - 0.5) * mm - lifted;
    const k = 14;
    const mix = Math.min(1, Math.max(0, 0.5 + (base - own) / (2 * k)));
    return Math.max(own * mix + base * (1 - mix) - k * mix * (1 - mix), hilumAt(column + 0.5, row + 0.5));
  };
  return { inside, depth };
}

/** From the top of the chest straight down to the pleura, in mm, beside the lung's apex: the middle of a few columns. */
function apicalMm({ millimetresPerRow: mm, aspect }: Chest, { lung }: Hemithorax, { inside }: Outline): number {
  const middle = Math.round(lung.apex.x - 0.5);
  const step = APEX_MM / mm / aspect;
  const depths = [-1, -0.5, 0, 0.5, 1].flatMap((at) => {
    const column = Math.round(middle + at * step);
    const ceiling = lung.ceiling[column];
    if (ceiling === undefined || Number.isNaN(ceiling)) return [];
    const first = Math.ceil(ceiling - 0.5);
    for (let row = first; row < lung.bottom; row++) {
      const here = inside(column, row);
      if (here <= 0) continue;
      const above = row === first ? 0 : inside(column, row - 1);
      const share = above < 0 ? here / (here - above) : 0;
      return [(row + 0.5 - share - ceiling) * mm];
    }
    return [(lung.bottom - ceiling) * mm];
  });
  return depths.sort((one, other) => one - other)[depths.length >> 1] ?? 0;
}

/** So far to both sides of its highest point a lung's apex is looked at. */
const APEX_MM = 16;
/** The furthest that a lung is drawn back along the wall: a stump at the hilum. */
const FURTHEST_MM = 150;
const ROUNDS = 14;

/**
 * How far the lung draws back along the wall for its top to lie `amount` mm below that of the chest, or as far as it can; and how far
 * below it lies then.
 */
export function drawnBackFor(
  chest: Chest,
  hemithorax: Hemithorax,
  wall: Wall,
  amount: number,
  seed: number,
): { readonly alongMm: number; readonly apicalMm: number } {
  const rough = roughness(seed);
  const reached = (along: number): number =>
    apicalMm(chest, hemithorax, outlineOf(chest, hemithorax, wall, along, rough));
  let [least, most] = [0, FURTHEST_MM];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (least + most) / 2;
    if (reached(middle) < amount) least = middle;
    else most = middle;
  }
  return { alongMm: most, apicalMm: reached(most) };
}

/**
 * How deep the air is along the wall: deepest at the apex, none at the base of a small one, everywhere in a complete one.
 * @param amount how far the lung draws back along the wall, in mm
 */
export function collapseOf(chest: Chest, hemithorax: Hemithorax, wall: Wall, amount: number, seed: number): Collapse {
  const { lung, lateral, medial, across } = hemithorax;
  const { aspect, millimetresPerRow: mm } = chest;
  const around = aroundLung(hemithorax);
  const outline = outlineOf(chest, hemithorax, wall, amount, roughness(seed));
  const depths = makeField(CHEST_GRID, outline.depth, around);
  const inside = blurred(makeField(CHEST_GRID, outline.inside, around), 1.6);
  const within: Field = {
    ...lung.share,
    data: lung.share.data.map(
      (share, cell) => smoothstep(0.35, 0.8, share) * smoothstep(-0.5, 2.5, (lung.depth.data[cell] as number) * mm),
    ),
  };
  const [ripple, along, breadth] = [
    smoothNoise(seed, 32, 0.025),
    smoothNoise(seed, 33, 0.055),
    smoothNoise(seed, 34, 0.04),
  ];
  const line = makeField(
    CHEST_GRID,
    (column, row) => {
      const cell = row * CHEST_GRID + column;
      const fromMedial =
        ((across.data[cell] as number) + 1) *
        0.5 *
        Math.abs((medial[row] as number) - (lateral[row] as number)) *
        aspect *
        mm;
      // Where the pleura lies along the beam it is crisp and bright, where it turns away from it it is lost in the lung behind it.
      const [u, v] = [(column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID];
      const wave = 0.72 + 0.55 * fieldAt(along, u, v) + 0.05 * fieldAt(ripple, u, v);
      return (
        smoothstep(9, 34, fromMedial) *
        smoothstep(0, 6, (lung.depth.data[cell] as number) * mm) *
        smoothstep(0.6, 2.6, depths.data[cell] as number) *
        smoothstep(0.4, 1.8, wall.distance.data[cell] as number) *
        Math.min(1.25, Math.max(0, wave))
      );
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
  const displacement = drawingBack(chest, hemithorax, wall, inside, depths, around);
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

/** The lung that is left shows what lay further out: linear along each way from wall to mediastinum. */
function drawingBack(
  chest: Chest,
  { lateral, medial }: Hemithorax,
  wall: Wall,
  inside: Field,
  depths: Field,
  around: Box,
): Displacement {
  const { aspect, millimetresPerRow: mm } = chest;
  const shift = blurred(
    makeField(
      CHEST_GRID,
      (column, row) => {
        const cell = row * CHEST_GRID + column;
        const left = inside.data[cell] as number;
        if (left < -4) return 0;
        const depth = Math.max(0, depths.data[cell] as number);
        const reach = Math.max(depth + 12, Math.abs((medial[row] as number) - (lateral[row] as number)) * aspect * mm);
        return depth * Math.max(0, 1 - Math.max(0, left) / (reach - depth));
      },
      around,
    ),
    2,
  );
  const along = (direction: Field, mmPerCell: number): Field => ({
    ...shift,
    data: shift.data.map((far, cell) => ((direction.data[cell] as number) * far) / mmPerCell / CHEST_GRID),
  });
  return { x: along(wall.inward[0], mm * aspect), y: along(wall.inward[1], mm) };
}
