/** Trees of bronchi and vessels: each branch forks into a wide and a narrow one (Murray 1926: cubes of the diameters add up). */

import type { Chest, ChestPoint } from '../chest';
import { uniforms } from '../noise';
import { curve, type Stroke } from './strokes';

export interface Tree {
  readonly from: ChestPoint;
  /** Direction of the trunk, as `curve` counts it. */
  readonly angle: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly forks: number;
  /** How far the narrower daughter turns off, in radians. */
  readonly spread: number;
}

/** The wider daughter goes nearly straight on, the narrower one turns off; lengths shorten with them. */
const DAUGHTERS = [
  { narrower: 0.88, shorter: 0.86, turn: 0.35 },
  { narrower: 0.68, shorter: 0.68, turn: 1 },
] as const;

export function treeOf(
  chest: Chest,
  { from, angle, lengthMm, widthMm, forks, spread }: Tree,
  seed: number,
  stream: number,
): readonly Stroke[] {
  const chance = uniforms(seed, stream, 4 * 2 ** (forks + 1));
  const strokes: Stroke[] = [];
  const grow = (
    start: ChestPoint,
    heading: number,
    length: number,
    width: number,
    force: number,
    level: number,
    node: number,
  ): void => {
    const [bend = 0.5, turn = 0.5, reach = 0.5, seen = 0.5] = chance.slice(4 * node, 4 * node + 4);
    const bent = (bend - 0.5) * 1.1;
    // A branch that leaves the plane of the film is seen less.
    const own = level === 0 ? force : force * (0.35 + 0.65 * seen);
    const branch = curve(
      chest,
      start,
      heading,
      length * (0.6 + 0.8 * reach),
      bent,
      (along) => ({
        widthMm: width * (1 - 0.2 * along),
        strength: force + (own - force) * Math.min(1, 2 * along) - (level === forks ? own * along : 0),
      }),
      8,
    );
    strokes.push(branch);
    const end = branch.at(-1);
    if (level === forks || end === undefined) return;
    const way = turn < 0.5 ? -1 : 1;
    DAUGHTERS.forEach(({ narrower, shorter, turn: share }, daughter) => {
      const lean = (daughter === 0 ? -way : way) * spread * share * (0.7 + 0.6 * Math.abs(turn - 0.5) * 2);
      grow(end, heading + bent / 2 + lean, length * shorter, width * narrower, own, level + 1, 2 * node + 1 + daughter);
    });
  };
  grow(from, angle, lengthMm, widthMm, 1, 0, 0);
  return strokes;
}
