/** Around what a dense place ends: rays from its middle, each as far as grey has fallen half the way to what surrounds it. */

import type { Field } from '../sketch/field';
import { fieldAt } from '../sketch/field';

const RAYS = 64;
const STEPS = 48;
/** Of the expected radius: how far rays go, and the least and greatest that one may end at. */
const FARTHEST = 2.4;
const LEAST = 0.6;
const GREATEST = 2;
/** Rays on either side that a ray is smoothed with. */
const NEIGHBOURS = 5;
/** The edge of a lesion is soft: what is to go with it lies a little beyond the half. */
export const MARGIN = 1.25;

/**
 * A closed loop x0, y0, x1, y1, ... in fractions of the image.
 * @param picture grey over the whole image @param at its middle, fractions of the image @param radius expected, share of the longer side
 * @param aspect width over height of the image
 */
export function outlineOf(
  picture: Field,
  at: { readonly x: number; readonly y: number },
  radius: number,
  aspect: number,
): Float32Array {
  const [across, down] = aspect >= 1 ? [radius, radius * aspect] : [radius / aspect, radius];
  const angles = Array.from({ length: RAYS }, (_, ray) => (2 * Math.PI * ray) / RAYS);
  const rays = angles.map((angle) =>
    Array.from({ length: STEPS }, (_, step) => {
      const far = (FARTHEST * (step + 0.5)) / STEPS;
      return fieldAt(picture, at.x + far * across * Math.cos(angle), at.y + far * down * Math.sin(angle));
    }),
  );
  const within = (from: number, to: number) => (ray: readonly number[]) =>
    ray.slice(Math.floor((from / FARTHEST) * STEPS), Math.ceil((to / FARTHEST) * STEPS));
  const inside = median(rays.flatMap(within(0, 0.5)));
  const ends = rays.map((ray) => {
    // Of its own surroundings: beside a rib or the heart a lesion ends where it meets it.
    const half = (inside + Math.min(inside, median(within(1.4, FARTHEST)(ray)))) / 2;
    const last = ray.findIndex((value, step) => (step / STEPS) * FARTHEST > LEAST / 2 && value < half);
    const far = last < 0 ? 1 : ((last + 0.5) / STEPS) * FARTHEST;
    return Math.min(GREATEST, Math.max(LEAST, far));
  });
  const loop = new Float32Array(2 * RAYS);
  const around = (all: readonly number[], ray: number): readonly number[] =>
    Array.from({ length: 2 * NEIGHBOURS + 1 }, (_, k) => all[(ray + k - NEIGHBOURS + RAYS) % RAYS] ?? 1);
  // What one ray tells wrongly is outvoted, and what is left is round.
  const voted = ends.map((_, ray) => median(around(ends, ray)));
  angles.forEach((angle, ray) => {
    const near = around(voted, ray);
    const far = (MARGIN * near.reduce((sum, value) => sum + value, 0)) / near.length;
    loop[2 * ray] = at.x + far * across * Math.cos(angle);
    loop[2 * ray + 1] = at.y + far * down * Math.sin(angle);
  });
  return loop;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
