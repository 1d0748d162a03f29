/** The space that a lung lies in, with room for what may push it aside: its walls continued below the dome of the diaphragm. */

import type { Chest, ChestSide, Lung } from '../chest';
import { blurred, blurredValues, CHEST_GRID, makeField, smoothstep, type Box, type Field } from '../field';
import { keptBy } from '../kept';

export interface Hemithorax {
  readonly lung: Lung;
  /** Of each row: chest wall and mediastinum, known everywhere. */
  readonly lateral: Float32Array;
  readonly medial: Float32Array;
  /** -1 at the mediastinum, 0 halfway, 1 at the chest wall; beyond them it goes on. */
  readonly across: Field;
  /** Rows from the apex to the costophrenic angle. */
  readonly height: number;
  /** 1 in the lung and over its borders with diaphragm and heart, 0 well outside: where the pleura can be drawn. */
  readonly reach: Field;
  /** 1 over this side's half of the heart, 0 over the spine: lung, and what replaces it, goes on behind it. */
  readonly behindHeart: Field;
  /** 1 between the mediastinum's border and the spine, over which much fluid lies as well; 0 in the lung and over the spine. */
  readonly besideSpine: Field;
  /** 1 over the spine, which no fluid beside it makes less dense, falling to 0 beside it. */
  readonly overSpine: Field;
  /** Row of the diaphragm at each column, at the foot of the heart where that lies on it. */
  readonly dome: Float32Array;
  /** 1 at the diaphragm, also where the heart rests on it, falling to 0 well below it; 0 above, at the spine and beyond the wall. */
  readonly underDome: Field;
}

/** How far below the top of the diaphragm the pleural space goes on behind it, in mm: there fluid lies over the abdomen. */
const DOME_MM = 60;

/** How far beyond the lung's edge a border is dissolved: below it and toward the heart, and at the chest wall, in mm. */
const BELOW_MM = 13;
const WALL_MM = 3;
/** The same toward heart and mediastinum, beside which the anatomist stops short of the lung's true border. */
const INWARD_MM = 26;

/** Found once for a side of a chest. */
export const hemithoraxOf = keptBy(found);

function found(chest: Chest, side: ChestSide): Hemithorax {
  const lung = chest[side];
  const lateral = blurredValues(known(lung.lateral), 1, CHEST_GRID, 0, 3);
  const medial = blurredValues(medialLimit(lung), 1, CHEST_GRID, 0, 4);
  const across = makeField(CHEST_GRID, (x, y) => {
    const [outer, inner] = [lateral[y] as number, medial[y] as number];
    return (
      1 - (2 * (x + 0.5 - outer)) / (Math.abs(inner - outer) < 6 ? 6 * Math.sign(inner - outer || 1) : inner - outer)
    );
  });
  const dome = domeOf(chest, lung);
  return {
    lung,
    lateral,
    medial,
    across,
    height: lung.costophrenic.y - lung.apex.y,
    reach: reachOf(chest, lung, across),
    behindHeart: behindHeartOf(chest, side),
    besideSpine: besideSpineOf(chest, lung, across),
    overSpine: overSpineOf(chest, side),
    dome,
    underDome: underDomeOf(chest, lung, across, dome),
  };
}

/** From the middle of the spine outward, in mm: where its own shadow is all, and where fluid beside and before it is. Spine and heart show through over this way, and no edge is seen. */
const SPINE_MM = [2, 38] as const;
/** The same below the dome, where the angle beside the spine would stay dark. */
const BESIDE_SPINE_MM = [4, 30] as const;

/** How far a column lies from the middle of the spine on a side of it, in mm, the spine being where it is at the hilum of that side. */
function fromSpine(chest: Chest, side: ChestSide, hilum = chest[side].hilum): (x: number) => number {
  const row = Math.round(hilum.y);
  const middle = ((known(chest.right.medial)[row] as number) + (known(chest.left.medial)[row] as number)) / 2;
  const outward = side === 'right' ? -1 : 1;
  return (x) => (x + 0.5 - middle) * outward * chest.aspect * chest.millimetresPerRow;
}

/** From the middle of the spine outward, in mm: bodies and transverse processes, and over which way their density goes. */
const OVER_SPINE_MM = [44, 20] as const;

function overSpineOf(chest: Chest, side: ChestSide): Field {
  const out = fromSpine(chest, side);
  return makeField(CHEST_GRID, (x) => smoothstep(OVER_SPINE_MM[0], OVER_SPINE_MM[1], Math.abs(out(x))));
}

function behindHeartOf(chest: Chest, side: ChestSide): Field {
  const out = fromSpine(chest, side, chest.right.hilum);
  const share = blurred(chest.heart.share, 2);
  return makeField(
    CHEST_GRID,
    (x, y) =>
      smoothstep(0.15, 0.6, share.data[y * CHEST_GRID + x] as number) * smoothstep(SPINE_MM[0], SPINE_MM[1], out(x)),
  );
}

/** The same above the heart, and how far beyond the mediastinum's border, in halves of a hemithorax, it goes. */
const ABOVE_HEART_MM = [3, 16] as const;
const BEYOND = [-1.75, -1.3] as const;

function besideSpineOf(chest: Chest, lung: Lung, across: Field): Field {
  const out = fromSpine(chest, lung.side);
  return makeField(CHEST_GRID, (x, y) => {
    const u = across.data[y * CHEST_GRID + x] as number;
    if (u < BEYOND[0] || u > -0.8) return 0;
    return (
      smoothstep(BEYOND[0], BEYOND[1], u) *
      smoothstep(-0.8, -1, u) *
      smoothstep(ABOVE_HEART_MM[0], ABOVE_HEART_MM[1], out(x))
    );
  });
}

/** Over the heart's columns the lung ends at its border; the diaphragm is where the heart does. */
function domeOf(chest: Chest, lung: Lung): Float32Array {
  const own = known(lung.floor).map((y, x) => {
    let foot = y;
    for (let cell = Math.ceil(y); cell < CHEST_GRID; cell++)
      if ((chest.heart.share.data[cell * CHEST_GRID + x] as number) > 0.5) foot = cell + 1;
    return foot;
  });
  return blurredValues(own, CHEST_GRID, 1, 4, 0);
}

function underDomeOf(chest: Chest, lung: Lung, across: Field, dome: Float32Array): Field {
  const { millimetresPerRow: mm } = chest;
  const out = fromSpine(chest, lung.side);
  return makeField(CHEST_GRID, (x, y) => {
    const below = (y + 0.5 - (dome[x] as number)) * mm;
    return below < -4
      ? 0
      : smoothstep(-4, 0, below) *
          smoothstep(DOME_MM, 0.25 * DOME_MM, below) *
          smoothstep(1, 0.93, across.data[y * CHEST_GRID + x] as number) *
          smoothstep(BESIDE_SPINE_MM[0], BESIDE_SPINE_MM[1], out(x));
  });
}

/**
 * The mediastinum's border as far down as the hilum; below, where the heart bulges into the hemithorax, the pleural space goes
 * on behind it, so the border follows the heart by a third only.
 */
function medialLimit(lung: Lung): Float32Array {
  const line = known(lung.medial);
  const hilum = Math.round(lung.hilum.y);
  const base = line[hilum] as number;
  const foot = Math.round(lung.cardiophrenic.y);
  for (let y = hilum; y < line.length; y++) line[y] = base + ((line[Math.min(y, foot)] as number) - base) / 3;
  return line;
}

function reachOf(chest: Chest, lung: Lung, across: Field): Field {
  const mm = chest.millimetresPerRow;
  const floor = known(lung.floor);
  const foot = lung.top + 0.55 * (lung.bottom - lung.top);
  const border = known(lung.medial);
  const toMiddle = lung.side === 'right' ? 1 : -1;
  const shape = (x: number, y: number): number => {
    const cell = y * CHEST_GRID + x;
    const depth = (lung.depth.data[cell] as number) * mm;
    // Toward the heart and the abdomen: not along the chest wall.
    const below = smoothstep(-8, 4, (y + 0.5 - (floor[x] as number)) * mm) * smoothstep(foot - 10, foot + 10, y);
    const beside = smoothstep(1.06, 0.98, across.data[cell] as number);
    const inward =
      smoothstep(-6, 0, (x + 0.5 - (border[y] as number)) * toMiddle * chest.aspect * mm) *
      smoothstep(-INWARD_MM, -INWARD_MM / 2, depth);
    return Math.max(
      smoothstep(-WALL_MM, 1, depth),
      below * beside * smoothstep(-BELOW_MM, -BELOW_MM / 2, depth),
      inward,
    );
  };
  // Beyond what it may reach it is 0.
  const far = (INWARD_MM + 2) / mm;
  const columns = far / chest.aspect;
  const own = makeField(CHEST_GRID, shape, boxAround(lung, columns, far));
  return blurred(own, 1);
}

/** A lung and so many columns and rows around it. */
function boxAround({ ceiling, top, bottom }: Lung, columns: number, rows: number): Box {
  const own = Array.from(ceiling.keys()).filter((x) => !Number.isNaN(ceiling[x]));
  const [x, y] = [Math.max(0, Math.floor((own[0] ?? 0) - columns)), Math.max(0, Math.floor(top - rows))];
  return {
    x,
    y,
    width: Math.min(CHEST_GRID, Math.ceil((own.at(-1) ?? 0) + columns) + 1) - x,
    height: Math.min(CHEST_GRID, Math.ceil(bottom + rows) + 1) - y,
  };
}

/** Nearest known value where there is none. */
export function known(line: Float32Array): Float32Array {
  const out = line.slice();
  for (let at = 1; at < out.length; at++) if (Number.isNaN(out[at])) out[at] = out[at - 1] as number;
  for (let at = out.length - 2; at >= 0; at--) if (Number.isNaN(out[at])) out[at] = out[at + 1] as number;
  return out;
}
