/** A donor's pathology drawn on this patient's film, each zone scaled until the reader grades it as was asked. */

import { SUB_ZONES, unpackPathology, type Pathology } from '../../findings/pathology';
import type { RegionMaps } from '../../findings/regions';
import { ZONES, type Severity, type Zone } from '../../findings/vocabulary';
import { unionMasks } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE, toNetworkGrid } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { composeGrid } from '../compose';
import { throwIfCancelled } from '../errors';
import { latentMask, placesMask } from '../latentMask';
import { coverage, softened } from '../maskMaps';
import { zonesUnder } from '../plausible';
import { blurredValues } from '../sketch/field';
import type { Drawing } from '../sketch/ways';
import type { SketchedFilm } from '../sketch/drawFinding';
import { readImage, type Networks, type Source } from '../source';
import { asSketch } from './asSketch';
import { belowTissue } from './belowTissue';
import { contrastOf, scaledTokens } from './pathology';
import { subZones, zoneShares } from './subZones';

/** Times that each zone's tokens are scaled by the grade that was asked over the grade that is read. */
const ROUNDS = 2;
/** Blur of the veil, in pixels of 256: a quarter of a sub-zone of an adult's lung. */
const VEIL = 4;
const LEAST_WEIGHT = 0.05;
/** Added to both grades, so that faint ones are not chased. */
const SOFT = 0.3;
const LEAST_STRIDE = 0.5;
const GREATEST_STRIDE = 2;
const GREATEST_FACTOR = 2.5;

/** The grades that are asked, each of its own drawing. */
interface GradedDrawing {
  readonly drawing: Drawing;
}

/** A film with a donor's pathology in it. */
export interface DrawnPathologyFilm extends SketchedFilm {
  /** By how much the donor's tokens were scaled in each zone that something was asked of. */
  readonly factors: Readonly<Partial<Record<Zone, number>>>;
}

/**
 * @param onto this patient's film without its own opacities there
 * @param graded zones that are not named get nothing; a painted mask bounds them
 * @throws CancelledError, EngineError, and what the networks' downloads throw
 */
export async function drawPathology(
  source: Pick<Source, 'anatomy'>,
  networks: Networks,
  onto: Radiograph,
  pathology: Pathology,
  graded: readonly GradedDrawing[],
  signal?: AbortSignal,
): Promise<DrawnPathologyFilm> {
  const { regions } = source.anatomy;
  const asked = gradesOf(graded, regions);
  const soft = boundsOf(graded, asked, regions, onto);
  const within = coverage(soft, GRID_SIZE);
  const image = toNetworkGrid(onto);
  const twin = await (await networks.encoder()).encode(image, signal);
  const decoder = await networks.decoder();
  const before = await decoder.decode(twin, signal);
  const recomposer = await networks.recomposer();
  const reader = await networks.reader();
  const maps = subZones(regions);
  const shares = zoneShares(maps, regions);
  const { length } = contrastOf(twin, regions);
  const tokens = unpackPathology(pathology);
  let factors: readonly number[] = asked.map((grade) => (grade > 0 ? 1 : 0));
  let after: ImageGrid = before;
  for (let round = 0; round <= ROUNDS; round++) {
    throwIfCancelled(signal);
    const scaled = scaledTokens(tokens, bySubZone(factors, shares));
    const drawn = await recomposer.draw({ twin, regions, tokens: scaled, maps, length }, signal);
    const decoded = await decoder.decode(
      twin.map((value, at) => value + (drawn[at] as number)),
      signal,
    );
    const veiled = withoutTexture(before, decoded, within);
    const more = veiled.map((value, at) => value - (before[at] as number));
    const added = belowTissue(before, more, regions);
    after = before.map((value, at) => value + (added[at] as number));
    if (round === ROUNDS) break;
    const { zoneSeverity } = await readImage(
      reader,
      composeGrid(image, before, after, within),
      regions,
      networks,
      signal,
    );
    factors = factors.map((factor, zone) => {
      const ratio = ((asked[zone] ?? 0) + SOFT) / ((zoneSeverity[zone] ?? 0) + SOFT);
      return Math.min(GREATEST_FACTOR, factor * Math.min(GREATEST_STRIDE, Math.max(LEAST_STRIDE, ratio)));
    });
  }
  const own = ZONES.flatMap((zone, at) => ((factors[at] ?? 0) > 0 ? [[zone, factors[at] as number] as const] : []));
  return {
    ...asSketch(onto, soft, before, after, { amount: Math.max(0, ...asked) }),
    factors: Object.fromEntries(own),
  };
}

/**
 * A veil over what the film shows: tokens of a sub-zone tell no texture, so that what is finer in their drawing is the networks' own,
 * a print of ribs that are not there (docs/decisions/189).
 * @param within [256 x 256] in [0, 1]: what lies beside the mask does not count
 */
export function withoutTexture(before: ImageGrid, after: ImageGrid, within: Float32Array): ImageGrid {
  const more = after.map((value, at) => (value - (before[at] as number)) * (within[at] as number));
  const sum = blurredValues(more, GRID_SIZE, GRID_SIZE, VEIL);
  const weight = blurredValues(within, GRID_SIZE, GRID_SIZE, VEIL);
  return before.map((value, at) => value + (sum[at] as number) / Math.max(LEAST_WEIGHT, weight[at] as number));
}

/** Severity of each zone, in ZONES order. */
function gradesOf(graded: readonly GradedDrawing[], regions: RegionMaps): readonly Severity[] {
  const of = ({ drawing: { edit } }: GradedDrawing, zone: Zone): Severity => {
    const places = edit.mask === undefined ? edit.places : zonesUnder(latentMask(edit.mask), regions);
    return places.includes(zone) ? edit.severity : 0;
  };
  return ZONES.map((zone) => Math.max(0, ...graded.map((each) => of(each, zone))));
}

/** The zones that something is asked of, and of a painted mask no more than that. */
function boundsOf(
  graded: readonly GradedDrawing[],
  asked: readonly Severity[],
  regions: RegionMaps,
  { width, height }: Radiograph,
): Mask {
  const zones = ZONES.filter((_, at) => (asked[at] ?? 0) > 0);
  const soft = placesMask('lung_opacity', zones, regions, width, height);
  const painted = graded.flatMap(({ drawing: { edit } }) => (edit.mask === undefined ? [] : [edit.mask]));
  if (painted.length === 0) return soft;
  const mask = softened(unionMasks(...painted));
  return { width, height, data: soft.data.map((value, at) => Math.round((value * (mask.data[at] as number)) / 255)) };
}

function bySubZone(factors: readonly number[], shares: Float32Array): readonly number[] {
  return Array.from({ length: SUB_ZONES }, (_, zone) =>
    factors.reduce((sum, factor, at) => sum + factor * (shares[zone * ZONES.length + at] ?? 0), 0),
  );
}
