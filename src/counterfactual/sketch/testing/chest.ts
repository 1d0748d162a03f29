/** A chest of smooth lungs, heart and diaphragms for tests: its maps as the anatomist gives them, and its film at any size. */

import { chestOf, type Chest } from '../chest';
import type { DensityImage } from '../density';

const SIDE = 64;
const CLASSES = 8;
export const LUNG = 0.25;
export const TISSUE = 0.75;

/** How much a point is lung: a superellipse cut off by a dome, fractions of the image. */
function lungAt(u: number, v: number, centre: number): number {
  const ellipse = 1 - (Math.abs((u - centre) / 0.15) ** 2.4 + Math.abs((v - 0.5) / 0.34) ** 2.4);
  const dome = 0.76 + 0.6 * (u - centre) ** 2 - v;
  return logistic(40 * Math.min(ellipse * 0.1, dome));
}

function heartAt(u: number, v: number): number {
  return logistic(4 * (1 - ((u - 0.53) / 0.13) ** 2 - ((v - 0.62) / 0.16) ** 2));
}

export function smoothChest(aspect = 1): Chest {
  const probabilities = new Float32Array(SIDE * SIDE * CLASSES);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [u, v] = [(x + 0.5) / SIDE, (y + 0.5) / SIDE];
      const cell = (y * SIDE + x) * CLASSES;
      const level = v < 0.38 ? 0 : v < 0.57 ? 1 : 2;
      const heart = heartAt(u, v);
      probabilities[cell + 1 + level] = lungAt(u, v, 0.3) * (1 - heart);
      probabilities[cell + 4 + level] = lungAt(u, v, 0.72) * (1 - heart);
      probabilities[cell + 7] = heart;
      probabilities[cell] = 1 - (lungAt(u, v, 0.3) + lungAt(u, v, 0.72)) * (1 - heart) - heart;
    }
  }
  const chest = chestOf({ probabilities, width: Math.round(1000 * aspect), height: 1000 });
  if (chest === undefined) throw new Error('the test chest has no lungs');
  return chest;
}

/** Its film: dark lungs with vessels, grey heart and wall. */
export function smoothFilm(width: number, height = width): DensityImage {
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const lung = Math.max(lungAt(u, v, 0.3), lungAt(u, v, 0.72)) * (1 - heartAt(u, v));
      const vessels = 0.04 * Math.max(0, Math.sin(u * 130 + v * 60)) ** 6;
      values[y * width + x] = TISSUE + (LUNG + vessels - TISSUE) * lung;
    }
  }
  return { width, height, values, range: [0, 1] };
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
