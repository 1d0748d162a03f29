/**
 * Metal on a film, and the film without it. Densities along the beam add, and metal is denser than all that is drawn: so what is
 * drawn is drawn on the film without its metal, and what the metal adds comes on top (docs/decisions/214).
 */

import type { Finding } from '../../findings/vocabulary';
import type { Chest } from '../sketch/chest';
import { densityAt, type DensityImage } from '../sketch/density';
import { blurredValues, CHEST_GRID, fieldIn, rowsInEach, smoothstep, spanAbove, type Field } from '../sketch/field';
import { keptByPair } from '../sketch/kept';
import { isHarsh } from '../sketch/lesion/detail';
import { layersOf, type Layers } from '../sketch/pleura/layers';
import { lungDensity, tissueContrast } from '../sketch/pleura/solid';
import type { Sketch } from '../sketch/sketch';
import { devicesIn } from './devices';
import { wiresIn } from './wires';

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
/** So near to wall and diaphragm a line is theirs. */
const BORDER_MM = 8;
/** From what is beside metal the film without it is spread over so many mm. */
const BESIDE_MM = [2, 6, 18] as const;
/** About twice this from a device what is narrower than about twice that, and stands out so much, is a part of it. */
const PART_MM = 8;
const NARROW_MM = 4;
const STANDS = [0.1, 0.25] as const;
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

/** How much of each place is wire, on the working grid; found once, undefined where there is none. */
export const wiresOn = keptByPair((image: DensityImage, chest: Chest): Field | undefined => {
  if (isHarsh(image, chest)) return undefined;
  const layers = layersOf(image, chest);
  const { film, cellsPerMm } = layers;
  const densities = {
    lung: lungDensity(layers, chest),
    contrast: tissueContrast(layers, chest),
  };
  const data = wiresIn(film, cellsPerMm, densities, (x, y) => isBorder(chest, x / film.width, y / film.height));
  return data && { ...film, data };
});

/** Whether a place lies along the chest wall, the diaphragm or the trachea, as the anatomist finds them: their own lines are there. */
function isBorder({ right, left, aspect, millimetresPerRow: mm }: Chest, u: number, v: number): boolean {
  const [x, y] = [u * CHEST_GRID, v * CHEST_GRID];
  return [right, left].some(
    ({ lateral, medial, hilum, floor }) =>
      Math.abs((lateral[Math.floor(y)] as number) - x) * aspect * mm < BORDER_MM ||
      // Beside the trachea, above the hilum.
      (y < hilum.y && Math.abs((medial[Math.floor(y)] as number) - x) * aspect * mm < BORDER_MM) ||
      Math.abs((floor[Math.floor(x)] as number) - y) * mm < BORDER_MM,
  );
}

/** Found once for a film and its chest; undefined where it shows none. */
export const metalOn = keptByPair((image: DensityImage, chest: Chest): MetalOnFilm | undefined => {
  if (isHarsh(image, chest)) return undefined;
  const layers = layersOf(image, chest);
  const { film, cellsPerMm } = layers;
  const { width, height } = film;
  const contrast = tissueContrast(layers, chest);
  const wires = wiresOn(image, chest)?.data;
  const devices = devicesIn(
    densityAt(image, CHEST_GRID, CHEST_GRID).values,
    chest.right.share.data.map((share, cell) => Math.max(share, chest.left.share.data[cell] as number)),
    (cell) => chest.heart.share.data[cell] as number,
  );
  if (wires === undefined && devices === undefined) return undefined;
  const whole = { x: 0, y: 0, width, height };
  const solid = devices && fieldIn({ width: CHEST_GRID, height: CHEST_GRID, data: devices }, whole, width, height);
  const wide = wires && widened(wires, width, height, cellsPerMm);
  const parts = solid && partsBeside(layers, solid, contrast);
  const share = film.data.map((_, cell) =>
    Math.min(1, Math.max(wide?.[cell] ?? 0, solid?.[cell] ?? 0, parts?.[cell] ?? 0)),
  );
  const field = { width, height, data: share };
  return { share: field, bare: bareOf(image, field, { width, height, data: without(film, share, cellsPerMm) }) };
});

/** What is narrow and dense beside a device is a part of it: circuits, connectors, the rim of its case. */
function partsBeside(
  { film, cellsPerMm: [across, down] }: Layers,
  solid: Float32Array,
  contrast: number,
): Float32Array {
  const { width, height, data } = film;
  const clear = solid.map((share) => 1 - share);
  const blur = (values: Float32Array, mm: number): Float32Array =>
    blurredValues(values, width, height, mm * across, mm * down);
  const total = blur(clear, NARROW_MM);
  const beside = blur(
    data.map((value, cell) => value * (clear[cell] as number)),
    NARROW_MM,
  );
  return blur(solid, PART_MM).map((near, cell) => {
    if (near < LEAST) return 0;
    const stands = (data[cell] as number) - (beside[cell] as number) / Math.max(LEAST, total[cell] as number);
    return smoothstep(0.01, 0.06, near) * smoothstep(...STANDS, stands / contrast);
  });
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
