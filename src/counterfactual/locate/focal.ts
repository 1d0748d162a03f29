/** Where nodules and masses may lie: round dense places of the lungs, the likeliest first. For a person to choose from, not a diagnosis. */

import { GRID, type RegionMaps, regionMap } from '../../findings/regions';
import { ZONES, type Finding, type Place } from '../../findings/vocabulary';
import { distanceToSet } from '../../imaging/distance';
import { emptyMask, fillPolygon } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { presentationAt } from '../../imaging/resample';
import { atOnce } from '../../imaging/slices';
import { fieldAt, type Field } from '../sketch/field';
import { blobMap, peaksOf, SCALES, type BlobMap, type Peak } from './blobs';
import { cutToLungs, greatestRadius, IN_LUNG, isTooLarge, lungsOf } from './lungs';
import { MARGIN, outlineOf } from './outline';

export interface FocalCandidate {
  /** Fractions of the image. */
  readonly x: number;
  readonly y: number;
  /** Share of the longer side. */
  readonly radius: number;
  /** 0 to 1, of FOCAL_WEIGHTS: how often such a place is a lesion where films have one. */
  readonly chance: number;
  /** Closed loop x0, y0, x1, y1, ... in fractions of the image. */
  readonly outline: Float32Array;
}

/** What is looked for: one place, not a part of the lung. */
export function isFocal(finding: Finding): boolean {
  return finding === 'nodule' || finding === 'mass';
}

/** Longer side of the pictures that are searched, and outlined; smaller films are taken as they are. */
const SEARCHED = 256;
const OUTLINED = 1024;
/** Places that are weighed, and how far apart they lie in pixels of the searched picture. */
const WEIGHED = 40;
const APART = 6;
/** Pixels of the searched picture from the lung's border beyond which it makes no difference. */
const DEEP = 30;
/** Places that are offered, and the least chance of one. */
export const MOST_OFFERED = 5;
export const LEAST_CHANCE = 0.02;

/** What a place is weighed by, in this order. */
export type FocalTraits = readonly [
  strength: number,
  size: number,
  roundness: number,
  opacity: number,
  brightness: number,
  contrast: number,
  depth: number,
];

/** Logistic regression on the traits: docs/evaluation.md says on which films, and how often it is right. */
export const FOCAL_WEIGHTS = { bias: -5.746, of: [4.688, 0.275, 0.455, 3.977, 0.353, 0.241, 2.56] } as const;

export interface Searched {
  readonly radiograph: Radiograph;
  readonly regions: RegionMaps | ((place: Place) => Float32Array);
  /** [32 x 32]. */
  readonly opacityMap: Float32Array;
}

/**
 * The likeliest first; none where nothing is likely enough, of the finding's size, and lung for the most part. An outline ends a
 * few millimetres beyond the lung.
 * @param places where to look @param least chance of one that is offered
 */
export function focalCandidates(
  searched: Searched,
  places: readonly Place[],
  finding: Finding,
  least: number = LEAST_CHANCE,
): readonly FocalCandidate[] {
  const { radiograph } = searched;
  const lungs = lungsOf(lungIn(searched, ZONES), radiograph);
  if (lungs === undefined) return [];
  const weighed = weighedPlaces(searched, places)
    .map((place) => ({ ...place, chance: chanceOf(place.traits) }))
    .filter(({ chance, radius }) => chance >= least && !isTooLarge(radius, finding, lungs))
    .sort((one, other) => other.chance - one.chance);
  const fine = pictureOf(radiograph, OUTLINED);
  const chosen: FocalCandidate[] = [];
  for (const { x, y, radius, chance } of weighed) {
    if (chosen.length === MOST_OFFERED) break;
    // Two scales of one thing are one thing.
    if (chosen.some((other) => distance({ x, y }, other, radiograph) <= Math.max(radius, other.radius))) continue;
    const whole = outlineOf(fine, { x, y }, radius, radiograph.width / radiograph.height);
    const outline = cutToLungs(whole, { x, y }, MARGIN * greatestRadius(finding), lungs);
    if (outline !== undefined) chosen.push({ x, y, radius, chance, outline });
  }
  return chosen;
}

/** As a hard mask at native size. */
export function focalMask(
  { outline }: Pick<FocalCandidate, 'outline'>,
  { width, height }: Pick<Radiograph, 'width' | 'height'>,
): Mask {
  const points = Array.from({ length: outline.length / 2 }, (_, i) => ({
    x: (outline[2 * i] ?? 0) * width,
    y: (outline[2 * i + 1] ?? 0) * height,
  }));
  return fillPolygon(emptyMask(width, height), points, 255);
}

interface WeighedPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly traits: FocalTraits;
}

/** Every round dense place with what it is weighed by. */
export function weighedPlaces(searched: Searched, places: readonly Place[]): readonly WeighedPlace[] {
  const { radiograph, opacityMap } = searched;
  const picture = pictureOf(radiograph, SEARCHED);
  const { width, height, data } = picture;
  const lung = lungIn(searched, places);
  const share = (x: number, y: number): number => fieldAt(lung, (x + 0.5) / width, (y + 0.5) / height);
  const blobs = blobMap(data, width, height);
  const greys = greysOf(picture, share);
  if (greys === undefined) return [];
  const depth = distanceToSet(width, height, (x, y) => share(x, y) <= IN_LUNG);
  const opacity: Field = { width: GRID, height: GRID, data: opacityMap };
  return peaksOf(blobs, (x, y) => share(x, y) > IN_LUNG, WEIGHED, APART).map((peak) => {
    const sigma = SCALES[blobs.scale[peak.y * width + peak.x] ?? 0] ?? 1;
    const [x, y] = [(peak.x + 0.5) / width, (peak.y + 0.5) / height];
    return {
      x,
      y,
      radius: (sigma * Math.SQRT2) / Math.max(width, height),
      traits: [
        ...lookOf(peak, sigma, picture, blobs, greys, fieldAt(opacity, x, y)),
        Math.min(DEEP, Math.sqrt(depth[peak.y * width + peak.x] ?? 0)) / DEEP,
      ],
    };
  });
}

function lookOf(
  { x, y, value }: Peak,
  sigma: number,
  { width, height, data }: Field,
  { flattest, steepest }: BlobMap,
  greys: { readonly mean: number; readonly spread: number },
  opacity: number,
): readonly [number, number, number, number, number, number] {
  const i = y * width + x;
  const at = (column: number, row: number): number =>
    data[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))] ?? 0;
  const ring = Array.from({ length: 12 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 12;
    return at(Math.round(x + 2 * sigma * Math.cos(angle)), Math.round(y + 2 * sigma * Math.sin(angle)));
  });
  const around = ring.reduce((sum, grey) => sum + grey, 0) / ring.length;
  return [
    value,
    Math.log(sigma),
    (flattest[i] ?? 0) / Math.max(1e-6, steepest[i] ?? 0),
    opacity,
    (at(x, y) - greys.mean) / greys.spread,
    (at(x, y) - around) / greys.spread,
  ];
}

function chanceOf(traits: FocalTraits): number {
  const sum = traits.reduce<number>(
    (total, trait, k) => total + trait * (FOCAL_WEIGHTS.of[k] ?? 0),
    FOCAL_WEIGHTS.bias,
  );
  return 1 / (1 + Math.exp(-sum));
}

/** Presentation grey, its longer side at most so many pixels. */
function pictureOf(radiograph: Radiograph, longer: number): Field {
  const shrink = Math.min(1, longer / Math.max(radiograph.width, radiograph.height));
  const [width, height] = [radiograph.width, radiograph.height].map((side) =>
    Math.max(3, Math.round(side * shrink)),
  ) as [number, number];
  return { width, height, data: atOnce(presentationAt(radiograph, width, height)) };
}

/** Share of the places over the whole image. */
function lungIn({ regions }: Searched, places: readonly Place[]): Field {
  const maps = places.map((place) => (typeof regions === 'function' ? regions(place) : regionMap(regions, place)));
  return {
    width: GRID,
    height: GRID,
    data: Float32Array.from({ length: GRID * GRID }, (_, cell) => maps.reduce((sum, map) => sum + (map[cell] ?? 0), 0)),
  };
}

/** Mean and spread of grey in the lung; undefined where there is none. */
function greysOf(
  { width, height, data }: Field,
  share: (x: number, y: number) => number,
): { readonly mean: number; readonly spread: number } | undefined {
  let [count, sum, squares] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (share(x, y) <= IN_LUNG) continue;
      const grey = data[y * width + x] ?? 0;
      [count, sum, squares] = [count + 1, sum + grey, squares + grey * grey];
    }
  }
  if (count === 0) return undefined;
  const mean = sum / count;
  return { mean, spread: Math.max(0.01, Math.sqrt(Math.max(0, squares / count - mean ** 2))) };
}

/** Share of the longer side. */
function distance(
  one: { readonly x: number; readonly y: number },
  other: { readonly x: number; readonly y: number },
  { width, height }: Radiograph,
): number {
  const longer = Math.max(width, height);
  return Math.hypot(((one.x - other.x) * width) / longer, ((one.y - other.y) * height) / longer);
}
