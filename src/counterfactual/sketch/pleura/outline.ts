/**
 * Where the visceral pleura lies when air has pushed a lung back. What is left of a lung is a smaller lung: what lay above the hilum
 * comes down toward it, what lay beside the wall comes nearer to the mediastinum. Fields are on CHEST_GRID.
 */

import type { Chest } from '../chest';
import { blurred, blurredValues, CHEST_GRID, fieldAt, smoothstep } from '../field';
import { smoothNoise, uniforms } from '../noise';
import { known, type Hemithorax } from './hemithorax';
import type { Wall } from './wall';

/** A lung that is not wholly down wanders from its arc by so many mm. */
const WANDERS_MM = 1.5;
/** Below the hilum the lung that is down reaches further, by the inverse of this. */
const SAGS = 0.5;
/** How uneven its outline is, in mm. */
const LOBED_MM = 8;
/** Finer than its lobes it is uneven by so many mm more. */
const LOBULES_MM = 2.4;

/** Of the depth of the air at the apex, what it is beside the lung. */
const SIDEWAYS = 0.66;
/** No part of a lung gets lower than this share of what it was, nor narrower than that: one that hangs together, and one wholly down. */
const LEAST_TALL = 0.15;
const LEAST_WIDE = [0.42, 0.22] as const;
/** How far the top of a lung comes down beside the mediastinum, as a share, and how much further beside the wall. */
const ROUND = [1, 0.2] as const;
/** What hangs at the hilum, of the lung's height each way; and over how many mm the top of a lung falls toward the mediastinum. */
const FIST = 0.105;
const DOME_MM = 34;
/** Cells beyond the lung that the distance from its wall is known for. */
const BEYOND = 4;

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
  const profile = Math.min(
    1.12,
    Math.max(0, (extent - down) / (extent - apical)) ** (0.55 + 0.35 * b - 0.15 * smoothstep(45, 75, amount)),
  );
  // What hangs together with the diaphragm, and the weight of the lower lobe, keep the base further out than the rest.
  const sags = (0.6 + 0.25 * c) * smoothstep(30, 90, amount);
  return amount * profile * (1 - sags * smoothstep(0.35, 0.95, down));
}

/** Where the visceral pleura lies. */
export interface Outline {
  /** Signed distance to it in mm, positive in the lung that is left, before it is smoothed. */
  readonly inside: (column: number, row: number) => number;
  /** Depth of the air along the wall, in mm. */
  readonly depth: (column: number, row: number) => number;
  /** Where in the lung as it was a place of what is left of it lay. */
  readonly source: (column: number, row: number) => Source;
}

/** In columns and rows, and how much wider and taller the lung was there. */
export interface Source {
  readonly x: number;
  readonly y: number;
  readonly wider: number;
  readonly taller: number;
}

/** Fields of a seed that its outline is uneven by. */
export const roughness = (seed: number) => ({
  chance: uniforms(seed, 30, 3) as unknown as readonly [number, number, number],
  uneven: smoothNoise(seed, 31, 0.07),
  lobules: smoothNoise(seed, 41, 0.03),
  lobes: smoothNoise(seed, 35, 0.075),
  wander: smoothNoise(seed, 36, 0.08),
});

export function outlineOf(
  chest: Chest,
  hemithorax: Hemithorax,
  wall: Wall,
  amount: number,
  { chance, uneven, lobules, lobes, wander }: ReturnType<typeof roughness>,
): Outline {
  const { lung, height, across, lateral, medial } = hemithorax;
  const { aspect, millimetresPerRow: mm } = chest;
  const [a] = chance;
  const outward = lung.side === 'right' ? -1 : 1;
  const columnMm = aspect * mm;
  const rise = Math.max(0, amount - 70) * 0.2;
  const floor = blurred({ width: CHEST_GRID, height: 1, data: known(lung.floor) }, 3, 0).data;
  const [inner, outer] = [medial, lateral].map((line) => blurredValues(known(line), 1, CHEST_GRID, 0, 3)) as [
    Float32Array,
    Float32Array,
  ];
  const lineAt = (line: Float32Array, y: number): number => {
    const at = Math.min(CHEST_GRID - 1.001, Math.max(0, y - 0.5));
    const low = Math.floor(at);
    return (line[low] as number) + (at - low) * ((line[low + 1] as number) - (line[low] as number));
  };
  const air: number[] = [];
  const airAt = (row: number): number => {
    const down = Math.max(0, (row + 0.5 - lung.apex.y) / height);
    // At the apex the air lies above the lung.
    return (air[row] ??=
      SIDEWAYS * (0.4 + 0.6 * smoothstep(0, 0.28, down)) * airDepth(amount, down, height * mm, chance));
  };
  const sideways = (column: number, row: number): number =>
    airAt(row) * (1 + 0.07 * fieldAt(uneven, (column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID));
  // What is above the hilum comes down toward it, what is beside the mediastinum comes nearer: a smaller lung, and no lung cut off.
  const above = Math.max(1, lung.hilum.y - lung.apex.y);
  const squeezed = 1 / Math.max(LEAST_TALL, 1 - amount / (above * mm)) - 1;
  const narrowest = LEAST_WIDE[0] + (LEAST_WIDE[1] - LEAST_WIDE[0]) * smoothstep(80, 140, amount);
  const rounds = 0.16 * above;
  // A row at a time: one list of all cells, begun in its middle, would be looked up as a dictionary is.
  const sources: Source[][] = [];
  const source = (column: number, row: number): Source => ((sources[row] ??= [])[column] ??= sourceOf(column, row));
  const sourceOf = (column: number, row: number): Source => {
    const y = row + 0.5;
    const own = lineAt(inner, y);
    const aside = sideways(column, row);
    const out = (column + 0.5 - own) * outward;
    // Its top is round: what lies further out comes down further.
    const across = Math.min(
      1.3,
      Math.max(0, (out * columnMm) / Math.max(20, Math.abs(lineAt(outer, y) - own) * columnMm - aside)),
    );
    const lowered = squeezed * (ROUND[0] + ROUND[1] * across * across);
    const up = lung.hilum.y - y;
    const bent = Math.sqrt(up * up + rounds * rounds);
    const from = y - (lowered * (up + bent)) / 2;
    const taller = 1 + (lowered * (1 + up / bent)) / 2;
    const width = Math.abs(lineAt(outer, from) - own) * columnMm;
    const wider = out > 0 ? 1 / Math.max(narrowest, 1 - aside / Math.max(1, width)) : 1;
    return { x: own + outward * out * wider, y: from, wider, taller };
  };
  const distanceAt = wallDistance(hemithorax, wall, columnMm, mm);
  // However complete: bronchi and vessels hold a fist of lung at the hilum, which sags.
  const fist = (FIST + 0.03 * a) * height * mm;
  const hilumAt = (x: number, y: number): number => {
    const down = y - lung.hilum.y - 0.05 * height;
    return (
      fist -
      Math.hypot(
        (x - lung.hilum.x) * columnMm * (1.35 - 0.4 * smoothstep(0, 0.2 * height, down)),
        down * mm * (down > 0 ? SAGS : 0.95),
      ) *
        (1 + 0.16 * fieldAt(lobes, x / CHEST_GRID, y / CHEST_GRID))
    );
  };
  // Lobes fall together each for itself: the outline of a lung that is mostly down is no arc.
  const [lobed, fine] = [LOBED_MM, LOBULES_MM].map((most) => most * smoothstep(70, 130, amount)) as [number, number];
  const wanders = WANDERS_MM * smoothstep(6, 24, amount);
  // Its top is a dome, which falls toward the mediastinum as well.
  const dome = DOME_MM * smoothstep(4, 30, amount);
  const inside = (column: number, row: number): number => {
    const cell = row * CHEST_GRID + column;
    const u = (column + 0.5) / CHEST_GRID;
    const v = (row + 0.5) / CHEST_GRID;
    const { x, y, wider, taller } = source(column, row);
    const nx = fieldAt(wall.inward[0], x / CHEST_GRID, y / CHEST_GRID);
    const ny = fieldAt(wall.inward[1], x / CHEST_GRID, y / CHEST_GRID);
    const unit = Math.hypot(nx, ny);
    // A distance in the lung as it was is shorter in what is left of it.
    const longer = unit < 0.2 ? Math.max(wider, taller) : Math.hypot(nx * wider, ny * taller) / unit;
    const drawn =
      distanceAt(x, y) / longer +
      lobed * fieldAt(lobes, u, v) +
      fine * fieldAt(lobules, u, v) +
      wanders * fieldAt(wander, u, v);
    const fromMedial = (column + 0.5 - lineAt(inner, row + 0.5)) * outward * columnMm;
    const own = Math.min(drawn, smoothLeast(drawn, Math.max(0, fromMedial) + Math.max(0, drawn - 0.35 * dome), dome));
    if (rise === 0) return Math.max(own, hilumAt(column + 0.5, row + 0.5));
    // The base lifts off the diaphragm as the lung falls together, less near the mediastinum; the two borders meet in a round corner.
    const lifted = rise * smoothstep(-1, -0.2, across.data[cell] as number);
    const base = ((floor[column] as number) - row - 0.5) * mm - lifted;
    return Math.max(smoothLeast(own, base, 14), hilumAt(column + 0.5, row + 0.5));
  };
  const depth = (column: number, row: number): number => {
    const cell = row * CHEST_GRID + column;
    const { y } = source(column, row);
    return Math.max(sideways(column, row), (row + 0.5 - y) * mm * Math.abs(wall.inward[1].data[cell] as number));
  };
  return { inside, depth, source };
}

/** The lesser of two, rounded where they are within `k` of one another. */
function smoothLeast(one: number, other: number, k: number): number {
  if (k <= 0) return Math.min(one, other);
  const mix = Math.min(1, Math.max(0, 0.5 + (other - one) / (2 * k)));
  return one * mix + other * (1 - mix) - k * mix * (1 - mix);
}

/** Distance from the wall in mm at a place in cells, negative beyond it, also where it was not worked out. */
function wallDistance(
  { lung }: Hemithorax,
  { distance }: Wall,
  columnMm: number,
  mm: number,
): (x: number, y: number) => number {
  const columns = Array.from(lung.ceiling.keys()).filter((x) => !Number.isNaN(lung.ceiling[x]));
  const [left, right] = [(columns[0] ?? 0) - BEYOND, (columns.at(-1) ?? 0) + 1 + BEYOND];
  const [top, bottom] = [lung.top - BEYOND, lung.bottom + BEYOND];
  return (x, y) => {
    const [u, v] = [Math.min(right, Math.max(left, x)), Math.min(bottom, Math.max(top, y))];
    const near = fieldAt(distance, u / CHEST_GRID, v / CHEST_GRID);
    return u === x && v === y ? near : near - Math.hypot((x - u) * columnMm, (y - v) * mm);
  };
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
