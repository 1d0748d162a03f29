/**
 * An effusion drained. Where fluid lies, the film is brought to the density of clear lung as far down as the diaphragm would be,
 * and shows the texture of the other lung, since fluid hid its own; what lies beyond the lung stays as dense as it is, and reads as
 * diaphragm and heart.
 */

import { SketchImpossibleError } from '../../errors';
import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { blurred, CHEST_GRID, fieldIn, makeField, smoothstep, type Box, type Field } from '../field';
import { keptByPair } from '../kept';
import type { Sketch, SketchContext, SketchRequest } from '../sketch';
import { clearLungOf, type ClearLung } from './clearLung';
import { finish } from './finish';
import { layersOf, type Layers } from './layers';
import { FLUID, lungSpace, withLung, type Space } from './lungSpace';
import { mirroredIn, otherSide } from './mirror';
import { boxOf } from './place';

/** Toward the dome, which curves away under it, lung is denser: by so much of the way to soft tissue at the base, falling off over so many mm. */
const BASE_RISE = 0.3;
const BASE_RISE_MM = 12;
/** Denser than clear lung by this share of the way to soft tissue: no fluid, and surely some. */
const EXCESS = [0.06, 0.16] as const;
/** From so much on it hides the lung's own texture, and wholly. */
const HIDES = [0.3, 0.6] as const;
/** Fluid reaches down to the base: to within this of it. */
const BASE_MM = 30;
/** Less than this is no fluid that can be told from a lung's own unevenness: square centimetres of wholly replaced lung. */
const LEAST_CM2 = 2.5;
/** What stands out at one base by less than this over the other may be breast, muscle or a film that is turned: square centimetres. Painted, it is fluid. */
const LEAST_BEYOND_CM2 = 14;
/** Free fluid fills the angle at the wall first: of so much of the base's breadth beside the wall, at least half of the columns hold fluid so high. */
const ANGLE = 0.3;
const ANGLE_MM = 10;
const LEAST_ANGLE = 0.5;
/** It ends where for so many mm it fills less than this share of the lung's breadth. */
const LEAST_BREADTH = 0.3;
const TOP_MM = 8;
const TOP_FADES_MM = 25;
/** Over about twice this, in mm, what is painted comes in. */
const RIM_MM = 3;
/** Of a lung, what must be seen of it: nothing tells how a white one would look. */
const LEAST_CLEAR = 0.12;
/** Cells of CHEST_GRID that are clear lung, of about 15,000 that two lungs have: with fewer there is nothing to go by. */
const LEAST_SEEN = 600;

/** The fluid of one side. */
interface Fluid {
  /** How much of each place it is, 0 to 1, on CHEST_GRID. */
  readonly share: Field;
  /** Its density. */
  readonly excess: Field;
  readonly clear: ClearLung;
  /** Of the base beside the wall, where free fluid is first, how much of it holds some, 0 to 1. */
  readonly angle: number;
  /** Of where the lung would be, how much is clear, 0 to 1. */
  readonly lungSeen: number;
  readonly isRaised: boolean;
  /** The chest with this lung as large as it would be without it. */
  readonly freed: Chest;
}

/** @param remaining of the chest without fluid: what share of the beam is to stay fluid; undefined: none @throws SketchImpossibleError where no fluid is found */
export function drain(
  { image, chest }: SketchContext,
  request: SketchRequest,
  sides: readonly ChestSide[],
  remaining: (chest: Chest, side: ChestSide) => Field | undefined,
): Sketch {
  const layers = layersOf(image, chest);
  const found = foundIn(layers, chest, request, sides, remaining);
  if (found.length === 0) throw nothingToDrain(sides);
  const seen = found.filter(isSeenEnough);
  if (seen.length === 0) throw tooLittleSeen();
  const box = boxOf((cell) => seen.some(({ share }) => (share.data[cell] as number) > 0), image.width, image.height);
  if (box === undefined) throw nothingToDrain(sides);
  const sketch = { change: new Float32Array(box.width * box.height), mask: new Uint8Array(box.width * box.height) };
  for (const each of seen) takeOff(sketch, image, layers, each, box);
  finish(sketch, { image, moved: undefined, box, mask: request.mask });
  return {
    box,
    ...sketch,
    figures: { amount: request.amount ?? 0, takenCm2: seen.reduce((sum, fluid) => sum + areaOf(fluid), 0) },
  };
}

/** Whether `drain` finds fluid that it can take off. */
export function isDrainable(
  { image, chest }: SketchContext,
  request: SketchRequest,
  sides: readonly ChestSide[],
  remaining: (chest: Chest, side: ChestSide) => Field | undefined,
): boolean {
  return foundIn(layersOf(image, chest), chest, request, sides, remaining).some(isSeenEnough);
}

const isSeenEnough = ({ lungSeen }: Fluid): boolean => lungSeen >= LEAST_CLEAR;

/** What there is to take off of each side. */
function foundIn(
  layers: Layers,
  chest: Chest,
  { mask }: SketchRequest,
  sides: readonly ChestSide[],
  remaining: (chest: Chest, side: ChestSide) => Field | undefined,
): readonly Fluid[] {
  const both = fluids(layers, chest);
  return sides
    .filter((side) => mask !== undefined || standsOut(both[side], both[otherSide(side)]))
    .map((side) => less(both[side], remaining(both[side].freed, side), mask, chest))
    .filter((fluid) => areaOf(fluid) >= LEAST_CM2 && fluid.clear.seen >= LEAST_SEEN);
}

/** Whether it may be taken for fluid where nobody has painted it. */
function standsOut(fluid: Fluid, other: Fluid): boolean {
  return areaOf(fluid) - areaOf(other) >= LEAST_BEYOND_CM2 && fluid.angle >= LEAST_ANGLE && !fluid.isRaised;
}

/** Found once for a film: a slider drains it to one level after another. */
const fluids = keptByPair((layers: Layers, chest: Chest) => ({
  right: fluidOf(layers, chest, 'right'),
  left: fluidOf(layers, chest, 'left'),
}));

function fluidOf(layers: Layers, chest: Chest, side: ChestSide): Fluid {
  const clear = clearLungOf(layers, chest, side);
  const guide = lungSpace(chest, side, clear);
  const mm = chest.millimetresPerRow;
  const outward = side === 'right' ? -1 : 1;
  const rise = (mmAway: number): number => BASE_RISE * clear.contrast * Math.exp(-Math.max(0, mmAway) / BASE_RISE_MM);
  const excess = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const fromWall = ((guide.lateral[y] as number) - x - 0.5) * outward * chest.aspect * mm;
    const fromMiddle = (x + 0.5 - (guide.medial[y] as number)) * outward * chest.aspect * mm;
    const aboveBase = ((guide.floor[x] as number) - y - 0.5) * mm;
    const border = Math.max(
      clear.wall(fromWall),
      Math.min(clear.mediastinum(fromMiddle), rise(fromMiddle)),
      rise(aboveBase),
    );
    return Math.max(0, (clear.own.data[cell] as number) - (clear.density.data[cell] as number) - border);
  });
  const atBase = fromBase(
    guide,
    excess.data.map((value, cell) => (value / clear.contrast) * (guide.share.data[cell] as number)),
    BASE_MM / mm,
  );
  const full = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    return (
      (guide.share.data[cell] as number) *
      (atBase.data[cell] as number) *
      smoothstep(EXCESS[0], EXCESS[1], (excess.data[cell] as number) / clear.contrast)
    );
  });
  const share = belowItsTop(full, guide, mm);
  const angle = inAngle(guide, share, ANGLE_MM / mm, outward);
  let [room, seen] = [0, 0];
  guide.share.data.forEach((value, cell) => {
    room += value;
    if ((excess.data[cell] as number) < FLUID * clear.contrast) seen += value;
  });
  return {
    share,
    excess,
    clear,
    angle,
    lungSeen: seen / Math.max(1, room),
    isRaised: guide.isRaised,
    freed: withLung(chest, side, guide.share),
  };
}

/**
 * Fluid is no higher than it is broad: above the row where it fills less than LEAST_BREADTH of the lung, what is denser is a band
 * of wall or mediastinum.
 */
function belowItsTop(share: Field, { share: lung }: Space, mm: number): Field {
  let [top, thin] = [0, 0];
  let isBase = false;
  for (let y = CHEST_GRID - 1; y >= 0; y--) {
    let [breadth, fluid] = [0, 0];
    for (let cell = y * CHEST_GRID; cell < (y + 1) * CHEST_GRID; cell++) {
      breadth += lung.data[cell] as number;
      fluid += share.data[cell] as number;
    }
    const isFluid = breadth > 0 && fluid >= LEAST_BREADTH * breadth;
    isBase ||= isFluid;
    thin = isFluid ? 0 : thin + 1;
    if (isBase && thin * mm > TOP_MM) {
      top = y + thin;
      break;
    }
  }
  return top === 0
    ? share
    : {
        ...share,
        data: share.data.map(
          (value, cell) => value * smoothstep(top - TOP_FADES_MM / mm, top, Math.floor(cell / CHEST_GRID)),
        ),
      };
}

/** Of the columns beside the wall, how many hold fluid over so many rows right above the base. */
function inAngle(guide: Space, share: Field, rows: number, outward: number): number {
  const filled: boolean[] = [];
  for (let x = 0; x < CHEST_GRID; x++) {
    const foot = Math.min(CHEST_GRID, Math.round(guide.floor[x] as number));
    let [lung, fluid] = [0, 0];
    for (let y = Math.max(0, Math.round(foot - 3 * rows)); y < foot; y++) {
      const cell = y * CHEST_GRID + x;
      if ((guide.share.data[cell] as number) < 0.5) continue;
      lung++;
      if ((share.data[cell] as number) > 0.4) fluid++;
    }
    if (lung > rows) filled.push(fluid > rows);
  }
  const beside = Math.max(1, Math.round(ANGLE * filled.length));
  const columns = outward < 0 ? filled.slice(0, beside) : filled.slice(-beside);
  return columns.filter(Boolean).length / beside;
}

/** What goes where some of it stays, or where it is painted: from the rim of what is painted it comes in over a few millimetres, else the rim would be seen. */
function less(fluid: Fluid, stays: Field | undefined, painted: SketchRequest['mask'], chest: Chest): Fluid {
  if (stays === undefined && painted === undefined) return fluid;
  const within = painted === undefined ? undefined : insideOf(painted, chest);
  const data = fluid.share.data.map(
    (value, cell) => value * (1 - (stays?.data[cell] ?? 0)) * (within?.data[cell] ?? 1),
  );
  return { ...fluid, share: { ...fluid.share, data } };
}

/** 0 at the rim of what is painted and 1 well inside it, on CHEST_GRID. */
function insideOf({ width, height, data }: NonNullable<SketchRequest['mask']>, chest: Chest): Field {
  const whole = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const cells = fieldIn({ width, height, data: Float32Array.from(data) }, whole, CHEST_GRID, CHEST_GRID);
  const rows = RIM_MM / chest.millimetresPerRow;
  const soft = blurred({ ...whole, data: cells }, rows / chest.aspect, rows);
  return { ...soft, data: soft.data.map((value) => smoothstep(0.5, 0.95, value / 255)) };
}

/** Square centimetres of the film, as wholly replaced lung. */
function areaOf({ share, excess, clear, freed: { millimetresPerRow, aspect } }: Fluid): number {
  const perCell = (millimetresPerRow ** 2 * aspect) / 100;
  return share.data.reduce(
    (sum, value, cell) => sum + perCell * value * Math.min(1, (excess.data[cell] as number) / clear.contrast),
    0,
  );
}

/** Fluid's density off, and the other lung's texture for what it hid. */
function takeOff(
  sketch: { readonly change: Float32Array; readonly mask: Uint8Array },
  image: DensityImage,
  layers: Layers,
  { share, excess, clear }: Fluid,
  box: Box,
): void {
  const { width, height } = image;
  const read = (field: Field): Float32Array => fieldIn(field, box, width, height);
  const [shareIn, excessIn, broadIn, textureIn] = [share, excess, layers.broad, clear.texture].map(read) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const other = mirroredIn(image, clear.mirror, box);
  const broadWhole = fieldIn(layers.broad, { x: 0, y: 0, width, height }, width, height);
  const broadOther = mirroredIn({ values: broadWhole, width, height }, clear.mirror, box);
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const weight = shareIn[at] as number;
      if (weight < 0.004) continue;
      const off = excessIn[at] as number;
      const hidden = weight * smoothstep(HIDES[0], HIDES[1], off / clear.contrast) * (textureIn[at] as number);
      const own = (image.values[pixel] as number) - (broadIn[at] as number);
      const lent = (other[at] as number) - (broadOther[at] as number);
      sketch.change[at] = (sketch.change[at] as number) - weight * off + hidden * (lent - own);
      sketch.mask[at] = Math.max(sketch.mask[at] as number, 1, Math.round(255 * weight));
    }
  }
}

/** What is denser than lung and hangs together with the base, and a little around it. */
function fromBase({ floor, share }: Space, excess: Float32Array, rows: number): Field {
  const isFull = (cell: number): boolean => (excess[cell] as number) > FLUID;
  const reached = new Uint8Array(excess.length);
  const stack: number[] = [];
  const reach = (cell: number): void => {
    if (reached[cell] !== 0 || !isFull(cell)) return;
    reached[cell] = 1;
    stack.push(cell);
  };
  for (let x = 0; x < CHEST_GRID; x++) {
    for (
      let y = Math.max(0, Math.floor((floor[x] as number) - rows));
      y < Math.min(CHEST_GRID, floor[x] as number);
      y++
    )
      if ((share.data[y * CHEST_GRID + x] as number) > 0.5) reach(y * CHEST_GRID + x);
  }
  while (stack.length > 0) {
    const cell = stack.pop() as number;
    for (const near of [cell - 1, cell + 1, cell - CHEST_GRID, cell + CHEST_GRID])
      if (near >= 0 && near < reached.length) reach(near);
  }
  const around = blurred({ width: CHEST_GRID, height: CHEST_GRID, data: Float32Array.from(reached) }, 4);
  return { ...around, data: around.data.map((value) => Math.min(1, 4 * value)) };
}

function tooLittleSeen(): SketchImpossibleError {
  return new SketchImpossibleError(
    'Hardly anything of that lung is seen: nothing on the film tells how it would look without the fluid.',
    'Use a film from before or after, or erase it with “Twin flow” under “Advanced”.',
    { commandLine: 'Use a film from before or after, or erase it with --sampler twin-flow.' },
  );
}

function nothingToDrain(sides: readonly ChestSide[]): SketchImpossibleError {
  return new SketchImpossibleError(
    sides.length === 1
      ? `No fluid was found at the base of the ${sides[0] ?? ''} lung that stands out from the other side.`
      : 'No fluid was found at the base of one lung that stands out from the other side.',
    'Paint over it, or erase it with “Twin flow” under “Advanced”.',
    { commandLine: 'Erase it with --sampler twin-flow, or paint over it in the studio.' },
  );
}
