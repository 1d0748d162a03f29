/**
 * Where fluid stands in a hemithorax, as shares of the beam's path: free with a meniscus, level under air, or between lung and
 * diaphragm; and what it presses out of the lung that floats on it. Fields are on CHEST_GRID.
 */

import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldAt, makeField, smoothstep, type Field } from '../field';
import { smoothNoise, uniforms } from '../noise';
import { known, type Hemithorax } from './hemithorax';

/** Gap between lung and chest wall, in halves of the hemithorax, that counts as the fluid's level: it hides the outer ninth. */
const LEVEL_GAP = 0.22;
/** How far toward the mediastinum, of half a hemithorax, the two ellipses hold: nearer to it the fluid would climb as a tongue. */
const MOST_MEDIAL = 0.84;
/** How much denser the lung above a large effusion is beside it, as a share of the way to soft tissue, and how far up. */
const PRESSED = 0.4;
const PRESSED_MM = 42;
/** It differs from lung to lung. */
const PRESSED_BY_SEED = [0.6, 1.35] as const;
/** How uneven it is: some lobules hold their air, others none. */
const PRESSED_UNEVEN = 0.5;
/** How fast the layers before and behind the lung take its depth, for a gap along the wall as wide as half the hemithorax. */
const LAYERS = 1.3;
/** What `inward` comes to along the wall, where the level is told. */
const WALL = 0.32;
/** A lung is no ellipse: before and behind, its edge lies elsewhere than in the middle, so that on a film it thins out, the more the further it is from the wall. */
const RIM_SOFT = 1.1;
/** Of the lung's height, how much lower fluid stands at the mediastinum than at the wall, for one that fills it all. */
const SLOPE = [0, 0.05] as const;
/**
 * The lung floats, and fluid lies below its base as well: so far below the level along the wall half of the beam is in it, and
 * over so much above and below that it comes in (decision 136).
 */
const BASE_MM = [20, 44] as const;
const BASE_SOFT_MM = [38, 72] as const;
/** Of the lung's height: up to the first little fluid lies in the angle at the wall alone, from the second on below all of the lung. */
const SPREADS = [0.12, 0.3] as const;
/** So much lies before and behind the mediastinum as well, up to the spine. */
const OVER_MEDIASTINUM = [0.5, 0.8] as const;
/** Where, from mediastinum (-1) to wall (1), what lies in the angle alone ends over the abdomen and over the dome. */
const IN_ANGLE = [-0.1, 0.75] as const;
/** At the mediastinum it stands lower or higher than there, and lobes float each for itself: so many mm to either side. */
const MEDIAL_RISE_MM = [-14, 26] as const;
const LOBES_MM = 7;
const UNEVEN_MM = 5;
/** Beside the wall fluid is a rim above that base, no wider than this share of half the hemithorax; much fluid surrounds the lung. */
const RIM = 0.7;

/** Share of the beam in fluid: chest and floating lung as two ellipses in each horizontal plane. */
export function meniscus(
  chest: Chest,
  side: ChestSide,
  { lung, across, height, reach, behindHeart, besideSpine, underDome }: Hemithorax,
  amount: number,
  seed: number,
): Field {
  const [a = 0.5, b = 0.5, c = 0.5, d = 0.5, e = 0.5, f = 0.5, g = 0.5] = uniforms(seed, side === 'right' ? 20 : 21, 7);
  // Fluid on the mediastinal side, as a share of that along the wall, and how much of the wall's gap lies before and behind the lung.
  const medialShare = 0.03 + 0.15 * a;
  const layerShare = 0.85 + 0.3 * b;
  // The higher it stands, the longer the thin layers before and behind the lung: its upper border fades more slowly.
  const power = 2.1 + 0.7 * c - 0.3 * smoothstep(0.3, 0.8, amount);
  const whole = 2 / (1 + medialShare);
  const taper = height * Math.min(0.55, 0.12 + (0.36 + 0.3 * d) * amount);
  const level = lung.costophrenic.y - amount * height;
  const tip = level - taper * (LEVEL_GAP / whole) ** (1 / power);
  // It slopes down toward the mediastinum, and is no bowl.
  const slope =
    (SLOPE[0] + (SLOPE[1] - SLOPE[0]) * e) * height * Math.min(1, amount) * (1 - smoothstep(0.5, 0.9, amount));
  const uneven = smoothNoise(seed, side === 'right' ? 22 : 23, 0.06);
  const wave = Math.min(0.06 * taper, 5 / chest.millimetresPerRow);
  // Little fluid lies on the diaphragm alone, whose dome is above it.
  const drop = Math.min(0.5 * amount * height, (BASE_MM[0] + (BASE_MM[1] - BASE_MM[0]) * e) / chest.millimetresPerRow);
  const between = ([low, high]: readonly [number, number], chance: number): number => low + (high - low) * chance;
  const baseSoft = Math.min(between(BASE_SOFT_MM, f) / chest.millimetresPerRow, 0.55 * amount * height + 1);
  const rise = between(MEDIAL_RISE_MM, g) / chest.millimetresPerRow;
  const lobes = smoothNoise(seed, side === 'right' ? 26 : 27, 0.09);
  const lobed = Math.min(LOBES_MM / chest.millimetresPerRow, 0.1 * amount * height);
  const rough = Math.min(UNEVEN_MM / chest.millimetresPerRow, 0.07 * amount * height);
  // Each column of the lung has a base of its own, looked up along one row.
  const ownBase = Float32Array.from(
    { length: CHEST_GRID },
    (_, x) => lobed * fieldAt(lobes, (x + 0.5) / CHEST_GRID, 0.5) - level - drop,
  );
  const base = (row: number, u: number, x: number): number =>
    smoothstep(-baseSoft, baseSoft, row + rise * smoothstep(0.2, -1, u) + (ownBase[x] as number));
  const widest = RIM + (whole - RIM) * smoothstep(0.45, 0.95, amount);
  const spreads = spreadOf(amount);
  const inAngle = (u: number): number => spreads + (1 - spreads) * smoothstep(IN_ANGLE[0], IN_ANGLE[1], u);
  const much = smoothstep(OVER_MEDIASTINUM[0], OVER_MEDIASTINUM[1], amount);
  const floor = known(lung.floor);
  const below = (x: number, y: number): number =>
    smoothstep(-6, 0, (y + 0.5 - (floor[x] as number)) * chest.millimetresPerRow);
  // Lung and what lies beside it meet with soft rims: the greater of the two left a dark seam along the heart.
  const field = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const beyond = Math.max(behindHeart.data[cell] as number, underDome.data[cell] as number);
    const within = Math.min(1, (reach.data[cell] as number) + beyond + much * (besideSpine.data[cell] as number));
    if (within <= 0) return 0;
    const inward = Math.sqrt(0.5 * (1 - Math.min(1, Math.max(-1, across.data[cell] as number)))) - WALL;
    const own = fieldAt(uneven, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
    const at = y + 0.5 - slope * inward + wave * own;
    const free = at <= tip ? 0 : whole * ((at - tip) / taper) ** power;
    const gap = widest * (1 - Math.exp(-free / widest));
    const u = across.data[cell] as number;
    const beside = fluidShare(Math.max(-MOST_MEDIAL, u), gap, medialShare, layerShare);
    const share = 1 - (1 - beside * inAngle(u)) * (1 - base(at + rough * own, u, x) * inAngle(u));
    if (share <= 0) return 0;
    // Heart and mediastinum keep their borders until what lies beside them is nearly all fluid.
    const drowned = Math.max(
      smoothstep(-5, 0, (lung.depth.data[cell] as number) * chest.millimetresPerRow),
      below(x, y),
      underDome.data[cell] as number,
    );
    return within * share * (drowned + (1 - drowned) * smoothstep(0.6, 0.97, share));
  });
  const soft = 1.2 / chest.millimetresPerRow;
  return blurred(field, soft / chest.aspect, soft);
}

/** How far fluid goes over the abdomen: 0 in the angle at the wall alone, 1 below all of the lung. */
export function spreadOf(amount: number): number {
  return smoothstep(SPREADS[0], SPREADS[1], amount);
}

/** The floating lung has less room, most of all beside the fluid: it holds less air there, and none is missing where little fluid is. */
export function pressedLung(
  chest: Chest,
  sides: readonly ChestSide[],
  share: Field,
  amount: number,
  seed: number,
): Field {
  const [a = 0.5] = uniforms(seed, 28, 1);
  const strength =
    PRESSED * (PRESSED_BY_SEED[0] + (PRESSED_BY_SEED[1] - PRESSED_BY_SEED[0]) * a) * smoothstep(0.06, 0.6, amount);
  if (strength === 0) return makeField(CHEST_GRID, () => 0);
  const everywhere = 0.35 * smoothstep(0.45, 0.85, amount);
  const rows = PRESSED_MM / chest.millimetresPerRow;
  const near = blurred(share, rows / chest.aspect, rows).data;
  const uneven = smoothNoise(seed, 25, 0.02);
  const depths = sides.map((side) => chest[side].depth.data);
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    let lung = 0;
    for (const depth of depths)
      lung = Math.max(lung, smoothstep(-1, 3, (depth[cell] as number) * chest.millimetresPerRow));
    if (lung === 0) return 0;
    const beside = smoothstep(0.02, 0.6, near[cell] as number);
    if (beside === 0) return lung * strength * everywhere;
    const some =
      1 + PRESSED_UNEVEN * Math.max(-2, Math.min(2, fieldAt(uneven, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID)));
    return lung * strength * (everywhere + (1 - everywhere) * some * beside);
  });
}

/** Of a chest full of it, how deep fluid behind the lung of a patient who lies is at the base: the least, and how much more by its amount. */
const LAYER = [0.3, 0.5] as const;
/** Of the lung's height, how far up it comes: the least, and how much more by its amount. */
const LAYER_UP = [0.4, 0.8] as const;
/** Beside the wall and over the dome it is deeper: so much of what else is seen there, over so many mm. */
const LAYER_RIM = 0.35;
const RIM_MM = 9;
const OVER_DOME_MM = [-4, 16] as const;

/** Behind the lung of a patient who lies: deepest at the base, thinner upward, without a level. */
export function layered(
  chest: Chest,
  side: ChestSide,
  { lung, across, height, reach, behindHeart, dome }: Hemithorax,
  amount: number,
  seed: number,
): Field {
  const [a = 0.5, b = 0.5] = uniforms(seed, side === 'right' ? 30 : 31, 2);
  const uneven = smoothNoise(seed, side === 'right' ? 32 : 33, 0.07);
  const deep = LAYER[0] + LAYER[1] * Math.min(1, amount);
  const up = Math.min(1.1, LAYER_UP[0] + LAYER_UP[1] * amount) * (0.9 + 0.2 * a);
  const power = 0.8 + 0.5 * b;
  const mm = chest.millimetresPerRow;
  return blurred(
    makeField(CHEST_GRID, (x, y) => {
      const cell = y * CHEST_GRID + x;
      const within = Math.max(reach.data[cell] as number, behindHeart.data[cell] as number);
      if (within <= 0) return 0;
      const from = (lung.costophrenic.y - y - 0.5) / (up * height);
      const own = 1 + 0.12 * fieldAt(uneven, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
      const veil = deep * own * Math.min(1, Math.max(0, 1 - from)) ** power;
      const halfMm = 0.5 * Math.abs(1 - (across.data[cell] as number)) * 0.5 * height * mm;
      const rim = smoothstep(RIM_MM, 0, halfMm);
      const atDome = smoothstep(OVER_DOME_MM[1], OVER_DOME_MM[0], ((dome[x] as number) - y - 0.5) * mm);
      // Where they meet none is counted twice.
      const more = LAYER_RIM * (1 - (1 - rim) * (1 - atDome)) * Math.min(1, veil / (0.5 * deep));
      return within * (1 - (1 - veil) * (1 - more));
    }),
    2,
  );
}

/** Under air there is no meniscus: fluid fills the whole depth up to a straight, horizontal line from wall to mediastinum. */
export function level(
  chest: Chest,
  { lung, height, reach, behindHeart, underDome }: Hemithorax,
  amount: number,
): Field {
  const row = lung.costophrenic.y - amount * height;
  const edge = 0.6 / chest.millimetresPerRow;
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    return (
      Math.max(reach.data[cell] as number, behindHeart.data[cell] as number, underDome.data[cell] as number) *
      smoothstep(-edge, edge, y + 0.5 - row)
    );
  });
}

/** 1 - (path through the lung) / (path through the chest) at -1 <= u <= 1 for a gap of 0 (none) to `2 / (1 + medialShare)` (all). */
function fluidShare(u: number, gap: number, medialShare: number, layerShare: number): number {
  if (gap <= 0) return 0;
  const half = 1 - (gap * (1 + medialShare)) / 2;
  if (half <= 0.02) return 1;
  const inner = (u + (gap * (1 - medialShare)) / 2) / half;
  if (inner * inner >= 1) return 1;
  const outer = Math.sqrt(Math.max(1 - u * u, 1e-4));
  // The layers before and behind the lung take its depth from it over centimetres, and its rim thins out.
  const whole = 2 / (1 + medialShare);
  const lungDepth = Math.exp(-LAYERS * layerShare * gap) * smoothstep(whole, 0.7 * whole, gap);
  const rim = (1 - inner * inner) ** (0.5 + RIM_SOFT * smoothstep(0, 0.6, gap));
  return Math.min(1, Math.max(0, 1 - (lungDepth * rim) / outer));
}

/** Fluid between lung and diaphragm: a second, higher "diaphragm" whose peak lies lateral to the dome's and which falls off steeply to the wall. */
export function subpulmonic(
  chest: Chest,
  side: ChestSide,
  { lung, across, height, reach }: Hemithorax,
  amount: number,
  seed: number,
): Field {
  const [a = 0.5, b = 0.5] = uniforms(seed, side === 'right' ? 24 : 25, 2);
  const floor = known(lung.floor);
  const smooth = blurred({ width: CHEST_GRID, height: 1, data: floor }, 5 / chest.aspect, 0).data;
  const peak = 0.34 + 0.2 * a;
  const rise = amount * height;
  const edge = 1.2 / chest.millimetresPerRow;
  return blurred(
    makeField(CHEST_GRID, (x, y) => {
      const cell = y * CHEST_GRID + x;
      const within = reach.data[cell] as number;
      if (within <= 0) return 0;
      const u = across.data[cell] as number;
      // Gently up from the heart to the lateral peak, steeply down to the wall.
      const shape =
        u < peak
          ? 1 - (0.35 + 0.2 * b) * ((peak - u) / (1 + peak)) ** 1.4
          : 1 - 0.75 * ((u - peak) / (1 - peak)) ** 2.2;
      const surface = (smooth[x] as number) - rise * Math.max(0.1, shape);
      return within * smoothstep(-edge, edge, y + 0.5 - surface);
    }),
    0.4,
  );
}
