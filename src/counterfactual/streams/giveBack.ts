/** An erasure undone from what its recipe keeps: no film but the erased one is needed (blueprint, Method 4). */

import { isRemoval } from '../../findings/change';
import { knowledgeOf } from '../../findings/knowledge';
import { GRID, GRID_CELLS, largestAround, regionMap, type RegionMaps } from '../../findings/regions';
import { packTaken, takenCells, TAKEN_CHANNELS, unpackTaken, type Taken } from '../../findings/taken';
import { ZONES, type Place, type Severity } from '../../findings/vocabulary';
import { intersectMasks } from '../../imaging/mask-combine';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { toNetworkGrid } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { compose } from '../compose';
import type { Recipe } from '../edit';
import { throwIfCancelled } from '../errors';
import { coverage, softened } from '../maskMaps';
import { partsOf } from '../parts';
import type { SketchedFilm } from '../sketch/drawFinding';
import type { Drawing } from '../sketch/ways';
import { softPlaces } from '../softPlaces';
import type { Networks, Source } from '../source';
import { asSketch } from './asSketch';

/** Grade below which opacity that was taken is not counted: sliders start there. */
const LEAST_SEVERITY: Severity = 0.5;
/** Share of a zone that the mask must cover for it to be named; at least one is. */
const LEAST_SHARE = 0.1;
/** Share of a cell that is lung, below which it belongs to no zone. */
const LEAST_LUNG = 0.05;

/**
 * What an edit took away, for its recipe; undefined where it did anything but take opacity away, or took none.
 * @param after the result on the networks' grid
 * @param soft the edit's mask at native size
 * @throws CancelledError, EngineError
 */
export async function takenBy(
  source: Source,
  networks: Networks,
  { edit, drawn, sampling }: Pick<Recipe, 'edit' | 'drawn' | 'sampling'>,
  after: ImageGrid,
  soft: Mask,
  signal?: AbortSignal,
): Promise<Taken | undefined> {
  if (drawn !== undefined || sampling.sampler === 'sketch') return undefined;
  if (!partsOf(edit).every((part) => isRemoval(part) && knowledgeOf(part.finding).opacityLike)) return undefined;
  const z = await source.latent(signal);
  const erased = await (await networks.encoder()).encode(after, signal);
  throwIfCancelled(signal);
  const within = coverage(soft, GRID);
  const shares = ZONES.map((zone) => shareOf(regionMap(source.anatomy.regions, zone), within));
  const least = Math.min(LEAST_SHARE, Math.max(...shares));
  const places = ZONES.filter((_, at) => (shares[at] as number) >= least);
  const grades = places.map((place) => source.reading.zoneSeverity[ZONES.indexOf(place)] ?? 0);
  return packTaken(
    z.map((value, at) => value - (erased[at] as number)),
    within,
    { places, severity: Math.max(LEAST_SEVERITY, ...grades) },
  );
}

function shareOf(map: Float32Array, within: Float32Array): number {
  let [own, all] = [0, 0];
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    own += (map[cell] ?? 0) * (within[cell] ?? 0);
    all += map[cell] ?? 0;
  }
  return all === 0 ? 0 : own / all;
}

/**
 * What was taken, in the drawing's places, times the share of its grade that is asked.
 * @param onto the erased film
 * @throws CancelledError, EngineError, and what the networks' downloads throw
 */
export async function giveBack(
  { anatomy }: Pick<Source, 'anatomy'>,
  networks: Networks,
  onto: Radiograph,
  taken: Taken,
  { edit }: Pick<Drawing, 'edit'>,
  signal?: AbortSignal,
): Promise<SketchedFilm> {
  const twin = await (await networks.encoder()).encode(toNetworkGrid(onto), signal);
  const decoder = await networks.decoder();
  const before = await decoder.decode(twin, signal);
  throwIfCancelled(signal);
  const amount = edit.severity / taken.severity;
  const share = placesShare(taken, edit.places, anatomy.regions);
  const residual = unpackTaken(taken);
  const film = twin.map(
    (value, at) => value + amount * (share[Math.floor(at / TAKEN_CHANNELS)] as number) * (residual[at] as number),
  );
  const after = await decoder.decode(film, signal);
  const soft = maskOf(taken, edit.mask, onto);
  return {
    ...asSketch(onto, soft, before, after, { amount }),
    radiograph: { ...onto, pixels: compose(onto, before, after, soft).pixels },
  };
}

/** How much of each cell belongs to some of the places that it was taken from, [32 x 32]; all of them together have all of it. */
function placesShare(taken: Taken, places: readonly Place[], regions: RegionMaps): Float32Array {
  const named = taken.places.filter((place) => places.includes(place));
  const part = taken.places.length === 0 ? 1 : named.length / taken.places.length;
  if (part === 1) return new Float32Array(GRID_CELLS).fill(1);
  const [own, all] = [named, taken.places].map((zones) => zones.map((zone) => regionMap(regions, zone)));
  const sum = (maps: readonly Float32Array[] | undefined, cell: number): number =>
    (maps ?? []).reduce((total, map) => total + (map[cell] ?? 0), 0);
  return Float32Array.from({ length: GRID_CELLS }, (_, cell) => {
    const lung = sum(all, cell);
    return lung < LEAST_LUNG ? part : sum(own, cell) / lung;
  });
}

/** Around the cells that changed, soft; within what was painted. */
function maskOf(taken: Taken, painted: Mask | undefined, { width, height }: Radiograph): Mask {
  const cells = takenCells(taken);
  const around = cells.map((_, cell) => largestAround(cells, cell));
  const soft = softPlaces(around, around, width, height);
  return painted === undefined ? soft : intersectMasks(soft, softened(painted));
}
