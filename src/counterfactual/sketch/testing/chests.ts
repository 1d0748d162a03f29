/** A smooth made-up chest for tests: elliptical lungs with domed bases, ribs, vessels, a heart, an abdomen, and grain. */

import { ZONES } from '../../../findings/vocabulary';
import { gaussianNoise } from '../../random';
import { chestOf, type Chest } from '../chest';
import type { DensityImage } from '../density';

const SIDE = 64;

/** Where things lie, as fractions of the image. */
const RIGHT = { x: 0.29, halfWidth: 0.17 };
const LEFT = { x: 0.71, halfWidth: 0.17 };
const TOP = 0.12;
const BASE = 0.8;

/** How far inside a lung, positive in it; the base is the dome of a diaphragm. */
function lungDepth(u: number, v: number, { x, halfWidth }: typeof RIGHT): number {
  const across = (u - x) / halfWidth;
  const middle = (TOP + BASE) / 2 + 0.08;
  const round = 1 - Math.hypot(across, v < middle ? (v - middle) / (middle - TOP) : 0);
  const outward = x < 0.5 ? -across : across;
  const dome = BASE - 0.1 * (1 - ((outward + 0.35) / 1.35) ** 2) - v;
  return Math.min(round * halfWidth, dome);
}

function heartDepth(u: number, v: number): number {
  return 0.13 - Math.hypot((u - 0.53) * 0.9, (v - 0.62) * 0.75);
}

function soft(depth: number): number {
  return 1 / (1 + Math.exp(-depth / 0.006));
}

/** The anatomist's map of it, [64 x 64 x 8]. */
export function smoothProbabilities(): Float32Array {
  const classes = ZONES.length + 2;
  const out = new Float32Array(SIDE * SIDE * classes);
  for (let cell = 0; cell < SIDE * SIDE; cell++) {
    const [u, v] = [((cell % SIDE) + 0.5) / SIDE, (Math.floor(cell / SIDE) + 0.5) / SIDE];
    const heart = soft(heartDepth(u, v));
    const level = Math.min(2, Math.max(0, Math.floor(((v - TOP) / (BASE - TOP)) * 3)));
    const lungs = [RIGHT, LEFT].map((lung) => soft(lungDepth(u, v, lung)) * (1 - heart));
    lungs.forEach((share, side) => (out[cell * classes + 1 + side * 3 + level] = share));
    out[cell * classes + classes - 1] = heart;
    out[cell * classes] = Math.max(0, 1 - heart - (lungs[0] as number) - (lungs[1] as number));
  }
  return out;
}

export function smoothChest(width = 256, height = 256, pixelSpacing?: readonly [number, number]): Chest {
  const chest = chestOf({ probabilities: smoothProbabilities(), width, height, ...(pixelSpacing && { pixelSpacing }) });
  if (chest === undefined) throw new Error('the chest of the tests was not found');
  return chest;
}

/** Densities of that chest: lungs 0.2, walls and abdomen 0.6 to 0.75, heart 0.7; ribs and vessels on top, unless it shall be bare. */
export function smoothFilm(width = 256, height = 256, isBare = false): DensityImage {
  const values = new Float32Array(width * height);
  const grain = gaussianNoise(7, 0, 0, width * height, 3);
  for (let i = 0; i < values.length; i++) {
    const [u, v] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    const heart = soft(heartDepth(u, v));
    const lung = soft(Math.max(lungDepth(u, v, RIGHT), lungDepth(u, v, LEFT))) * (1 - heart);
    const marks = isBare ? 0 : 1;
    const body = 0.6 + 0.15 * v - 0.5 * Math.max(0, Math.abs(u - 0.5) - 0.44);
    const rib = 0.05 * Math.max(0, Math.cos((v + 0.25 * Math.abs(u - 0.5)) * 70)) ** 3;
    const vessel = 0.06 * Math.max(0, Math.cos((u - 0.5) * 90 + (v - 0.45) * 40)) ** 12 * lung;
    values[i] =
      body * (1 - lung) +
      0.2 * lung +
      marks * (rib + vessel) +
      Math.max(0, 0.7 - body) * heart +
      0.008 * (grain[i] as number);
  }
  return { width, height, values, range: [0, 1] };
}
