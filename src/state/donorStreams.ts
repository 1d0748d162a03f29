/** A donor's two streams: the film without its opacities, and what the film has more (blueprint, Method 4). */

import type { Analysis } from '../counterfactual/analysis';
import type { Edit, Reading } from '../counterfactual/edit';
import { NotFrontalChestError } from '../counterfactual/errors';
import { chestFault } from '../counterfactual/plausible';
import { subZones } from '../counterfactual/streams/subZones';
import { chestOf } from '../counterfactual/sketch/chest';
import type { Field } from '../counterfactual/sketch/field';
import { packPathology, SUB_ZONES, type Pathology } from '../findings/pathology';
import { GRID, GRID_CELLS, zonesToRegions } from '../findings/regions';
import type { Radiograph } from '../imaging/radiograph';
import type { PathologyReading } from '../networks/streams';
import { zonesToClear } from './swap';

/** A film, and what is read of it. */
export interface DonorFilm {
  readonly film: Radiograph;
  readonly reading: Reading;
  /** The anatomist's map, [64 x 64 x 8]; absent: read by a release before 0.9.0. */
  readonly probabilities?: Float32Array | undefined;
  /** Absent: it looks like a frontal chest radiograph, or nobody minds. */
  readonly doubt?: NotFrontalChestError | undefined;
}

export interface MeasuredStreams {
  readonly pathology: Pathology;
  /** The film without its opacities. */
  readonly healthy: Radiograph;
  /** Where the pathology lies, as its tokens tell it: [32 x 32] in [0, 1]. */
  readonly field: Field;
}

/** What takes a film apart, one step after the other. */
export interface TakeApart {
  /** Makes an edit of the film, whatever it looks like. */
  erased(edit: Edit, signal: AbortSignal | undefined): Promise<Radiograph>;
  /** What the film has more than `healthy`. */
  pathology(healthy: Radiograph, signal: AbortSignal | undefined): Promise<PathologyReading>;
}

/** Why it does not look like a frontal chest radiograph, upright and with both lungs; undefined: it does, or was read before 0.9.0. */
export function doubtOf(
  name: string,
  { probabilities, frontalChest }: Pick<Analysis, 'probabilities' | 'frontalChest'>,
): NotFrontalChestError | undefined {
  const fault = probabilities && chestFault({ regions: zonesToRegions(probabilities), frontalChest });
  return fault === undefined ? undefined : new NotFrontalChestError(name, fault);
}

/** Any will do: the coarse difference from the twin hardly depends on the noise. */
export const TWIN_SEED = 1;

/** @returns how to take the film apart; undefined where it has no opacity, or its lungs were not found */
export function streamsMeasure(
  { film, reading, probabilities }: DonorFilm,
  take: TakeApart,
): ((signal: AbortSignal | undefined) => Promise<MeasuredStreams | undefined>) | undefined {
  const { width, height } = film;
  const places = zonesToClear(reading, []);
  if (probabilities === undefined || places.length === 0) return undefined;
  if (chestOf({ probabilities, width, height }) === undefined) return undefined;
  return async (signal) => {
    const healthy = await take.erased({ kind: 'remove', finding: 'lung_opacity', places, severity: 0 }, signal);
    const { tokens, opacity } = await take.pathology(healthy, signal);
    const pathology = packPathology(tokens);
    return pathology && { pathology, healthy, field: opacityField(probabilities, opacity) };
  };
}

/** Opacity as tokens tell it of their sub-zones, where these lie. */
function opacityField(probabilities: Float32Array, opacity: Float32Array): Field {
  const maps = subZones(zonesToRegions(probabilities));
  const data = new Float32Array(GRID_CELLS);
  for (let zone = 0; zone < SUB_ZONES; zone++) {
    const own = Math.min(1, Math.max(0, opacity[zone] as number));
    for (let cell = 0; own > 0 && cell < GRID_CELLS; cell++)
      data[cell] = (data[cell] as number) + own * (maps[zone * GRID_CELLS + cell] as number);
  }
  return { width: GRID, height: GRID, data };
}
