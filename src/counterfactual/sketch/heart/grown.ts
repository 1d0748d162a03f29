/**
 * The border of a heart that is larger than it was. Left: nearly straight or mildly rounded from below the pulmonary trunk down to a
 * round apex that lies low and far out, close to the diaphragm; right: an even, shallow arc that turns in to its angle with the diaphragm.
 */

import { CHEST_GRID, blurredValues, smoothstep } from '../field';
import type { Chest, Lung } from '../chest';
import { meetingOf, ROWS, type Strip } from './border';

export interface GrownForm {
  /** Where the border begins to leave the old one: share of the way from the top of the heart to where it met the diaphragm. */
  readonly high: number;
  /** 0: straight down to its outermost point; 1: a quarter of a sine. */
  readonly round: number;
  /** The outermost point lies so far above the diaphragm (millimetres). */
  readonly tipMm: number;
  /** From there to the diaphragm the border turns in again by so much of what it moved, at most TURN_MM. */
  readonly turn: number;
}

const TURN_MM = 28;
/** Nor is it lower than so much above where the old border met the diaphragm. */
const LEAST_TIP_MM = 18;
/** A border that is to move by less than this moves in part only. */
const FULL_MM = 10;
/** From so far down to its outermost point the border bends toward it. */
const BENDS = 0.45;
/** The new border leaves the old one over so much. */
const SOFT_MM = 7;
const EVEN_MM = 7;
/** The apex comes down with the diaphragm further out, by no more than this. */
const MOST_DROP_MM = 24;

/**
 * Columns by which each row of a strip moves outward for its outermost point to come `by` columns beyond `before`.
 * @param out the border, in columns outward
 * @param before its outermost point
 */
export function grownBy(
  strip: Strip,
  chest: Chest,
  lung: Lung,
  form: GrownForm,
  { out, before, by }: { readonly out: Float32Array; readonly before: number; readonly by: number },
): Float32Array {
  const scale = ROWS / CHEST_GRID;
  const mm = strip.mmPerCell;
  const [start, bottom] = [chest.heart.top * scale, meetingOf(lung, chest.aspect).y * scale];
  const top = start + form.high * (bottom - start);
  const tip = before + by;
  const floor = floorAt(strip, chest, lung, tip, bottom);
  const apex = Math.max(top + 0.55 * (bottom - top), Math.min(floor - form.tipMm / mm, bottom - LEAST_TIP_MM / mm));
  const from = out[Math.min(out.length - 1, Math.max(0, Math.round(top - strip.top)))] as number;
  const turn = Math.min(TURN_MM / mm, form.turn * Math.max(0, by));
  const soft = SOFT_MM / mm;
  const whole = smoothstep(0, FULL_MM / mm, by);
  const shift = out.map((own, row) => {
    const y = strip.top + row + 0.5;
    if (y <= top) return 0;
    const down = (y - top) / (apex - top);
    const in_ = Math.min(1, Math.max(0, (y - apex) / Math.max(4 / mm, floor + 5 / mm - apex)));
    const at =
      down <= 1
        ? from + (tip - from) * downTo(down, form.round)
        : tip - turn * (1 - Math.sqrt(Math.max(0, 1 - in_ * in_)));
    return whole * softMax(at - own, soft) * smoothstep(0, 0.12, down);
  });
  return blurredValues(shift, 1, shift.length, 0, EVEN_MM / mm);
}

/** How far out the border is so far down to its outermost point, 0 to 1 each; it comes to that without a corner. */
function downTo(down: number, round: number): number {
  const line = (at: number): number => at + (Math.sin((Math.PI / 2) * at) - at) * round;
  const bent = smoothstep(BENDS, 1, down);
  const end = 1 - (1 - line(BENDS)) * ((1 - down) / (1 - BENDS)) ** 2;
  return line(down) + bent * (end - line(down));
}

/** Row, of ROWS, at which the diaphragm lies under a place of the new border (in columns outward), no less than where the heart met it. */
function floorAt(strip: Strip, chest: Chest, lung: Lung, out: number, bottom: number): number {
  const scale = ROWS / CHEST_GRID;
  const column = Math.round((strip.outward * out) / (scale * chest.aspect));
  const floor = lung.floor[Math.min(CHEST_GRID - 1, Math.max(0, column))] ?? NaN;
  if (Number.isNaN(floor)) return bottom;
  return (
    bottom + Math.min(MOST_DROP_MM / strip.mmPerCell, Math.max(-MOST_DROP_MM / strip.mmPerCell, floor * scale - bottom))
  );
}

/** The greater of a length and 0, rounded over `soft`. */
function softMax(length: number, soft: number): number {
  if (length >= soft) return length;
  return length <= -soft ? 0 : (length + soft) ** 2 / (4 * soft);
}
