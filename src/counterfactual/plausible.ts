/** Checks before any sampling: is this a frontal chest, and can the finding be there? */

import { isRemoval } from '../findings/change';
import { implausibility } from '../findings/knowledge';
import { GRID, GRID_CELLS, lungMap, regionMap, type RegionMaps } from '../findings/regions';
import { ZONES, type Zone } from '../findings/vocabulary';
import type { Anatomy } from '../networks/typed';
import type { Edit } from './edit';
import { ImplausibleEditError, NotFrontalChestError } from './errors';

/** Below this probability the anatomist does not take the image for a frontal chest radiograph. */
const FRONTAL = 0.5;
/** A lung that fills fewer cells than this was not found. */
const LEAST_LUNG_CELLS = 20;

interface Extent {
  readonly cells: number;
  /** Centre in cells. */
  readonly x: number;
  readonly y: number;
}

/** @throws NotFrontalChestError when the image or its anatomy is not that of a frontal chest radiograph */
export function requireFrontalChest(image: string, anatomy: Anatomy): void {
  const reason = chestFault(anatomy);
  if (reason !== undefined) throw new NotFrontalChestError(image, reason);
}

/** Why the image does not look like a frontal chest radiograph, or undefined. */
export function chestFault({ regions, frontalChest }: Pick<Anatomy, 'regions' | 'frontalChest'>): string | undefined {
  return frontalChest < FRONTAL
    ? `the anatomist gives that ${Math.round(frontalChest * 100)} %`
    : anatomyFault(regions);
}

/** What is wrong with the lungs found, or undefined. */
export function anatomyFault(regions: RegionMaps): string | undefined {
  const right = extentOf(regions, ['right_upper', 'right_mid', 'right_lower']);
  const left = extentOf(regions, ['left_upper', 'left_mid', 'left_lower']);
  const missing = [right.cells < LEAST_LUNG_CELLS ? 'right' : '', left.cells < LEAST_LUNG_CELLS ? 'left' : ''].filter(
    (side) => side !== '',
  );
  if (missing.length === 2) return 'no lungs were found';
  if (missing.length === 1) return `the ${missing.join('')} lung was not found`;
  // Lungs lie side by side; one above the other they are those of a film that was turned by a quarter.
  if (Math.abs(right.y - left.y) > Math.abs(right.x - left.x)) return 'it lies on its side';
  if (right.x >= left.x) return 'its sides are swapped';
  const upper = extentOf(regions, ['right_upper', 'left_upper']);
  const lower = extentOf(regions, ['right_lower', 'left_lower']);
  return upper.y >= lower.y ? 'it is upside down' : undefined;
}

function extentOf(regions: RegionMaps, zones: readonly Zone[]): Extent {
  let cells = 0;
  let x = 0;
  let y = 0;
  for (const zone of zones) {
    regionMap(regions, zone).forEach((share, cell) => {
      cells += share;
      x += share * (cell % GRID);
      y += share * Math.floor(cell / GRID);
    });
  }
  return { cells, x: x / Math.max(cells, 1e-6), y: y / Math.max(cells, 1e-6) };
}

/** @throws ImplausibleEditError when the finding is never at the places asked for */
export function requirePlausible(edit: Edit): void {
  const refusal = implausibility(edit.finding, edit.places);
  // What is not supposed to be there may always be removed.
  if (refusal !== undefined && (!isRemoval(edit) || edit.finding === 'no_finding')) {
    throw new ImplausibleEditError(refusal.reason, refusal.advice);
  }
}

/** @throws ImplausibleEditError when a lung finding is painted where there is no lung */
export function requireMaskInReach(edit: Edit, mask: Float32Array, regions: RegionMaps): void {
  if (edit.mask === undefined || isRemoval(edit)) return;
  const lungs = lungMap(regions);
  const pleura = regionMap(regions, 'pleura');
  const mediastinum = regionMap(regions, 'mediastinum');
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const near = (lungs[cell] ?? 0) + (pleura[cell] ?? 0) + (mediastinum[cell] ?? 0);
    if ((mask[cell] ?? 0) > 0 && near > 0.2) return;
  }
  throw new ImplausibleEditError(
    'The painted region touches neither the lungs nor the mediastinum.',
    'Paint inside the chest, or choose a zone instead.',
  );
}

/** Zones of which the mask covers at least a quarter, or that hold at least a quarter of the mask. */
export function zonesUnder(mask: Float32Array, regions: RegionMaps): readonly Zone[] {
  const masked = mask.reduce((sum, value) => sum + value, 0);
  return ZONES.filter((zone) => {
    const map = regionMap(regions, zone);
    let both = 0;
    let own = 0;
    map.forEach((share, cell) => {
      both += share * (mask[cell] ?? 0);
      own += share;
    });
    return both > 0.25 * Math.max(1, Math.min(own, masked));
  });
}
