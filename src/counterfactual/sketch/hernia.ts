/**
 * A hiatal hernia: part of the stomach behind the heart, a round shadow on the diaphragm a little left of the midline, ill defined, with gas
 * above a level of fluid. After Corne & Pointon, "Chest X-Ray Made Easy", and Abbara et al., "Intrathoracic stomach revisited",
 * AJR 2003.
 */

import { SketchImpossibleError } from '../errors';
import type { Chest } from './chest';
import { withoutBurning } from './density';
import { blurred, CHEST_GRID, makeField, smoothstep, type Field } from './field';
import { meetingOf } from './heart/border';
import type { SketchKnowledge } from './knowledge';
import { CELLS, chords, mottle, REACH, type Ball, type Body } from './lesion/body';
import { drawBody, roomOf } from './lesion/draw';
import { uniforms } from './noise';
import { paintedOn } from './painted';
import { amountOf, type Sketcher, type SketchRequest } from './sketch';

const AMOUNT = { unit: 'mm', min: 30, max: 130, bySeverity: [35, 50, 75, 110] } as const;
/** Wall of the stomach. */
const WALL_MM = 4;
/** Soft tissue behind the heart adds to it: brighter than the heart alone by up to this share of heart over lung. */
const BEHIND_HEART = 0.24;
/** Stomach of this depth takes the film 63 % of the way: chosen by eye, as its brightness behind the heart is. */
const PATH_MM = 28;
/** How much of a solid body of its size it is: the stomach lies folded, with fat and air about it. */
const FILLED = 0.75;
/** Gas keeps off the wall by this share of the half width; and what it takes from the lung's own density, as a share of soft tissue on its path. */
const GAS_SMALLER = 0.015;
const GAS = 0.34;
/** How ill defined it is, in mm, where lung lies against it, and its level of fluid. */
const EDGE_MM = 1.6;
const LEVEL_MM = 0.8;
/** What the film answers along a ray: a pouch is flatter than a ball. */
const ROUND = 0.55;
/** How far from the midline a hernia's middle still lies. */
const REACH_MM = 60;

export const hernia: Sketcher = {
  finding: 'hernia',
  amount: AMOUNT,
  options: [{ name: 'gas', choices: ['level', 'none'] }],
  harmonise: 0,
  draw(context, request) {
    const { chest } = context;
    const widthMm = amountOf(AMOUNT, request);
    const r = uniforms(request.seed, 61, 4);
    const at = (index: number): number => r[index] as number;
    // It comes up through the hiatus: no border of its own is seen below.
    const [one, other] = [meetingOf(chest.right, chest.aspect).y, meetingOf(chest.left, chest.aspect).y];
    const floor = (one + other) / 2 + Math.abs(one - other) / 4;
    const place = placeOf(chest, request, floor, widthMm, at(0));
    const level = -0.12 + 0.3 * at(1);
    const body = stomach(request.seed, widthMm / 2, request.options['gas'] === 'none' ? undefined : level);
    const sketch = drawBody(context, body, { ...place, diameterMm: widthMm }, request, {
      room: aboveFloor(chest),
      gain: () => 1,
      headroom: BEHIND_HEART,
      rise: 0.6 * BEHIND_HEART,
      pathMm: () => PATH_MM,
    });
    withoutBurning(sketch.change, context.image, sketch.box);
    if (!sketch.change.some((value) => value !== 0)) {
      throw new SketchImpossibleError(
        'What is painted does not reach where a hiatal hernia lies.',
        'Paint behind the heart, just above the diaphragm.',
      );
    }
    const { amount, centreX, centreY } = sketch.figures as typeof sketch.figures & {
      readonly centreX: number;
      readonly centreY: number;
    };
    return {
      ...sketch,
      figures: {
        amount,
        widthMm,
        wallMm: WALL_MM,
        centreX,
        centreY,
        ...(request.options['gas'] !== 'none' ? { levelBelowMiddleMm: (level * widthMm) / 2 } : {}),
      },
    };
  },
};

/** On the diaphragm, left of the midline; or where it is asked, if a hernia can lie there. */
function placeOf(
  chest: Chest,
  { at, mask }: SketchRequest,
  floor: number,
  widthMm: number,
  chance: number,
): { readonly x: number; readonly y: number } {
  const rows = (mm: number): number => mm / chest.millimetresPerRow;
  const midline = midlineOf(chest);
  const asked = at ?? (mask === undefined ? undefined : middleOf(paintedOn(mask)));
  if (asked !== undefined) {
    const [across, up] = [Math.abs(asked.x * CHEST_GRID - midline) * chest.aspect, floor - asked.y * CHEST_GRID];
    if (across > rows(REACH_MM) || up > rows(110) || up < -rows(40)) {
      throw new SketchImpossibleError(
        'A hiatal hernia lies behind the heart, just above the diaphragm, and the place asked does not.',
        'Point or paint near the midline above the diaphragm, or name the mediastinum.',
      );
    }
    return asked;
  }
  return {
    x: (midline + rows(Math.max(4, 26 - 0.16 * widthMm) + 16 * chance) / chest.aspect) / CHEST_GRID,
    y: (floor - rows(widthMm * 0.3)) / CHEST_GRID,
  };
}

/** The column half way between the lungs where the heart does not push them apart. */
function midlineOf({ right, left }: Chest): number {
  const [from, to] = [Math.max(right.top, left.top) + 6, Math.min(right.bottom, left.bottom)];
  const columns = Array.from(
    { length: Math.max(1, Math.floor((to - from) * 0.4)) },
    (_, row) => ((right.medial[from + row] as number) + (left.medial[from + row] as number)) / 2,
  );
  return columns.sort((a, b) => a - b)[columns.length >> 1] as number;
}

function middleOf({ data }: Field): { readonly x: number; readonly y: number } {
  let [sum, x, y] = [1e-9, 0, 0];
  data.forEach((value, cell) => {
    sum += value;
    x += value * ((cell % CHEST_GRID) + 0.5);
    y += value * (Math.floor(cell / CHEST_GRID) + 0.5);
  });
  return { x: x / sum / CHEST_GRID, y: y / sum / CHEST_GRID };
}

/** An uneven pouch wider than high; gas above the level, its content below. Lengths in half widths. */
function stomach(seed: number, halfMm: number, level: number | undefined): Body {
  const r = uniforms(seed, 62, 6);
  const at = (index: number): number => r[index] as number;
  const [apart, tilt] = [0.2 + 0.14 * at(0), (at(1) - 0.5) * 0.3];
  const pouch = (thinner: number): readonly Ball[] =>
    [-1, 0, 1].map((side) => ({
      x: side * apart,
      y: side * tilt - (side === 0 ? 0.04 + 0.1 * at(3) : 0),
      z: 0,
      radius: (1 - apart) * (side < 0 ? 1 - 0.2 * at(4) : 0.85 + 0.15 * at(2)) - thinner,
    }));
  const warp = 0.11;
  const outer = chords(pouch(0), { seed, warp }, 1);
  const gas = level === undefined ? undefined : chords(pouch(WALL_MM / halfMm + GAS_SMALLER), { seed, warp }, 1);
  const soft = LEVEL_MM / halfMm;
  for (let index = 0; index < outer.data.length; index++) {
    const whole = outer.data[index] as number;
    const y = ((2 * (Math.floor(index / CELLS) + 0.5)) / CELLS - 1) * REACH;
    const hollow =
      gas === undefined || level === undefined
        ? 0
        : Math.min(gas.data[index] as number, whole) * smoothstep(level + soft, level - soft, y);
    outer.data[index] = FILLED * (whole - hollow) - GAS * hollow;
  }
  mottle(outer.data, seed, 0.05);
  return { tissue: blurred(outer, (Math.min(0.2, EDGE_MM / halfMm) / REACH) * (CELLS / 2)), round: ROUND };
}

/** The chest's inside down to the diaphragm of either side, below which the stomach is hidden. */
function aboveFloor(chest: Chest): Field {
  const soft = 9 / chest.millimetresPerRow;
  const room = roomOf(chest).data;
  const [right, left] = [meetingOf(chest.right, chest.aspect), meetingOf(chest.left, chest.aspect)];
  return makeField(CHEST_GRID, (x, y) => {
    const share = smoothstep(right.x, left.x, x + 0.5);
    const own = (x < CHEST_GRID / 2 ? chest.right : chest.left).floor[x] as number;
    const between = right.y + (left.y - right.y) * share;
    // Beside the heart the dome itself, where it is known.
    const floor = Number.isNaN(own) || (x > right.x && x < left.x) ? between : own;
    return (room[y * CHEST_GRID + x] as number) * smoothstep(floor + 1.6 * soft, floor - 0.4 * soft, y + 0.5);
  });
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'hernia',
  signs: [
    'A round shadow behind the heart, just above the diaphragm.',
    'It often holds gas above a level of fluid; then its wall shows as a thin rim.',
    'The heart’s own border stays visible: the shadow lies behind it.',
  ],
  sites: ['Behind the heart at the hiatus of the oesophagus, usually a little left of the midline.'],
  sizes: ['30 to 130 mm wide; the whole stomach may come up.'],
  attenuation: ['Wall and fluid add soft tissue behind the heart; gas takes away more than lung does.'],
  companions: ['atelectasis'],
  sources: ['Abbara S. et al., Intrathoracic stomach revisited. AJR 181 (2003).'],
};
