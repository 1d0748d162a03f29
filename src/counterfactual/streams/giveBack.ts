/** An erasure undone from what its recipe keeps: no film but the erased one is needed (blueprint, Method 4). */

import { isRemoval } from '../../findings/change';
import { knowledgeOf } from '../../findings/knowledge';
import { GRID, GRID_CELLS, regionMap, type RegionMaps } from '../../findings/regions';
import { gradeTaken, packTaken, takenCells, TAKEN_CHANNELS, unpackTaken, type Taken } from '../../findings/taken';
import { ZONES, type Place, type Severity, type Zone } from '../../findings/vocabulary';
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
import { softIn } from '../softPlaces';
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
  const reached = ZONES.filter((_, at) => (shares[at] as number) >= least);
  const read = (zone: Zone): Severity => source.reading.zoneSeverity[ZONES.indexOf(zone)] ?? 0;
  return packTaken(
    z.map((value, at) => value - (erased[at] as number)),
    within,
    layIn(reached, read),
  );
}

/**
 * Zones without opacity to speak of are not named: nobody would ask for it back there. The one with most is, whatever it had. Grades
 * to a tenth, as a request says them.
 */
function layIn(
  reached: readonly Zone[],
  graded: (zone: Zone) => Severity,
): Pick<Taken, 'places' | 'severity' | 'severities'> {
  const read = (zone: Zone): Severity => Math.round(10 * graded(zone)) / 10;
  const severity = Math.max(LEAST_SEVERITY, ...reached.map(read));
  const most = reached.reduce((one, other) => (read(other) > read(one) ? other : one));
  const places = reached.filter((zone) => zone === most || read(zone) >= LEAST_SEVERITY);
  const severities = Object.fromEntries(places.map((zone) => [zone, zone === most ? severity : read(zone)]));
  return { places, severity, severities };
}

function shareOf(map: Float32Array, within: Float32Array): number {
  let [own, all] = [0, 0];
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    own += (map[cell] ?? 0) * (within[cell] ?? 0);
    all += map[cell] ?? 0;
  }
  return all === 0 ? 0 : own / all;
}

/** @see giveBack */
export interface GivenBack extends SketchedFilm {
  /** For each drawing, the least and the greatest share of what its places had. */
  readonly figures: readonly { readonly amount: number; readonly most?: number }[];
}

/**
 * What was taken, in the drawings' places, times the share of its grade that is asked in each; all of them at once.
 * @param onto the erased film
 * @param drawings of one erasure; no place in two of them
 * @throws CancelledError, EngineError, and what the networks' downloads throw
 */
export async function giveBack(
  { anatomy }: Pick<Source, 'anatomy'>,
  networks: Networks,
  onto: Radiograph,
  taken: Taken,
  drawings: readonly Drawing[],
  signal?: AbortSignal,
): Promise<GivenBack> {
  const twin = await (await networks.encoder()).encode(toNetworkGrid(onto), signal);
  const decoder = await networks.decoder();
  const before = await decoder.decode(twin, signal);
  throwIfCancelled(signal);
  const share = sharesAsked(taken, drawings, anatomy.regions);
  const residual = unpackTaken(taken);
  const film = twin.map(
    (value, at) => value + (share[Math.floor(at / TAKEN_CHANNELS)] as number) * (residual[at] as number),
  );
  const after = await decoder.decode(film, signal);
  const soft = maskOf(taken, drawings[0]?.edit.mask, onto);
  return {
    ...asSketch(onto, soft, before, after, { amount: 1 }),
    radiograph: { ...onto, pixels: compose(onto, before, after, soft).pixels },
    figures: drawings.map(({ edit }) => {
      const shares = edit.places.flatMap((place) => (isZoneOf(taken, place) ? [shareAsked(taken, edit, place)] : []));
      const [amount, most] = shares.length === 0 ? [0, 0] : [Math.min(...shares), Math.max(...shares)];
      return { amount, ...(most > amount && { most }) };
    }),
  };
}

function isZoneOf(taken: Taken, place: Place): boolean {
  return taken.places.some((zone) => zone === place);
}

/** So many times what was taken comes back at the most: more of a faint residual is noise (a sweep of a donor ends there too). */
const MOST = 1.5;

/** Inside a painted mask one grade is asked of all of it: of the greatest that there was. */
function shareAsked(taken: Taken, { severity, mask }: Drawing['edit'], place: Place): number {
  return Math.min(MOST, severity / (mask === undefined ? gradeTaken(taken, place) : taken.severity));
}

/** How much of each cell comes back, [32 x 32]: by the zones that it lies in, or beside them as much as of all of them in the mean. */
function sharesAsked(taken: Taken, drawings: readonly Drawing[], regions: RegionMaps): Float32Array {
  const asked = taken.places.map((zone) => {
    const own = drawings.find(({ edit }) => edit.places.includes(zone));
    return own === undefined ? 0 : shareAsked(taken, own.edit, zone);
  });
  const mean = asked.reduce((sum, share) => sum + share, 0) / asked.length;
  if (asked.every((share) => share === asked[0])) return new Float32Array(GRID_CELLS).fill(mean);
  const maps = taken.places.map((zone) => regionMap(regions, zone));
  return Float32Array.from({ length: GRID_CELLS }, (_, cell) => {
    let [own, all] = [0, 0];
    for (const [at, map] of maps.entries()) {
      own += (asked[at] as number) * (map[cell] ?? 0);
      all += map[cell] ?? 0;
    }
    return all < LEAST_LUNG ? mean : own / all;
  });
}

/** The cells that changed, soft; within what was painted. A cell further would change what the erasure had left alone. */
function maskOf(taken: Taken, painted: Mask | undefined, { width, height }: Radiograph): Mask {
  const cells = takenCells(taken);
  const soft = softIn(cells, cells, width, height);
  return painted === undefined ? soft : intersectMasks(soft, softened(painted));
}
