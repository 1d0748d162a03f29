/**
 * Grades between absent and severe: a share of the way to the end of the scale (the twin of training's blend.py).
 *
 * The denoiser saturates: asked for moderate opacity it draws it nearly as dense as severe. So the end is asked for, severe
 * where opacity grows and absent where it goes, and of the change only a share is taken
 * (docs/decisions/096-grades-by-blending.md). Grades are then in order, and a sweep of one place costs two edits.
 */

import { GRID, GRID_CELLS, regionMap, type RegionMaps } from '../findings/regions';
import { gradeAt } from '../findings/change';
import { knowledgeOf } from '../findings/knowledge';
import { MAX_SEVERITY, ZONES, type Place, type Severity } from '../findings/vocabulary';
import type { ImageGrid } from '../networks/typed';
import { GRID_SIZE, resizeBilinear } from '../imaging/resample';
import type { Edit } from './edit';
import { asOneOpacity } from './statement';
import { asFurther, partsOf } from './parts';

/** A place that another finding covers more than this is asked for as it is: what comes there is not opacity alone. */
const SHARED = 0.1;

export interface Blend {
  /** The edit with 3 or 0 in place of the grades between. */
  readonly asked: Edit;
  /** [32 x 32], 0 to 1: how much of the change each cell takes. */
  readonly share: Float32Array;
}

/** Opacity as it is read before an edit. */
export interface Graded {
  /** In ZONES order. */
  readonly zones: readonly Severity[];
  /** Inside a painted mask. */
  readonly focus: Severity;
}

/** What to ask for in place of a severity, and how much of the answer to take; where nothing is to change, nothing. */
export function endOf(asked: Severity, now: Severity): { readonly end: Severity; readonly share: number } {
  const grows = asked > now;
  const way = grows ? MAX_SEVERITY - now : now;
  return { end: grows ? MAX_SEVERITY : 0, share: way <= 0 ? 0 : Math.min(1, Math.abs(asked - now) / way) };
}

/**
 * The edit as it is to be sampled; undefined where it is to be sampled as it was asked: nothing in it looks like opacity, or it
 * asks for the ends of the scale only.
 * @param edit its places resolved
 * @param others [32 x 32], where findings that do not look like opacity may change it
 */
export function blendOf(edit: Edit, now: Graded, others: Float32Array, regions: RegionMaps): Blend | undefined {
  const parts: readonly Edit[] = partsOf(edit);
  const opacity = asOneOpacity(parts);
  if (opacity === undefined) return undefined;
  if (edit.mask !== undefined) return blendInMask(edit, now.focus);
  const places = opacity.places.map((place) => {
    const map = regionMap(regions, place);
    const asked = gradeAt(opacity, place);
    const zone = ZONES.findIndex((each) => each === place);
    // Grades are read of zones only.
    const own =
      zone < 0 || overlap(map, others) > SHARED ? { end: asked, share: 1 } : endOf(asked, now.zones[zone] ?? 0);
    return { place, map, ...own };
  });
  if (places.every(({ share }) => share === 1)) return undefined;
  const ends = new Map<Place, Severity>(places.map(({ place, end }) => [place, end]));
  const [first = edit, ...further] = parts.map((part) =>
    knowledgeOf(part.finding).opacityLike ? toEnds(part, ends) : part,
  );
  const together = further.map(asFurther);
  return { asked: together.length === 0 ? first : { ...first, further: together }, share: sharesOf(places, others) };
}

/** One severity for all of a painted mask. */
function blendInMask(edit: Edit, now: Severity): Blend | undefined {
  const { end, share } = endOf(edit.severity, now);
  if (share === 1) return undefined;
  return { asked: withSeverity(edit, end), share: new Float32Array(GRID_CELLS).fill(share) };
}

/** What goes is at the end of the scale already. */
function withSeverity(edit: Edit, severity: Severity): Edit {
  switch (edit.kind) {
    case 'remove':
      return edit;
    case 'add':
    case 'grade':
      return { ...edit, severity };
  }
}

/** A part that looks like opacity, with the ends in place of its grades. What it clears stays cleared. */
function toEnds(part: Edit, ends: ReadonlyMap<Place, Severity>): Edit {
  if (part.kind === 'remove') return part;
  const severities: Partial<Record<Place, Severity>> = {};
  for (const place of part.places) {
    const asked = gradeAt(part, place);
    severities[place] = asked === 0 ? 0 : (ends.get(place) ?? asked);
  }
  return { ...part, severity: Math.max(0, ...Object.values(severities)), severities };
}

/** Share of a map that lies under another. */
function overlap(map: Float32Array, other: Float32Array): number {
  const total = map.reduce((sum, value) => sum + value, 0);
  const both = map.reduce((sum, value, cell) => sum + value * (other[cell] ?? 0), 0);
  return both / Math.max(total, 1e-6);
}

interface PlaceShare {
  readonly map: Float32Array;
  readonly share: number;
}

/** Where places meet, each counts as much as the cell is its own; a cell beside them has its neighbours' share, one of others all. */
function sharesOf(places: readonly PlaceShare[], others: Float32Array): Float32Array {
  const total = new Float32Array(GRID_CELLS);
  const weighted = new Float32Array(GRID_CELLS);
  for (const { map, share } of places) {
    map.forEach((value, cell) => {
      total[cell] = (total[cell] ?? 0) + value;
      weighted[cell] = (weighted[cell] ?? 0) + value * share;
    });
  }
  const [near, nearby] = [around(weighted), around(total)];
  return near.map((value, cell) => Math.max(value / Math.max(nearby[cell] ?? 0, 1e-6), others[cell] ?? 0));
}

/** Sum over a cell and its eight neighbours. */
function around(map: Float32Array): Float32Array {
  return Float32Array.from(map, (_, cell) => {
    const x = cell % GRID;
    let sum = 0;
    for (const row of [-GRID, 0, GRID]) {
      for (const column of [-1, 0, 1]) {
        if (x + column >= 0 && x + column < GRID) sum += map[cell + row + column] ?? 0;
      }
    }
    return sum;
  });
}

/** D(z) + share (D(e) - D(z)). */
export function blended(before: ImageGrid, after: ImageGrid, blend: Pick<Blend, 'share'> | undefined): ImageGrid {
  if (blend === undefined) return after;
  const share = resizeBilinear(blend.share, GRID, GRID, GRID_SIZE, GRID_SIZE);
  return after.map((value, index) => {
    const from = before[index] ?? 0;
    return from + (share[index] ?? 1) * (value - from);
  });
}
