/** How thick the pleura is along the chest wall, as shares of its greatest thickness: a rind, plaques or a cap over the apex. */

import type { ChestSide } from '../chest';
import { CHEST_GRID, smoothstep } from '../field';
import { uniforms } from '../noise';
import type { SketchRequest } from '../sketch';
import type { Hemithorax } from './hemithorax';
import type { Wall } from './wall';

/** Of its thickness, what is left in the angle to the diaphragm at least. */
const AT_ANGLE = 0.6;
/** Along the wall, and so near to it, a band is told how thick it is; where hardly any of it is, not less than this. */
const PLACES = 24;
const ON_WALL_MM = 2;
const LEAST_SHARE = 0.25;
/**
 * The thickest of the places along the wall, each a mean over a centimetre or so of what lies on it.
 * @param share of the thickness, by how far down the wall and where in the image
 */
export function thickest(
  { distance, down }: Wall,
  share: (down: number, u: number, v: number) => number,
  isApical: boolean,
): number {
  const [sums, counts] = [new Float64Array(PLACES), new Float64Array(PLACES)];
  distance.data.forEach((mm, cell) => {
    const place = Math.floor((down.data[cell] as number) * PLACES);
    if (mm === 0 || Math.abs(mm) > ON_WALL_MM || place < 0 || place >= PLACES) return;
    const [u, v] = [((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID];
    sums[place] = (sums[place] as number) + share(down.data[cell] as number, u, v);
    counts[place] = (counts[place] as number) + 1;
  });
  const means = sums.map((sum, place) => sum / Math.max(1, counts[place] as number));
  return Math.max(LEAST_SHARE, ...(isApical ? means.slice(0, 4) : means.slice(4)));
}

/** Share of the thickness by how far down the wall: a cap over the apex, thinning by the third rib. */
export function apicalCap(seed: number, index: number): (down: number) => number {
  const [a = 0.5] = uniforms(seed, index + 1, 1);
  const end = 0.14 + 0.1 * a;
  return (down) => smoothstep(end, 0.01, down);
}

/** A rind along the lower two thirds or what zones say, thickest below. */
export function rind({ lung }: Hemithorax, { places, seed }: SketchRequest, index: number): (down: number) => number {
  const [a = 0.5, b = 0.5] = uniforms(seed, index + 1, 2);
  const [from, to] = span(lung.side, places) ?? [0.3, 1.05];
  const peak = from + (to - from) * (0.42 + 0.3 * a);
  const falls = (down: number): number => smoothstep(to + 0.12, Math.min(to, peak + 0.02), down);
  // It goes on into the angle, where one reaches so far down.
  return (down) =>
    smoothstep(from - 0.22, from + (0.3 + 0.2 * b) * (peak - from) + 0.04, down) *
    (to > 1 ? Math.max(AT_ANGLE * smoothstep(to + 0.3, to, down), falls(down)) : falls(down));
}

/** Two to four lenses, 2 to 6 cm long, along the seventh to tenth ribs; apex and angle are spared. */
export function plaques(
  { lung, height }: Hemithorax,
  { places, seed }: SketchRequest,
  index: number,
): (down: number) => number {
  const draws = uniforms(seed, index + 2, 12);
  const [from, to] = span(lung.side, places) ?? [0.34, 0.86];
  const count = 2 + Math.floor((draws[0] as number) * 3);
  const lenses = Array.from({ length: count }, (_, k) => ({
    at: from + ((to - from) * (k + 0.25 + 0.5 * (draws[1 + k] as number))) / count,
    half: Math.min((0.42 * (to - from)) / count, 0.04 + 0.06 * (draws[5 + k] as number)) * Math.min(1, 200 / height),
    thick: k === 0 ? 1 : 0.5 + 0.5 * (draws[8 + Math.min(3, k)] as number),
  }));
  return (down) =>
    lenses.reduce(
      (most, { at, half, thick }) => Math.max(most, thick * Math.sqrt(Math.max(0, 1 - ((down - at) / half) ** 2))),
      0,
    );
}

/** How far down the wall the named zones of this lung reach; undefined where all or none are named. */
function span(side: ChestSide, places: SketchRequest['places']): readonly [number, number] | undefined {
  const levels = ['upper', 'mid', 'lower'].map((level) => places.some((place) => place === `${side}_${level}`));
  if (levels.every(Boolean) || !levels.some(Boolean)) return undefined;
  return [levels.indexOf(true) / 3 + 0.02, (levels.lastIndexOf(true) + 1) / 3 + (levels[2] === true ? 0.05 : -0.02)];
}
