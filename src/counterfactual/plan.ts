/** What an edit will change and state: decided and checked before any sampling. */

import { impliedPlaces, knowledgeOf, placeName } from '../findings/knowledge';
import { isMaskEmpty } from '../imaging/mask';
import type { Mask } from '../imaging/radiograph';
import type { Edit } from './edit';
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
  const statements = editStatements(
    reading,
    { ...edit, places },
    cells,
    anatomy.regions,
    networks.manifest.calibration.severity.scale,
  );
  return asksNothing(statements) ? undefined : { mask, cells, statements };
}
