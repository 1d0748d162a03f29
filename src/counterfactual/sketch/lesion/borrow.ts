/**
 * Lung that may stand in for a lesion: a place of the same film, of either lung, mirrored or not, whose surroundings look like
 * the lesion's own. Ribs then go on across the seam, and noise and vessels are the film's.
 */

import type { Chest } from '../chest';
import { fieldAt } from '../field';

/** Source of a pixel (x, y) about the lesion's middle (cx, cy): (cx + dx + flip (x - cx), y + dy). In pixels of `Coarse`. */
export interface Loan {
  readonly dx: number;
  readonly dy: number;
  readonly flip: 1 | -1;
  /** How ill its surroundings fit, in density. */
  readonly cost: number;
}

/** A film made so small that the lesion has a few dozen pixels. */
export interface Coarse {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Pixels of the lesion and of what surrounds it. */
export interface Patch {
  readonly cx: number;
  readonly cy: number;
  readonly inside: readonly (readonly [number, number])[];
  readonly ring: readonly (readonly [number, number])[];
}

/** Points of the lesion and of its surroundings that places are compared by. */
const POINTS = { inside: 80, ring: 240 } as const;
/** Of the lesion's reach: from place to place, and how far about the lesion, and about its mirror image, is looked. */
const STEP = 1 / 6;
const ABOUT = 8;
/** Share of the lesion's own share of lung that a source has at the least. */
const LUNG = 0.9;
/** What a source costs that is itself denser than its surroundings, or emptier (which leaves a hollow), one that is denser as a whole, and a far one across the picture. */
const DENSER = 1;
const EMPTIER = 0.6;
const LEVEL = 0.1;
const FAR = 0.02;
/** Sources that a seed chooses among: not much worse than the best, and apart from each other. */
const AS_GOOD = 1.25;
const MOST = 6;

/** The best first; none where nothing of the lungs is large enough. */
export function loansFor(coarse: Coarse, chest: Chest, patch: Patch): readonly Loan[] {
  const inside = thinned(patch.inside, POINTS.inside);
  const ring = thinned(patch.ring, POINTS.ring);
  const lung = lungShare(coarse, chest);
  const least = LUNG * mean(inside.map(([x, y]) => lung(x, y)));
  const reach = Math.max(...patch.inside.map(([x, y]) => Math.max(Math.abs(x - patch.cx), Math.abs(y - patch.cy)))) + 1;
  const own = ring.map(([x, y]) => at(coarse, x, y));
  const found: Loan[] = [];
  const step = Math.max(1, Math.round(STEP * reach));
  const about = Math.ceil((ABOUT * reach) / step);
  for (const flip of [1, -1] as const) {
    const start = flip === 1 ? 0 : coarse.width - 1 - 2 * patch.cx;
    for (let down = -about; down <= about; down++) {
      for (let across = -about; across <= about; across++) {
        const [dx, dy] = [start + across * step, down * step];
        if (Math.abs(dx) < 2 * reach && Math.abs(dy) < 2 * reach) continue;
        const [mx, my] = [patch.cx + dx, patch.cy + dy];
        if (mx < reach || my < reach || mx > coarse.width - reach || my > coarse.height - reach) continue;
        if (lung(mx, my) < least) continue;
        const source = (x: number, y: number): readonly [number, number] => [mx + flip * (x - patch.cx), y + dy];
        if (mean(inside.map(([x, y]) => lung(...source(x, y)))) < least) continue;
        const far = Math.hypot(dx - start, dy) / coarse.width;
        found.push({ dx, dy, flip, cost: costOf(coarse, source, inside, ring, own) + FAR * far });
      }
    }
  }
  found.sort((one, other) => one.cost - other.cost);
  const best = found[0]?.cost ?? 0;
  const kept: Loan[] = [];
  for (const loan of found) {
    if (kept.length === MOST || loan.cost > AS_GOOD * best) break;
    if (kept.every(({ dx, dy, flip }) => flip !== loan.flip || Math.hypot(dx - loan.dx, dy - loan.dy) > reach / 2))
      kept.push(loan);
  }
  return kept;
}

function costOf(
  coarse: Coarse,
  source: (x: number, y: number) => readonly [number, number],
  inside: Patch['inside'],
  ring: Patch['ring'],
  own: readonly number[],
): number {
  const theirs = ring.map(([x, y]) => at(coarse, ...source(x, y)));
  const level = mean(theirs) - mean(own);
  const misfit = Math.sqrt(mean(theirs.map((value, k) => (value - (own[k] ?? 0) - level) ** 2)));
  const stands = mean(inside.map(([x, y]) => at(coarse, ...source(x, y)))) - mean(theirs);
  return misfit + DENSER * Math.max(0, stands) + EMPTIER * Math.max(0, -stands) + LEVEL * Math.abs(level);
}

function at({ width, height, values }: Coarse, x: number, y: number): number {
  const [column, row] = [
    Math.min(width - 1, Math.max(0, Math.round(x))),
    Math.min(height - 1, Math.max(0, Math.round(y))),
  ];
  return values[row * width + column] ?? 0;
}

function lungShare({ width, height }: Coarse, { right, left }: Chest): (x: number, y: number) => number {
  return (x, y) => {
    const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
    return fieldAt(right.share, u, v) + fieldAt(left.share, u, v);
  };
}

function thinned<Each>(all: readonly Each[], most: number): readonly Each[] {
  const every = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, k) => all[Math.floor(k * every)] as Each);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
