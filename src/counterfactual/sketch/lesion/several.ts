/**
 * Several lesions at once: the first is the largest and has the diameter asked, the others are of different sizes and lie anywhere
 * in the same zones, none on another. Metastases differ in size and favour the periphery and the bases (see KNOWLEDGE of nodule.ts).
 */

import { ZONES } from '../../../findings/vocabulary';
import { CHEST_GRID } from '../field';
import { uniforms } from '../noise';
import { paintedOn } from '../painted';
import type { Sketch, SketchContext, SketchRequest } from '../sketch';
import type { LesionPlace } from './place';

export const NUMBERS = ['one', 'two', 'three', 'several', 'many'] as const;
export type LesionNumber = (typeof NUMBERS)[number];

const COUNTS: Readonly<Record<LesionNumber, number>> = { one: 1, two: 2, three: 3, several: 6, many: 16 };
/** Diameters of the others, as shares of the largest. */
const SIZES = [0.35, 0.95] as const;
/** Cells that count as lung, and as painted. */
const LUNG = 0.5;
/** How much of its radius lies within the lung, and the least gap between two as a share of both radii. */
const [WITHIN, APART] = [0.8, 1.25];
/** Lots that are drawn for each of them before a crowded lung is left with fewer. */
const TRIES = 40;

/** The places of the others; fewer than asked where there is no room. */
export function othersOf(
  { chest }: SketchContext,
  request: Pick<SketchRequest, 'places' | 'mask' | 'seed'>,
  first: LesionPlace,
  { number, leastMm }: { readonly number: LesionNumber; readonly leastMm: number },
): readonly LesionPlace[] {
  const zones = request.places.map((place) => ZONES.indexOf(place as (typeof ZONES)[number])).filter((at) => at >= 0);
  const painted = request.mask === undefined ? undefined : paintedOn(request.mask);
  const mayLie = (zone: number): boolean => painted !== undefined || zones.length === 0 || zones.includes(zone);
  const cells = [chest.right, chest.left].flatMap(({ zones: thirds, depth }, side) =>
    thirds.flatMap(({ data }, third) =>
      !mayLie(3 * side + third)
        ? []
        : [...data.keys()].flatMap((cell) => {
            const isOpen = (data[cell] as number) >= LUNG && (painted?.data[cell] ?? 1) >= LUNG;
            return isOpen ? [{ cell, depth: depth.data[cell] as number }] : [];
          }),
    ),
  );
  const placed: LesionPlace[] = [first];
  const count = COUNTS[number];
  const lots = uniforms(request.seed, 19, 2 * TRIES * count);
  for (let k = 1; k < count; k++) {
    const share = SIZES[0] + (SIZES[1] - SIZES[0]) * (lots[2 * TRIES * k] as number);
    const diameterMm = Math.max(leastMm, first.diameterMm * share);
    const radius = diameterMm / 2 / chest.millimetresPerRow;
    const open = cells.filter(({ depth }) => depth >= WITHIN * radius);
    for (let lot = 0; lot < TRIES; lot++) {
      const picked = open[Math.floor((lots[2 * TRIES * k + lot + 1] as number) * open.length)];
      if (picked === undefined) break;
      const place = { ...middleOf(picked.cell), diameterMm };
      if (placed.some((other) => gapMm(chest, place, other) < (APART * (diameterMm + other.diameterMm)) / 2)) continue;
      placed.push(place);
      break;
    }
  }
  return placed.slice(1);
}

function gapMm(
  { aspect, millimetresPerRow }: SketchContext['chest'],
  one: Pick<LesionPlace, 'x' | 'y'>,
  other: Pick<LesionPlace, 'x' | 'y'>,
): number {
  return Math.hypot((one.x - other.x) * aspect, one.y - other.y) * CHEST_GRID * millimetresPerRow;
}

function middleOf(cell: number): { readonly x: number; readonly y: number } {
  return { x: ((cell % CHEST_GRID) + 0.5) / CHEST_GRID, y: (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID };
}

/** In one box, densities added up. The figures are the first's, and how many there are. */
export function joined(sketches: readonly [Sketch, ...Sketch[]]): Sketch {
  const [first] = sketches;
  if (sketches.length === 1) return first;
  const x = Math.min(...sketches.map(({ box }) => box.x));
  const y = Math.min(...sketches.map(({ box }) => box.y));
  const width = Math.max(...sketches.map(({ box }) => box.x + box.width)) - x;
  const height = Math.max(...sketches.map(({ box }) => box.y + box.height)) - y;
  const change = new Float32Array(width * height);
  const mask = new Uint8Array(change.length);
  for (const { box, change: own, mask: ownMask } of sketches)
    for (let row = 0, at = 0; row < box.height; row++) {
      const from = (box.y - y + row) * width + box.x - x;
      for (let column = 0; column < box.width; column++, at++) {
        const to = from + column;
        change[to] = (change[to] as number) + (own[at] as number);
        mask[to] = Math.max(mask[to] as number, ownMask[at] as number);
      }
    }
  return { box: { x, y, width, height }, change, mask, figures: { ...first.figures, lesions: sketches.length } };
}
