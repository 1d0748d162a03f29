/**
 * Metal on a film, and the film without it. Densities along the beam add, and metal is denser than all that is drawn: so what is
 * drawn is drawn on the film without its metal, and what the metal adds comes on top (docs/decisions/214).
 */

import type { Finding } from '../../findings/vocabulary';
import type { Chest } from '../sketch/chest';
import type { DensityImage } from '../sketch/density';
import { blurredValues, fieldIn, rowsInEach, spanAbove, type Field } from '../sketch/field';
import { keptByPair } from '../sketch/kept';
import { layersOf } from '../sketch/pleura/layers';
import type { Sketch } from '../sketch/sketch';
import { mapsOfChest, searchedBox } from './chestMaps';
import { searchMetal, type FoundMetal } from './search';

/** What fills a lung or lies before and behind it, and hides what it holds. What is moved takes its metal along; of lesions some are calcified. */
export const METAL_SHOWS: ReadonlySet<Finding> = new Set<Finding>([
  'effusion',
  'edema',
  'consolidation',
  'infiltration',
  'pneumonia',
  'lung_opacity',
  'atelectasis',
  'fibrosis',
]);
/** Half of a wire's width beyond the cells that are found, and the softness of its edge, in mm. */
const EDGE_MM = 0.8;
/** From what is beside metal the film without it is spread over so many mm. */
const BESIDE_MM = [2, 6, 18] as const;
/** Of what metal adds, so much shows over what is drawn: film and screen render what is dense with less contrast. */
const SHOWN = 0.7;
const LEAST_KNOWN = 0.05;
const LEAST = 0.01;

export interface MetalOnFilm {
  /** How much of each place is metal, 0 to 1, on the working grid. */
  readonly share: Field;
  /** The film without its metal, at the same size as it. */
  readonly bare: DensityImage;
}

/** Found once for a film and its chest; undefined where it shows none. */
export const metalOn = keptByPair((image: DensityImage, chest: Chest): MetalOnFilm | undefined => {
  const { film, cellsPerMm } = layersOf(image, chest);
  const { width, height } = film;
  const maps = mapsOfChest(chest);
  const box = searchedBox(maps, width, height);
  const metal = searchMetal(fieldIn(film, box, width, height), box, film, maps);
  if (metal === undefined) return undefined;
  const field = { width, height, data: shareOf(metal, film) };
  return { share: field, bare: bareOf(image, field, { width, height, data: without(film, field.data, cellsPerMm) }) };
});

/** How much of each cell of the whole grid is metal, wires as wide as they are seen. */
function shareOf({ box, cellsPerMm, wires, devices, clips }: FoundMetal, { width, height }: Field): Float32Array {
  const [wide, round] = [wires, clips].map((own) => own && widened(own, box.width, box.height, cellsPerMm));
  const out = new Float32Array(width * height);
  for (let j = 0, at = 0; j < box.height; j++)
    for (let i = 0, cell = (box.y + j) * width + box.x; i < box.width; i++, at++, cell++)
      out[cell] = Math.min(1, Math.max(wide?.[at] ?? 0, round?.[at] ?? 0, devices?.[at] ?? 0));
  return out;
}

/** As wide as it is seen: what is found is the ridge. */
function widened(
  wires: Float32Array,
  width: number,
  height: number,
  [across, down]: readonly [number, number],
): Float32Array {
  const near = blurredValues(wires, width, height, EDGE_MM * across, EDGE_MM * down);
  return near.map((value, cell) => Math.max(wires[cell] as number, Math.min(1, 3 * value)));
}

/** The film on the working grid, spread in where there is metal from beside it. */
function without(
  { width, height, data }: Field,
  share: Float32Array,
  [across, down]: readonly [number, number],
): Float32Array {
  const clear = share.map((value) => 1 - value);
  const known = data.map((value, cell) => value * (clear[cell] as number));
  const out = data.slice();
  let open = share.map((value) => (value > 0 ? 1 : 0));
  for (const mm of BESIDE_MM) {
    if (!open.includes(1)) break;
    const [sum, total] = [known, clear].map((values) =>
      blurredValues(values, width, height, mm * across, mm * down),
    ) as [Float32Array, Float32Array];
    const isLast = mm === BESIDE_MM.at(-1);
    open = open.map((is, cell) => {
      const weight = total[cell] as number;
      if (is === 0 || (weight < LEAST_KNOWN && !(isLast && weight > 0))) return is;
      out[cell] = (sum[cell] as number) / weight;
      return 0;
    });
  }
  return out;
}

/** The film at its own size less what metal adds to what is beside it. */
function bareOf(image: DensityImage, share: Field, beside: Field): DensityImage {
  const { width, height } = image;
  const box = { x: 0, y: 0, width, height };
  const values = image.values.slice();
  const [shares, grounds] = rowsInEach([share, beside], box, width, height);
  for (let y = 0; y < height; y++) {
    const row = shares(y, 0, width);
    const [from, to] = spanAbove(row, LEAST, width);
    if (from === to) continue;
    const ground = grounds(y, from, to);
    for (let x = from, at = y * width + from; x < to; x++, at++) {
      const metal = row[x] as number;
      if (metal >= LEAST)
        values[at] = (values[at] as number) - metal * Math.max(0, (values[at] as number) - (ground[x] as number));
    }
  }
  return { ...image, values };
}

/**
 * What was drawn on the film without its metal, for the film with it: metal shows over what was drawn, and is nowhere less dense than
 * it was.
 */
export function underMetal(sketch: Sketch, { share, bare }: MetalOnFilm, image: DensityImage): Sketch {
  const { box } = sketch;
  const { width, height } = image;
  const change = sketch.change.slice();
  const [rows] = rowsInEach([share], box, width, height);
  for (let j = 0, at = 0; j < box.height; j++) {
    const row = rows(j, 0, box.width);
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const own = change[at] as number;
      if (own < 0) change[at] = own * (1 - (row[i] as number));
      else if (own > 0)
        change[at] = Math.max(
          0,
          own - (1 - SHOWN) * ((image.values[pixel] as number) - (bare.values[pixel] as number)),
        );
    }
  }
  return { ...sketch, change };
}
