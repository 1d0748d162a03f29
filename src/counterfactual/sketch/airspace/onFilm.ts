/**
 * The strength of a filling that reads as asked on this very film. What is known of eight films (`strength.ts`) is where it begins:
 * lungs that are dark or hazy, and places with many ribs, read the same filling as more or as less.
 */

import type { Place } from '../../../findings/vocabulary';
import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { resizeArea } from '../../../imaging/resample';
import { blurred, CHEST_GRID, type Field } from '../field';
import { keptByPair } from '../kept';
import { measureFill } from '../measure/fill';
import { greysOf } from '../measure/tissue';
import type { Tones } from './tones';

/** So much weaker or stronger than on the eight films at the most: on a film that tells lung from heart poorly the reading is no guide. */
const WEAKEST = 0.6;
const STRONGEST = 1.6;
/** Near enough to what was asked. */
const NEAR = 0.03;
/** Nothing is fuller. */
const FULL = 0.95;
const ROUNDS = 3;

/** The working film as it is measured, once for a film and its chest. */
const asBefore = keptByPair(({ width, height, data }: Field, chest: Chest) => {
  const before: DensityImage = { width, height, values: data, range: [0, 1] };
  return { before, greys: greysOf(before, chest) };
});

/**
 * @param asked share of the air in `places` to be replaced, as `measure/fill.ts` reads it
 * @param start strength that reads so on the median film
 * @param changeAt density to add at a strength, on the working grid
 */
export function strengthOnFilm(
  { film }: Tones,
  chest: Chest,
  places: readonly Place[],
  asked: number,
  start: number,
  changeAt: (strength: number) => Field,
): number {
  const { before, greys } = asBefore(film, chest);
  const clear = measureFill(before, chest, places, greys);
  if (Number.isNaN(clear)) return start;
  const read = (strength: number): number => {
    const { data, width, height } = changeAt(strength);
    // Reading is linear: the film is made small once.
    const added = blurred(
      { width: CHEST_GRID, height: CHEST_GRID, data: resizeArea(data, width, height, CHEST_GRID, CHEST_GRID) },
      1,
    );
    const after = { ...greys.film, data: greys.film.data.map((value, cell) => value + (added.data[cell] as number)) };
    const filled = measureFill(before, chest, places, { ...greys, film: after });
    return (filled - clear) / Math.max(0.1, 1 - clear);
  };
  const bounded = (strength: number): number => Math.min(FULL, STRONGEST * start, Math.max(WEAKEST * start, strength));
  let [strength, value] = [start, read(start)];
  let power = 1;
  for (let round = 1; round < ROUNDS && value > 0; round++) {
    if (Math.abs(value / asked - 1) < NEAR) return strength;
    const next = bounded(strength * (asked / value) ** (1 / power));
    if (Math.abs(next - strength) < 0.01 * strength) return strength;
    const found = read(next);
    power = Math.min(3, Math.max(0.5, Math.log(found / value) / Math.log(next / strength)));
    [strength, value] = [next, found];
  }
  if (Math.abs(value / asked - 1) < NEAR) return strength;
  return value > 0 ? bounded(strength * (asked / value) ** (1 / power)) : start;
}
