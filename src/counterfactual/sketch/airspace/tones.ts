/** What lung and soft tissue look like on this film: exposure and processing differ, so a sketch takes its greys from the film. */

import type { Chest } from '../chest';
import { sharpnessOf, type Sharpness } from './sharpness';
import { densityAt, type DensityImage } from '../density';
import { displacedField } from '../displace';
import type { Moved } from './moved';
import { blurredValues, CHEST_GRID, fieldAt, fieldIn, smoothstep, type Field } from '../field';
import { keptBy, lastKeptBy } from '../kept';

/** Longest side of the grid on which tones and changes are worked out; grain finer than its cells is left as it is. */
const WORK_SIDE = 512;

export interface Tones extends Sharpness {
  /** The film's densities on the working grid (at most 512 a side), without its grain. */
  readonly film: Field;
  /** The lungs' own density without structures narrower than about a centimetre, continued beyond their borders. */
  readonly base: Field;
  /** Density of the heart, which is what a lung without air comes to. */
  readonly tissue: number;
  /** The same beside each place: heart, diaphragm and exposure are not as dense everywhere. */
  readonly tissueNear: Field;
  /** Density of the darkest lung. */
  readonly air: number;
  /** Cells of the working grid for a millimetre, across and down. */
  readonly cellsPerMm: readonly [number, number];
}

const BASE_MM = 9;
/** Over so many mm the density of soft tissue is continued into the lung beside it, and so far it may be off the heart's. */
const NEAR_MM = 30;
const NEAR_LESS = 0.2;
const NEAR_MORE = 0.04;
/** What the heart's median weighs beside what is near. */
const FAR = 0.005;

/** Kept while the image is in use, as frames are. */
const known = new WeakMap<DensityImage, { readonly chest: Chest; readonly tones: Tones }>();

export function tonesOf(image: DensityImage, chest: Chest): Tones {
  const before = known.get(image);
  if (before?.chest === chest) return before.tones;
  const tones = measured(image, chest);
  known.set(image, { chest, tones });
  return tones;
}

/** Of the film once it is moved: its working grid is moved, and it is as sharp as before. */
export function tonesAfter({ image, displacement }: Moved, chest: Chest): Tones {
  const still = tonesOf(image, chest);
  return displacement === undefined ? still : tonesIn(displacedField(still.film, displacement), chest, still);
}

function measured(image: DensityImage, chest: Chest): Tones {
  const scale = Math.min(1, WORK_SIDE / Math.max(image.width, image.height));
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const values = scale === 1 ? image.values : densityAt(image, width, height).values;
  return tonesIn({ width, height, data: values }, chest, sharpnessOf(image, chest));
}

function tonesIn(film: Field, chest: Chest, { blurPixels, detail }: Sharpness): Tones {
  const { width, height } = film;
  const down = height / CHEST_GRID / chest.millimetresPerRow;
  const across = width / CHEST_GRID / (chest.aspect * chest.millimetresPerRow);
  const tissue = tissueOf(film, chest);
  let [near, base]: (Field | undefined)[] = [];
  return {
    blurPixels,
    detail,
    film,
    // Of a film that each step of a drag moves anew, some drawings ask for neither.
    get tissueNear() {
      return (near ??= tissueNear(film, chest, tissue));
    },
    get base() {
      return (base ??= { width, height, data: lungBase(film, chest, BASE_MM * across, BASE_MM * down) });
    },
    tissue,
    air: quantile(within(film, [chest.right.share, chest.left.share], 0.9), 0.05),
    cellsPerMm: [across, down],
  };
}

/** Blurred within the lungs only, so that heart and diaphragm do not brighten what lies beside them. */
function lungBase(film: Field, chest: Chest, sigmaX: number, sigmaY: number): Float32Array {
  const { width, height, data } = film;
  const { own, weights } = lungWeights(chest, [width, height, sigmaX, sigmaY].join(' '), () => {
    const whole = { x: 0, y: 0, width, height };
    const right = fieldIn(chest.right.share, whole, width, height);
    const lungs = fieldIn(chest.left.share, whole, width, height).map((share, cell) =>
      Math.max(0, Math.min(1, 1.6 * (share + (right[cell] as number)) - 0.6)),
    );
    return { own: lungs, weights: blurredValues(lungs, width, height, sigmaX, sigmaY) };
  });
  const weighed = blurredValues(
    data.map((value, cell) => value * (own[cell] as number)),
    width,
    height,
    sigmaX,
    sigmaY,
  );
  return weighed.map((value, cell) =>
    (weights[cell] as number) > 1e-3 ? value / (weights[cell] as number) : (data[cell] as number),
  );
}

/** Both lungs on a working grid, and the same blurred. */
const lungWeights = lastKeptBy<{ readonly own: Float32Array; readonly weights: Float32Array }>();

/** Mean of heart and of what lies under the diaphragm about each place, and the heart's median far from both. */
function tissueNear(film: Field, chest: Chest, tissue: number): Field {
  const size = CHEST_GRID / 4;
  const [sum, weight] = [new Float32Array(size * size), new Float32Array(size * size)];
  const below = 30 / chest.millimetresPerRow;
  for (let row = 0, cell = 0; row < size; row++) {
    for (let column = 0; column < size; column++, cell++) {
      const [x, y] = [4 * column + 2, 4 * row + 2];
      const isBelow = [chest.right, chest.left].some(({ floor }) => {
        const under = y - (floor[x] as number);
        return under > 4 && under < below;
      });
      const own = isBelow ? 1 : smoothstep(0.55, 0.95, chest.heart.share.data[y * CHEST_GRID + x] as number);
      weight[cell] = own;
      sum[cell] = own * fieldAt(film, (column + 0.5) / size, (row + 0.5) / size);
    }
  }
  const sigma = NEAR_MM / chest.millimetresPerRow / 4;
  const [near, weights] = [sum, weight].map((values) =>
    blurredValues(values, size, size, sigma / chest.aspect, sigma),
  ) as [Float32Array, Float32Array];
  const data = near.map((value, cell) => {
    const own = weights[cell] as number;
    const local = (value + FAR * tissue) / (own + FAR);
    return Math.min(tissue + NEAR_MORE, Math.max(tissue - NEAR_LESS, local));
  });
  return { width: size, height: size, data };
}

/** A field read at every cell of the working grid. */
export function onGrid({ film: { width, height } }: Tones, field: Field): Float32Array {
  return fieldIn(field, { x: 0, y: 0, width, height }, width, height);
}

/** The heart's median, or what lies just below the diaphragms where that is less: hearts of hard exposures are burnt white. */
function tissueOf(film: Field, chest: Chest): number {
  const heart = quantile(within(film, [chest.heart.share], 0.7), 0.5);
  const below: number[] = [];
  for (const { floor } of [chest.right, chest.left]) {
    floor.forEach((y, x) => {
      const v = (y + 10) / CHEST_GRID;
      if (v < 1) below.push(fieldAt(film, (x + 0.5) / CHEST_GRID, v));
    });
  }
  const abdomen = below.length === 0 ? heart : quantile(below, 0.5);
  return Math.min(heart, Math.max(abdomen, heart - 0.1));
}

/** `tissueNear` at every cell of the working grid, read once for a film. */
export const nearOnGrid = keptBy((tones: Tones, _kind: 'tissue') => onGrid(tones, tones.tissueNear));

function within(film: Field, shares: readonly Field[], least: number): readonly number[] {
  const found: number[] = [];
  for (const { data } of shares) {
    for (let cell = 0; cell < data.length; cell += 3) {
      if ((data[cell] as number) < least) continue;
      found.push(
        fieldAt(film, ((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID),
      );
    }
  }
  return found;
}

function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0.5;
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}

/** Times the film's own detail that a drawn line may stand out. */
const LINE = 3.2;

/** Contrast of thin lines: what physics gives, or less where the film shows no such detail, but no less than `least` of it. */
export function lineContrast({ detail }: Tones, contrast: number, least = 0.3): number {
  return Math.min(contrast, Math.max(least * contrast, LINE * detail));
}
