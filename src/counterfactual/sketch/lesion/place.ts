/** Where a nodule or mass lies: at a point, within what was painted, or by the seed inside the zones and away from the hilum. */

import { ZONES, type Place } from '../../../findings/vocabulary';
import { SketchImpossibleError } from '../../errors';
import type { Chest } from '../chest';
import { CHEST_GRID, fieldAt, type Field } from '../field';
import { uniforms } from '../noise';
import { paintedOn } from '../painted';
import { greysOf } from '../greys';
import type { SketchContext, SketchRequest } from '../sketch';

export interface LesionPlace {
  /** Its centre as fractions of the image. */
  readonly x: number;
  readonly y: number;
  /** What fits: the diameter asked, or less where what was painted is smaller. */
  readonly diameterMm: number;
}

export interface LesionKind {
  /** "A nodule", for sentences. */
  readonly name: string;
  readonly leastMm: number;
  /** How much of its radius keeps within the lung when the seed places it. */
  readonly depth: number;
  /** Distance of its edge from the hilum in mm when the seed places it. */
  readonly fromHilumMm: number;
}

/** Cells that count as lung. */
const LUNG = 0.5;
const POINT_IN_LUNG = 0.3;
/** Of the places where one could lie, the share where the film is darkest. */
const SEEN = 0.35;
/** Share of the lung's height that clavicle and first rib cover: the seed does not hide a lesion there. */
const APEX = 0.16;

/** @throws SketchImpossibleError outside the lungs, or where what was painted is too small */
export function placeOf(
  context: SketchContext,
  request: SketchRequest,
  kind: LesionKind,
  diameterMm: number,
): LesionPlace {
  const { chest } = context;
  if (request.at !== undefined) {
    if (lungAt(chest, request.at.x, request.at.y) < POINT_IN_LUNG) throw outside(kind);
    return { ...request.at, diameterMm };
  }
  if (request.mask !== undefined) return painted(chest, paintedOn(request.mask), kind, diameterMm);
  return seeded(context, zonesOf(request.places, kind), request.seed, kind, diameterMm);
}

function lungAt(chest: Chest, x: number, y: number): number {
  return Math.max(fieldAt(chest.right.share, x, y), fieldAt(chest.left.share, x, y));
}

function outside({ name }: LesionKind): SketchImpossibleError {
  return new SketchImpossibleError(
    `${name} lies in a lung, and the place asked is outside both.`,
    'Point or paint inside a lung, or name one of its zones, such as "right upper zone".',
  );
}

/** The zones asked; all where none was named. */
function zonesOf(places: readonly Place[], kind: LesionKind): readonly number[] {
  const zones = places.map((place) => ZONES.indexOf(place as (typeof ZONES)[number])).filter((zone) => zone >= 0);
  if (zones.length === 0 && places.length > 0) throw outside(kind);
  return zones.length === 0 ? ZONES.map((_, zone) => zone) : zones;
}

/** What lies across ribs and near the heart is seldom seen on a film, and so seldom named: the seed chooses where it is dark. */
function seeded(
  { chest, image }: SketchContext,
  zones: readonly number[],
  seed: number,
  kind: LesionKind,
  diameterMm: number,
): LesionPlace {
  const radius = diameterMm / 2 / chest.millimetresPerRow;
  const [pick = 0] = uniforms(seed, 2, 1);
  const hilum = (diameterMm / 2 + kind.fromHilumMm) / chest.millimetresPerRow;
  // Large lesions do not fit every zone: they are let nearer to its edge and to the hilum step by step.
  const deepest = zones.map((zone) => {
    const lung = zone < 3 ? chest.right : chest.left;
    return (lung.zones[zone % 3] as Field).data.reduce(
      (most, share, cell) => (share < LUNG ? most : Math.max(most, lung.depth.data[cell] as number)),
      0,
    );
  });
  // What does not fit anywhere lies near the deepest place, not across the chest wall.
  const least = Math.min(radius * kind.depth, 0.7 * Math.max(...deepest));
  for (const ease of [1, 0.8, 0.6, 0.4, 0.2, 0]) {
    const cells: number[] = [];
    for (const zone of zones) {
      const lung = zone < 3 ? chest.right : chest.left;
      const share = (lung.zones[zone % 3] as Field).data;
      for (let cell = 0; cell < share.length; cell++) {
        if (
          (share[cell] as number) < LUNG ||
          (lung.depth.data[cell] as number) < Math.max(1, least * (0.4 + 0.6 * ease))
        )
          continue;
        const [x, y] = [(cell % CHEST_GRID) + 0.5, Math.floor(cell / CHEST_GRID) + 0.5];
        if (y < lung.top + APEX * ease * (lung.bottom - lung.top)) continue;
        if (Math.hypot((x - lung.hilum.x) * chest.aspect, y - lung.hilum.y) < hilum * ease) continue;
        cells.push(cell);
      }
    }
    const { level } = greysOf(image, chest);
    const dark = cells
      .map((cell) => ({ cell, grey: fieldAt(level, ...fractionsOf(cell)) }))
      .sort((one, other) => one.grey - other.grey);
    const picked = dark[Math.floor(pick * SEEN * dark.length)];
    if (picked !== undefined) {
      const [x, y] = fractionsOf(picked.cell);
      return { x, y, diameterMm };
    }
  }
  throw new SketchImpossibleError(
    `The zone asked for ${kind.name.toLowerCase()} was not found in this radiograph.`,
    'Name another zone, or point at the place.',
  );
}

/** The middle of a cell of CHEST_GRID as fractions of the image. */
function fractionsOf(cell: number): readonly [number, number] {
  return [((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID];
}

/** The middle of the largest round that what was painted holds within a lung. */
function painted(chest: Chest, mask: Field, kind: LesionKind, diameterMm: number): LesionPlace {
  const least = kind.leastMm / 2 / chest.millimetresPerRow;
  const asked = diameterMm / 2 / chest.millimetresPerRow;
  let [best, radius] = [-1, -1];
  let isInLung = false;
  for (let cell = 0; cell < mask.data.length; cell++) {
    if ((mask.data[cell] as number) < 0.5) continue;
    const [x, y] = [(cell % CHEST_GRID) + 0.5, Math.floor(cell / CHEST_GRID) + 0.5];
    if (lungAt(chest, x / CHEST_GRID, y / CHEST_GRID) < LUNG) continue;
    isInLung = true;
    const room = roomAt(mask, x, y, chest.aspect, Math.max(radius, 0.5));
    if (room > radius) [best, radius] = [cell, room];
  }
  if (!isInLung) throw outside(kind);
  if (radius < least * 0.8) {
    throw new SketchImpossibleError(
      `What is painted is too small for ${kind.name.toLowerCase()} of ${String(kind.leastMm)} mm.`,
      `Paint at least ${String(kind.leastMm)} mm across, or point at the place instead.`,
    );
  }
  const fits = Math.min(asked, radius * 1.05);
  return {
    x: ((best % CHEST_GRID) + 0.5) / CHEST_GRID,
    y: (Math.floor(best / CHEST_GRID) + 0.5) / CHEST_GRID,
    diameterMm: Math.max(kind.leastMm * 0.8, fits * 2 * chest.millimetresPerRow),
  };
}

/** Rows until the mask ends in most directions; 0 where it is less than `atLeast`. */
function roomAt(mask: Field, x: number, y: number, aspect: number, atLeast: number): number {
  const isRound = (radius: number): boolean => {
    let missed = 0;
    for (let k = 0; k < 24; k++) {
      const angle = (k / 24) * 2 * Math.PI;
      const [u, v] = [
        (x + (radius * Math.cos(angle)) / aspect) / CHEST_GRID,
        (y + radius * Math.sin(angle)) / CHEST_GRID,
      ];
      if (u < 0 || v < 0 || u > 1 || v > 1 || fieldAt(mask, u, v) < 0.5) missed++;
    }
    return missed <= 2;
  };
  if (!isRound(atLeast)) return 0;
  let radius = atLeast;
  while (radius < CHEST_GRID / 2 && isRound(radius + 0.5)) radius += 0.5;
  return radius;
}
