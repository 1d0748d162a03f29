/**
 * The trachea moved without the spine behind it: its air is a dark column over the bones, which is taken off where it lies and laid
 * on again further to the side.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, CHEST_GRID, fieldAt, rowsIn, smoothstep, type Box, type Field } from '../field';
import { keptByPair } from '../kept';
import { known } from './hemithorax';
import { layersOf, type Layers } from './layers';

/** A dark column no wider than this, so near to the middle of the spine (wholly, and not at all), is its air, in mm. */
const WIDE_MM = 27;
const NEAR_MM = [15, 21] as const;
/** What is narrower than this is no air but detail of bones; along the column it is even over so many mm. */
const NARROW_MM = 2;
const EVEN_MM = 7;
/** Of the lungs' height from their tops: where it begins above them, and where it ends in the main bronchi. */
const FROM = [-0.2, -0.1] as const;
const ENDS = [0.26, 0.36] as const;
/** It goes further the nearer it comes to its end, from none at the first of these heights on. */
const GOES = [-0.12, 0.22] as const;

/** How much darker a film is for the air of the trachea, on its working grid; 0 where there is none. */
const airOf = keptByPair(({ film, cellsPerMm: [across, down] }: Layers, chest: Chest): Field => {
  const { width, height } = film;
  const middle = middleOf(chest);
  const [top, tall] = extent(chest);
  const smooth = blurredValues(film.data, width, height, NARROW_MM * across, EVEN_MM * down);
  const reach = Math.round((WIDE_MM / 2) * across);
  const near = Math.ceil((NEAR_MM[1] + WIDE_MM) * across);
  const data = new Float32Array(film.data.length);
  const centre = Math.round(middle * width);
  const [from, to] = [Math.max(0, centre - near), Math.min(width, centre + near)];
  for (let y = 0; y < height; y++) {
    const level = ((y + 0.5) / height - top) / tall;
    const share = smoothstep(...FROM, level) * smoothstep(ENDS[1], ENDS[0], level);
    if (share === 0) continue;
    const row = smooth.subarray(y * width + from, y * width + to);
    const closed = extremes(extremes(row, reach, Math.max), reach, Math.min);
    for (let x = from; x < to; x++) {
      const out = Math.abs((x + 0.5) / width - middle) * (width / across);
      const air = (closed[x - from] as number) - (row[x - from] as number);
      data[y * width + x] = share * smoothstep(NEAR_MM[1], NEAR_MM[0], out) * Math.max(0, air);
    }
  }
  return { width, height, data };
});

/**
 * @param byMm how far its lower end goes, away from the side `from`
 * @returns what that changes of the film's densities, on its working grid
 */
export function tracheaAside(layers: Layers, chest: Chest, from: ChestSide, byMm: number): Field {
  const air = airOf(layers, chest);
  const { width, height } = air;
  const away = from === 'right' ? 1 : -1;
  const [top, tall] = extent(chest);
  const data = new Float32Array(air.data.length);
  for (let y = 0; y < height; y++) {
    const far = away * byMm * smoothstep(...GOES, ((y + 0.5) / height - top) / tall) * layers.cellsPerMm[0];
    for (let x = 0, cell = y * width; x < width; x++, cell++) {
      const own = air.data[cell] as number;
      const came = fieldAt(air, (x + 0.5 - far) / width, (y + 0.5) / height);
      if (own !== 0 || came !== 0) data[cell] = own - came;
    }
  }
  return { width, height, data };
}

/**
 * Moves it on a film whose heart was pushed aside, in place.
 * @param pushed [box.height x box.width] @param image the film before
 */
export function moveTrachea(
  pushed: Float32Array,
  box: Box,
  image: DensityImage,
  chest: Chest,
  { from, byMm }: { readonly from: ChestSide; readonly byMm: number },
): void {
  const rows = rowsIn(tracheaAside(layersOf(image, chest), chest, from, byMm), box, image.width, image.height);
  for (let j = 0, at = 0; j < box.height; j++) {
    const more = rows(j, 0, box.width);
    for (let i = 0; i < box.width; i++, at++) pushed[at] = (pushed[at] as number) + (more[i] as number);
  }
}

/** Column of the middle of the spine as a share of the film's width, where it is at the hila. */
function middleOf({ right, left }: Chest): number {
  const row = Math.round((right.hilum.y + left.hilum.y) / 2);
  return ((known(right.medial)[row] as number) + (known(left.medial)[row] as number)) / 2 / CHEST_GRID;
}

/** Top and height of the lungs as shares of the film's height. */
function extent({ right, left }: Chest): readonly [number, number] {
  const top = Math.min(right.top, left.top);
  return [top / CHEST_GRID, (Math.max(right.bottom, left.bottom) - top) / CHEST_GRID];
}

/** The least or greatest of each value and the `reach` on either side, as far as there are any. */
function extremes(row: Float32Array, reach: number, of: (one: number, other: number) => number): Float32Array {
  return row.map((own, x) => {
    let found = own;
    const to = Math.min(row.length - 1, x + reach);
    for (let at = Math.max(0, x - reach); at <= to; at++) found = of(found, row[at] as number);
    return found;
  });
}
