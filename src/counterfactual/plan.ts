/** What an edit will change and state: decided and checked before any sampling. */

import { impliedPlaces, knowledgeOf, placeName } from '../findings/knowledge';
import { isMaskEmpty } from '../imaging/mask';
import type { Mask } from '../imaging/radiograph';
import type { RegionMaps } from '../findings/regions';
import type { Edit, Reading } from './edit';
import { MaskEmptyError } from './errors';
import { latentMask, placesMask, withinLungs } from './latentMask';
import { requireFrontalChest, requireMaskInReach, requirePlausible, zonesUnder } from './plausible';
import type { Networks, Source } from './source';
import { asksNothing, editStatements, type EditStatements } from './statement';

export interface Plan {
  /** Hard, native size. */
  readonly mask: Mask;
  /** [32 x 32], 1 where the latent may change. */
  readonly cells: Float32Array;
  readonly statements: EditStatements;
  /** The statements of a further pass, from what is read by then; undefined when nothing is left to ask. */
  restate(reading: Reading, regions: RegionMaps): EditStatements | undefined;
}

/**
 * What will be changed and stated, or undefined for a null edit.
 * @throws NotFrontalChestError, ImplausibleEditError, MaskEmptyError
 */
export function planEdit(
  source: Source,
  networks: Pick<Networks, 'manifest'>,
  request: Edit,
  allowUncertain: boolean,
): Plan | undefined {
  const { radiograph, anatomy, reading } = source;
  if (!allowUncertain) requireFrontalChest(radiograph.name, anatomy);
  const edit: Edit = {
    ...request,
    places: request.mask === undefined ? impliedPlaces(request.finding, request.places) : request.places,
  };
  requirePlausible(edit);
  if (edit.mask === undefined ? edit.places.length === 0 : isMaskEmpty(edit.mask)) return undefined;
  const mask = edit.mask ?? placesMask(edit.finding, edit.places, anatomy.regions, radiograph.width, radiograph.height);
  if (isMaskEmpty(mask)) throw new MaskEmptyError(radiograph.name, edit.places.map(placeName).join(', '));
  const painted = latentMask(mask);
  if (!allowUncertain) requireMaskInReach(edit, painted, anatomy.regions);
  const inLung = edit.kind !== 'remove' && knowledgeOf(edit.finding).site === 'lung';
  const cells = inLung ? withinLungs(painted, anatomy.regions) : painted;
  const places = edit.places.length > 0 ? edit.places : zonesUnder(cells, anatomy.regions);
  const { scale } = networks.manifest.calibration.severity;
  const restate = (read: Reading, regions: RegionMaps): EditStatements | undefined => {
    const statements = editStatements(read, { ...edit, places }, cells, regions, scale);
    return asksNothing(statements) ? undefined : statements;
  };
  const statements = restate(reading, anatomy.regions);
  return statements && { mask, cells, statements, restate };
}
