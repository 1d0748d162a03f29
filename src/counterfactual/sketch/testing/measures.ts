/** What holds of every sketch, as measures that its tests compare. */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { resizeArea } from '../../../imaging/resample';
import type { Sketch, Sketcher, SketchRequest } from '../sketch';
import { smoothChest, smoothFilm } from './chests';

export const BOTH_LUNGS: SketchRequest['places'] = [
  'right_upper',
  'right_mid',
  'right_lower',
  'left_upper',
  'left_mid',
  'left_lower',
];

export interface Trial {
  readonly image: DensityImage;
  readonly chest: Chest;
}

export function trial(size = 256): Trial {
  return { image: smoothFilm(size, size), chest: smoothChest() };
}

export function drawn(sketcher: Sketcher, changes: Partial<SketchRequest> = {}, on: Trial = trial()): Sketch {
  return sketcher.draw(on, {
    finding: sketcher.finding,
    places: BOTH_LUNGS,
    severity: 2,
    seed: 1,
    options: {},
    ...changes,
  });
}

/** Its change over the whole image. */
export function wholeChange({ box, change }: Sketch, width: number, height: number): Float32Array {
  const whole = new Float32Array(width * height);
  for (let y = 0; y < box.height; y++)
    whole.set(change.subarray(y * box.width, (y + 1) * box.width), (box.y + y) * width + box.x);
  return whole;
}

/** The same shrunk to 32 cells a side: what shape it is, whatever size it was drawn at. */
export function shapeOf(sketch: Sketch, { image: { width, height } }: Trial): Float32Array {
  return resizeArea(wholeChange(sketch, width, height), width, height, 32, 32);
}

export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, at) => {
    const [da, db] = [value - meanA, (b[at] as number) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return ab / Math.sqrt(aa * bb);
}

/** Sum of what is added where `where` says so (fractions of the image). */
export function addedWhere(
  sketch: Sketch,
  { image: { width, height } }: Trial,
  where: (u: number, v: number) => boolean,
): number {
  return wholeChange(sketch, width, height).reduce(
    (sum, value, at) =>
      where(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height) ? sum + value : sum,
    0,
  );
}
