/**
 * The line of a pneumothorax: the one around the hilum that stands out most, is brighter toward the lung, and beyond which vessels
 * are fewer. No network, no training. It is mainly asked with the film before, for the line over the apex that came, whatever its
 * vessels. On a film by itself skin folds, the border of the scapula, bullae and tubes look the same to it.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID, fieldAt, type Field } from '../field';
import { hemithoraxOf } from '../pleura/hemithorax';
import { wallOf } from '../pleura/wall';
import { vesselEnergy, type VesselEnergy } from './vesselEnergy';

export interface PleuralLine {
  /** How far from the wall the line lies at the apex, in mm. */
  readonly apexMm: number;
  /** Mean height of the line over what lies beside it, as a share of the lung's contrast to the heart. */
  readonly line: number;
  /** Mean step over it, denser toward the hilum, in the same unit. */
  readonly step: number;
  /** Vessel energy of the 20 mm within over that beyond, natural logarithm. */
  readonly vessels: number;
  /** The signs together, each over its spread on clear films: the path is the one of which this is greatest. */
  readonly score: number;
}

/** Directions that are looked in, in degrees: 0 up, 90 to the chest wall; and the share of the way that is left out around their centre. */
interface Fan {
  readonly from: number;
  readonly to: number;
  readonly hilar: number;
  /** From below the apex instead of the hilum. */
  readonly isApical: boolean;
}
const FAN: Fan = { from: -12, to: 100, hilar: 0.35, isApical: false };
/** Where only what came is looked for: over the apex, where also a small one is. */
const FAN_BEFORE: Fan = { from: -28, to: 42, hilar: 0.1, isApical: true };
const RAY_DEGREES = 1.5;
const STEP_MM = 0.75;
/** Beside the wall its own border is seen. */
const LEAST_MM = 5;
/** A line is looked at over so many mm, the step so far from it to either side, vessels so far. */
const LINE_MM = 2.25;
const STEP_FROM_MM = [2, 6] as const;
const VESSELS_MM = 20;
/** From one ray to the next a line moves by at most so many steps. */
const BEND = 2;
/** What each sign weighs: about its inverse spread over the paths of clear films. */
const WEIGHTS: Weights = { line: 1 / 0.012, step: 1 / 0.06, vessels: 1 / 0.9 };
/** Where only what came is looked for, what ribs and vessels are cancels, but for the vessels that lie elsewhere now. */
const WEIGHTS_BEFORE: Weights = { line: 1 / 0.008, step: 1 / 0.08, vessels: 0 };

/** Of what came to a film, a line with a lesser score is none. */
export const LEAST_SCORE = 1.2;

/** @param before the same film without it: then only the line that came is looked for */
export function findPleuralLine(
  image: DensityImage,
  chest: Chest,
  before?: DensityImage,
): Readonly<Record<ChestSide, PleuralLine>> {
  const [after, was] = [image, before].map((film) => (film === undefined ? undefined : vesselEnergy(film, chest)));
  if (after === undefined) throw new Error('a film was given');
  const contrast = contrastOf((was ?? after).film, chest);
  const of = (side: ChestSide): PleuralLine => {
    const reach = was === undefined ? FAN : FAN_BEFORE;
    const rays = raysOf(chest, side, after, reach);
    const signs = rays.map((ray) => signsOf(ray, contrast));
    const old = was === undefined ? [] : raysOf(chest, side, was, reach).map((ray) => signsOf(ray, contrast));
    return bestPath(
      signs.map((sign, ray) => lessThan(sign, old[ray])),
      rays.map(({ degrees }) => degrees),
      was === undefined ? WEIGHTS : WEIGHTS_BEFORE,
    );
  };
  return { right: of('right'), left: of('left') };
}

function lessThan(signs: Signs, old: Signs | undefined): Signs {
  if (old === undefined) return signs;
  const less = (one: Float32Array, other: Float32Array): Float32Array =>
    one.map((value, k) => value - (other[k] as number));
  return {
    line: less(signs.line, old.line),
    step: less(signs.step, old.step),
    vessels: less(signs.vessels, old.vessels),
  };
}

type Weights = Readonly<Record<keyof Signs, number>>;

/** What a ray meets from the wall inward, STEP_MM apart. */
interface Ray {
  readonly film: Float32Array;
  readonly energy: Float32Array;
  readonly detail: Float32Array;
  /** Degrees from straight up. */
  readonly degrees: number;
}

function raysOf(
  chest: Chest,
  side: ChestSide,
  { film, energy, vessels }: VesselEnergy,
  { hilar, from, to, isApical }: Fan,
): readonly Ray[] {
  const hemithorax = hemithoraxOf(chest, side);
  const { hilum, apex } = hemithorax.lung;
  // Rays over the apex start below it, so that they meet the wall there straight.
  const centre = isApical ? { x: apex.x, y: hilum.y } : hilum;
  const { distance } = wallOf(chest, hemithorax);
  const outward = side === 'right' ? -1 : 1;
  const { aspect, millimetresPerRow: mm } = chest;
  return Array.from({ length: Math.round((to - from) / RAY_DEGREES) }, (_, ray) => {
    const degrees = from + RAY_DEGREES * ray;
    const angle = (degrees * Math.PI) / 180;
    const at = (r: number): readonly [number, number] => [
      (centre.x + (outward * Math.sin(angle) * r) / (mm * aspect)) / CHEST_GRID,
      (centre.y - (Math.cos(angle) * r) / mm) / CHEST_GRID,
    ];
    let reach = 20;
    while (reach < 250 && fieldAt(distance, ...at(reach)) > 0) reach += STEP_MM;
    const length = Math.max(0, Math.floor(((1 - hilar) * reach) / STEP_MM));
    const read = (field: Field): Float32Array =>
      Float32Array.from({ length }, (_unused, k) => fieldAt(field, ...at(reach - k * STEP_MM)));
    return { film: read(film), energy: read(energy), detail: read(vessels), degrees };
  }).filter(({ film: { length } }) => length > (LEAST_MM + VESSELS_MM) / STEP_MM);
}

/** Each sign at each depth of a ray. */
interface Signs {
  readonly line: Float32Array;
  readonly step: Float32Array;
  readonly vessels: Float32Array;
}

function signsOf({ film, energy, detail }: Ray, contrast: number): Signs {
  const { length } = film;
  const meanOver = (values: Float32Array): ((from: number, to: number) => number) => {
    const sums = new Float64Array(length + 1);
    values.forEach((value, k) => (sums[k + 1] = (sums[k] as number) + value));
    return (from, to) => {
      const [low, high] = [Math.max(0, from), Math.min(length, to)];
      return high <= low ? NaN : ((sums[high] as number) - (sums[low] as number)) / (high - low);
    };
  };
  const [grey, fine, strength] = [meanOver(film), meanOver(detail), meanOver(energy)];
  const steps = (mm: number): number => Math.round(mm / STEP_MM);
  const [near, far] = STEP_FROM_MM.map(steps) as [number, number];
  const sign = (of: (k: number) => number): Float32Array =>
    Float32Array.from({ length }, (_, k) => {
      const value = of(k);
      return Number.isNaN(value) ? 0 : value;
    });
  return {
    line: sign(
      (k) => (fine(k, k + 1) - (fine(k - steps(LINE_MM), k) + fine(k + 1, k + 1 + steps(LINE_MM))) / 2) / contrast,
    ),
    step: sign((k) => (grey(k + near, k + far) - grey(k - far + 1, k - near + 1)) / contrast),
    vessels: sign((k) =>
      Math.log(
        (strength(k + near, k + steps(VESSELS_MM)) + 1e-7) /
          (strength(Math.max(steps(LEAST_MM) - near, k - steps(VESSELS_MM)), Math.max(steps(LEAST_MM), k - near)) +
            1e-7),
      ),
    ),
  };
}

/** The path over all rays of which the signs come to most, by dynamic programming. */
function bestPath(signs: readonly Signs[], degrees: readonly number[], weights: Weights): PleuralLine {
  const first = Math.round(LEAST_MM / STEP_MM);
  const totals: Float64Array[] = [];
  const from: Int16Array[] = [];
  signs.forEach(({ line, step, vessels }, ray) => {
    const own = new Float64Array(line.length).fill(-Infinity);
    const back = new Int16Array(line.length);
    const before = totals[ray - 1];
    for (let k = first; k < line.length; k++) {
      const here =
        weights.line * bounded(line[k] as number, 0.05) +
        weights.step * bounded(step[k] as number, 0.2) +
        weights.vessels * bounded(vessels[k] as number, 3);
      if (before === undefined) {
        own[k] = here;
        continue;
      }
      let best = -Infinity;
      for (let other = Math.max(first, k - BEND); other <= Math.min(before.length - 1, k + BEND); other++) {
        const value = (before[other] as number) - 0.3 * Math.abs(other - k);
        if (value > best) [best, back[k]] = [value, other];
      }
      own[k] = here + best;
    }
    totals.push(own);
    from.push(back);
  });
  const last = totals.at(-1);
  if (last === undefined) return { apexMm: 0, line: 0, step: 0, vessels: 0, score: 0 };
  let at = last.indexOf(Math.max(...last));
  const score = (last[at] as number) / signs.length;
  const path: number[] = [];
  for (let ray = signs.length - 1; ray >= 0; ray--) {
    path[ray] = at;
    at = (from[ray] as Int16Array)[at] as number;
  }
  const mean = (of: (sign: Signs) => Float32Array): number =>
    path.reduce((sum, k, ray) => sum + ((of(signs[ray] as Signs)[k] as number) || 0), 0) / path.length;
  const apical = path.filter((_, ray) => Math.abs(degrees[ray] as number) < 20).map((k) => k * STEP_MM);
  return {
    apexMm: apical.sort((a, b) => a - b)[apical.length >> 1] ?? 0,
    line: mean(({ line }) => line),
    step: mean(({ step }) => step),
    vessels: mean(({ vessels }) => vessels),
    score: Number.isFinite(score) ? score : 0,
  };
}

const bounded = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** Between heart and lung. */
function contrastOf(film: Field, chest: Chest): number {
  const heart = fieldAt(film, chest.heart.centre.x / CHEST_GRID, chest.heart.centre.y / CHEST_GRID);
  const lungs = [chest.right, chest.left].flatMap(({ share }) =>
    Array.from(share.data.keys())
      .filter((cell) => (share.data[cell] as number) > 0.9)
      .map((cell) =>
        fieldAt(film, ((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID),
      ),
  );
  const median = Float32Array.from(lungs).sort()[lungs.length >> 1] ?? 0;
  return Math.max(0.05, heart - median);
}
