/**
 * A lobe without air, small and dense, in the shape that each lobe takes on a frontal film: what has lost its air has a straight or
 * hollow border where its fissure is seen edge on, and none elsewhere. Shapes after Woodring and Reed, 1996 (KNOWLEDGE of
 * atelectasis.ts). Ribs stay as they are; of the lung's vessels most are lost in it.
 */

import { SketchImpossibleError } from '../../errors';
import type { Chest, Lung } from '../chest';
import { withoutBurning } from '../density';
import { displacedField, type Displacement } from '../displace';
import { blurredValues, CHEST_GRID, fieldIn, makeField, smoothstep, type Box, type Field } from '../field';
import { meetingOf } from '../heart/border';
import { pushed } from '../pleura/shift';
import type { Sketch, SketchContext, SketchRequest } from '../sketch';
import { composed } from './compose';
import { join } from './fill';
import type { LungFrame } from './lungFrame';
import { addMoved, joinedDisplacements, moved } from './moved';
import { placings, type Placing } from './placing';
import { softTissue } from './softTissue';
import { onGrid, tonesOf, type Tones } from './tones';
import { raisedDiaphragm } from './volume';

export type Lobe = 'right upper' | 'middle' | 'right lower' | 'left upper' | 'left lower' | 'right lung' | 'left lung';

/** How much of the film's detail in a lobe without air is kept: what is broad, as ribs are, and what is fine, as vessels and ribs' edges are. */
const [BROAD, FINE] = [0.6, 0.35] as const;
/** Where broad ends, in mm; up to what contrast it is detail, in steps from air to soft tissue; and how far from the lung's edge all of it is kept. */
const [BROAD_MM, DETAIL, FROM_EDGE_MM] = [1.8, 0.26, 12] as const;
/** How far a left lower lobe stands out of the heart that it lies behind, in steps from air to soft tissue. */
const BEHIND_HEART = 0.16;
/** Mediastinum drawn to a lung that has no air at all, at the most; further, the spine would bend. */
const DRAWN_MM = 13;
/** Share of the air that a lung which is down as a whole has lost. */
const WHITE_LUNG = 0.97;
/** A fissure that is seen edge on, and a border that is not, in mm. */
const [SHARP, SOFT] = [1.6, 9] as const;

/** Of a cell that is lung, from so much of it and to so much: a lobe reaches the wall, where the frame's lung fades. */
const TO_WALL = [0.04, 0.4] as const;

/** How much lower than the dome's middle the heart may rest on it. */
const LOWER_MM = 8;

/** What a lobe looks like. */
interface Shape {
  /** Share of the air replaced, on CHEST_GRID. */
  readonly share: Field;
  /** Over the heart, in steps of `BEHIND_HEART`. */
  readonly behind?: Field;
  readonly displacement: Displacement;
  readonly raisedMm: number;
}

/** @param severity 0 to 3: the more, the smaller and the denser */
export function drawLobe(
  { image, chest }: SketchContext,
  request: SketchRequest,
  amount: number,
  severity: number,
): Sketch {
  const where = placings(chest, request);
  if (where.length > 1) {
    throw new SketchImpossibleError(
      'A whole lobe collapses on one side at a time.',
      'Name the lobe’s zone on one side, or choose plates, which both lungs may have.',
    );
  }
  const [placing] = where as [Placing];
  const lobe = lobeOf(placing);
  const shape = shapeOf(chest, toTheWall(placing.frame), lobe, severity);
  const after = moved(image, shape.displacement);
  const tones = tonesOf(image, chest);
  // Filled where it lies on the film, and then moved with it.
  const change = displacedField(airless(tones, chest, placing.frame, shape.share), shape.displacement);
  const behind = shape.behind === undefined ? undefined : after.field(shape.behind);
  const area = after.area;
  join(area, after.field(shape.share).data);
  if (behind !== undefined) join(area, behind.data);
  const fine = (added: Float32Array, box: Box): void => {
    addMoved(added, after, box);
    if (behind !== undefined) addBehindHeart(added, behind, box, image, tones, severity);
  };
  const share = shape.share.data.reduce((most, own) => Math.max(most, own), 0);
  return composed(image, { change, where: area, fine }, request, { amount, raisedMm: shape.raisedMm, share });
}

/**
 * Lung without air: as dense as the soft tissue beside it, at the diaphragm as what lies under that, with the film's own ribs and grain
 * over it. What is as dense already stays. On the working grid.
 */
function airless(tones: Tones, chest: Chest, { floor, fromEdge }: LungFrame, share: Field): Field {
  const { film, base, tissue, air } = tones;
  const { width, height } = film;
  const step = Math.max(0.12, tissue - air);
  const [own, soft] = [onGrid(tones, share), softTissue(tones, chest, floor)];
  const [across, down] = tones.cellsPerMm;
  const broad = blurredValues(film.data, width, height, BROAD_MM * across, BROAD_MM * down);
  const deep = onGrid(tones, fromEdge);
  const data = new Float32Array(own.length);
  for (let cell = 0; cell < data.length; cell++) {
    const filled = own[cell] as number;
    if (filled === 0) continue;
    const [value, low] = [film.data[cell] as number, base.data[cell] as number];
    const ribs = (broad[cell] as number) - low;
    // What lies beside heart and diaphragm is their border, no detail of the lung.
    const kept = smoothstep(1, FROM_EDGE_MM, deep[cell] as number) * Math.exp(-((ribs / (DETAIL * step)) ** 2));
    const target = (soft[cell] as number) + kept * (BROAD * ribs + FINE * (value - (broad[cell] as number)));
    data[cell] = filled * Math.max(0, target - value);
  }
  return { width, height, data };
}

function addBehindHeart(
  added: Float32Array,
  behind: Field,
  box: Box,
  image: SketchContext['image'],
  { tissue, air }: Tones,
  severity: number,
): void {
  const stands = (BEHIND_HEART + 0.04 * severity) * Math.max(0.12, tissue - air);
  const sail = fieldIn(behind, box, image.width, image.height).map((own) => own * stands);
  withoutBurning(sail, image, box);
  for (let at = 0; at < added.length; at++) added[at] = (added[at] as number) + (sail[at] as number);
}

/** A frame whose lung reaches up to the chest wall and the apex. */
function toTheWall(frame: LungFrame): LungFrame {
  const { reach, lung } = frame;
  return {
    ...frame,
    reach: {
      ...reach,
      data: reach.data.map((own, cell) =>
        Math.max(own, smoothstep(TO_WALL[0], TO_WALL[1], lung.share.data[cell] as number)),
      ),
    },
  };
}

/** The left lung has no middle lobe: the lingula is of its upper one. */
function lobeOf({ frame: { lung }, asked }: Placing): Lobe {
  const [upper, mid, lower] = asked;
  if (upper && mid && lower) return `${lung.side} lung`;
  if (lower) return `${lung.side} lower`;
  if (lung.side === 'left') return 'left upper';
  return upper ? 'right upper' : 'middle';
}

function shapeOf(chest: Chest, frame: LungFrame, lobe: Lobe, severity: number): Shape {
  const raise = (mostMm: number): Pick<Shape, 'displacement' | 'raisedMm'> => {
    const raisedMm = mostMm * (0.4 + severity / 2);
    return { displacement: raisedDiaphragm(chest, frame, raisedMm), raisedMm };
  };
  const dense = Math.min(0.97, 0.6 + 0.13 * severity);
  switch (lobe) {
    case 'right upper':
      return { share: upperOfRight(chest, frame, severity, dense), ...raise(4) };
    case 'middle':
      return { share: middleLobe(chest, frame, severity), ...raise(2) };
    case 'right lower':
      return { share: lowerOfRight(chest, frame, severity, dense), ...raise(8) };
    case 'left upper':
      return { share: upperOfLeft(frame, severity), ...raise(6) };
    case 'left lower':
      return { share: empty(), behind: behindHeart(chest, frame, severity), ...raise(7) };
    default: {
      const { displacement, raisedMm } = raise(7);
      const from = lobe === 'right lung' ? 'left' : 'right';
      const drawn = pushed(chest, { from, mediastinumMm: (DRAWN_MM * (1 + severity)) / 4, diaphragmMm: 0 });
      return {
        share: { ...frame.reach, data: frame.reach.data.map((own) => own * WHITE_LUNG) },
        displacement: joinedDisplacements([displacement, drawn]),
        raisedMm,
      };
    }
  }
}

function empty(): Field {
  return makeField(CHEST_GRID, () => 0);
}

/** Millimetres from a border, positive inside what lies beyond it, as a weight with that blur. */
function within(distanceMm: number, softMm: number): number {
  return smoothstep(-softMm, softMm, distanceMm);
}

/**
 * The minor fissure swings up about the hilum: from there its border rises outward, hollow below, to the wall near the apex. What
 * lies above is densest beside the mediastinum.
 */
function upperOfRight(chest: Chest, frame: LungFrame, severity: number, dense: number): Field {
  const { lung, reach, out } = frame;
  const { millimetresPerRow: mm } = chest;
  const height = lung.bottom - lung.top;
  const [inner, outer] = [lung.top + (0.36 - 0.02 * severity) * height, lung.top + (0.24 - 0.05 * severity) * height];
  // It ends before the wall where little is left of it.
  const reachOut = 1.25 - 0.14 * severity;
  return makeField(CHEST_GRID, (x, y) => {
    const cell = Math.floor(y) * CHEST_GRID + Math.floor(x);
    const own = reach.data[cell] as number;
    if (own === 0) return 0;
    const o = out.data[cell] as number;
    // Hollow: it rises at once and flattens toward the wall.
    const border = inner + (outer - inner) * Math.sqrt(Math.min(1, o / reachOut));
    const above = (border - y - 0.5) * mm;
    return (
      own *
      dense *
      within(above, SHARP) *
      (1 - 0.35 * smoothstep(0.35, 1, o)) *
      smoothstep(reachOut, reachOut - 0.25, o)
    );
  });
}

/** A faint wedge with its base on the right heart border, which is lost, and its tip toward the wall. */
function middleLobe(chest: Chest, frame: LungFrame, severity: number): Field {
  const { lung, reach, out } = frame;
  const { millimetresPerRow: mm } = chest;
  const height = lung.bottom - lung.top;
  const [tip, middle] = [0.72 - 0.08 * severity, lung.top + 0.74 * height];
  const most = 0.34 + 0.09 * severity;
  return makeField(CHEST_GRID, (x, y) => {
    const cell = Math.floor(y) * CHEST_GRID + Math.floor(x);
    const own = reach.data[cell] as number;
    if (own === 0) return 0;
    const o = Math.max(0, out.data[cell] as number);
    const along = Math.max(0, 1 - o / tip);
    const half = (0.2 - 0.02 * severity) * height * along;
    // The tip points a little down; above it is the minor fissure, which is sharper.
    const off = y + 0.5 - (middle + 0.06 * height * (1 - along));
    const inside = off < 0 ? within((off + half) * mm, 4) : within((half - off) * mm, SOFT);
    return own * most * inside * smoothstep(0, 0.45, along) * (0.55 + 0.45 * along);
  });
}

/** A triangle beside the spine: from the hilum down to the diaphragm, whose inner part it hides; the heart's border is seen through it. */
function lowerOfRight(chest: Chest, frame: LungFrame, severity: number, dense: number): Field {
  const { lung, reach, floor } = frame;
  const { millimetresPerRow: mm, aspect } = chest;
  const { hilum } = lung;
  const outward = -1;
  const foot = footOf(lung, floor, 0.66 - 0.1 * severity);
  const spine = spineOf(chest);
  return makeField(CHEST_GRID, (x, y) => {
    const cell = Math.floor(y) * CHEST_GRID + Math.floor(x);
    // It lies against the spine, also where the heart does not reach so far and what is seen there is no lung of the anatomist's.
    const beside = smoothstep(0, 8, (spine - x - 0.5) * aspect * mm) * smoothstep(2, -2, (y + 0.5 - foot.y) * mm);
    const own = x + 0.5 > hilum.x ? Math.max(reach.data[cell] as number, beside) : (reach.data[cell] as number);
    if (own === 0) return 0;
    const down = (y + 0.5 - hilum.y) / Math.max(1, foot.y - hilum.y);
    if (down <= 0) return 0;
    const edge = hilum.x + outward * (3 / mm / aspect) + (foot.x - hilum.x) * Math.min(1.2, down) ** 1.25;
    const inside = (edge - x - 0.5) * outward * aspect * mm;
    return own * dense * within(inside, SHARP + 1.2 * down) * smoothstep(0.05, 0.5, down);
  });
}

/** On the diaphragm, so far out from the heart as a share of its width. */
function footOf(lung: Lung, floor: Float32Array, share: number): { readonly x: number; readonly y: number } {
  const [inner, outer] = [lung.cardiophrenic.x, lung.costophrenic.x];
  const x = inner + share * (outer - inner);
  return { x, y: floor[Math.max(0, Math.min(CHEST_GRID - 1, Math.round(x)))] as number };
}

/** Between the lungs at the hilum, in columns. */
function spineOf({ right, left }: Chest): number {
  const row = Math.round(left.hilum.y);
  return ((right.medial[row] as number) + (left.medial[row] as number)) / 2;
}

/**
 * It falls forward: a veil over the upper and middle lung, densest beside the hilum, without a lower border; the heart's border is
 * lost in it, and beside the aortic arch the lower lobe shows a dark sickle.
 */
function upperOfLeft(frame: LungFrame, severity: number): Field {
  const { reach, out, down } = frame;
  const most = 0.36 + 0.13 * severity;
  return {
    ...reach,
    data: reach.data.map((own, cell) => {
      if (own === 0) return 0;
      const [d, o] = [down.data[cell] as number, Math.max(0, out.data[cell] as number)];
      const sickle = 1 - 0.55 * smoothstep(0.16, 0.05, o) * smoothstep(0.05, 0.14, d) * smoothstep(0.4, 0.28, d);
      return (
        own *
        most *
        sickle *
        (0.55 + 0.45 * smoothstep(0.02, 0.32, d)) *
        smoothstep(0.92 - 0.03 * severity, 0.34, d) *
        (0.5 + 0.5 * smoothstep(1, 0.25, o))
      );
    }),
  };
}

/**
 * Behind the heart, to a sail: from the hilum down to the diaphragm, its outer edge straight and seen through the heart, its inner
 * one lost in the spine.
 */
function behindHeart(chest: Chest, { floor }: LungFrame, severity: number): Field {
  const { left, aspect, millimetresPerRow: mm } = chest;
  const { hilum } = left;
  const spine = spineOf(chest);
  const meeting = meetingOf(left, aspect);
  // No further than the dome: what is lower is abdomen.
  const [from, to] = [left.cardiophrenic.x, left.costophrenic.x].sort((one, other) => one - other) as [number, number];
  const dome = Math.min(...floor.slice(Math.round(from), Math.round(to) + 1));
  const foot = { x: meeting.x, y: Math.min(meeting.y, dome + LOWER_MM / mm) };
  const outerFoot = spine + (foot.x - spine) * (0.86 - 0.1 * severity);
  return makeField(CHEST_GRID, (x, y) => {
    const down = (y + 0.5 - hilum.y) / Math.max(1, foot.y - hilum.y);
    if (down <= 0 || down >= 1) return 0;
    const edge = hilum.x + (outerFoot - hilum.x) * Math.min(1, down);
    const [beyond, inner] = [(x + 0.5 - edge) * aspect * mm, (x + 0.5 - spine) * aspect * mm];
    return within(-beyond, 2) * smoothstep(4, 34, inner) * smoothstep(0, 0.3, down) * smoothstep(1, 0.82, down);
  });
}
