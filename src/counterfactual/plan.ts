/** What an edit will change and state: decided and checked before any sampling. */

import { isRemoval } from '../findings/change';
import { impliedPlaces, knowledgeOf, placeName } from '../findings/knowledge';
import { isMaskEmpty, unionMasks } from '../imaging/mask';
import type { Mask } from '../imaging/radiograph';
import { GRID_CELLS, type RegionMaps } from '../findings/regions';
import { severityInside } from '../findings/seen';
import { zoneSeverities } from '../networks/calibration';
import { blendOf, type Blend } from './blend';
import { clearsOpacityOnly } from './brightRims';
import type { Edit, Reading } from './edit';
import { partsOf } from './parts';
import { MaskEmptyError } from './errors';
import { latentMask, placesMask, withinLungs } from './latentMask';
import { requireFrontalChest, requireMaskInReach, requirePlausible, zonesUnder } from './plausible';
import type { Networks, Source } from './source';
import { inStages } from './stages';
import { asksNothing, editStatements, toldOf, type EditStatements, type Told } from './statement';

/** One direction of an edit that has two. */
export interface Stage {
  /** [32 x 32], 1 where the latent may change. */
  readonly cells: Float32Array;
  readonly statements: EditStatements;
  restate(reading: Reading, regions: RegionMaps): EditStatements | undefined;
}

export interface Plan {
  /** As it was asked, its places resolved. */
  readonly edit: Edit;
  /** Native size; soft where it is of places. */
  readonly mask: Mask;
  /** [32 x 32], 1 where the latent may change. */
  readonly cells: Float32Array;
  readonly statements: EditStatements;
  /** Opacity goes and nothing else is asked, in the direction that clears where there are two. */
  readonly clears: boolean;
  /** How much of the change is taken, where grades between absent and severe are asked for. */
  readonly blend?: Blend;
  /** The statements of a further pass, from what is read by then; undefined when nothing is left to ask. */
  restate(reading: Reading, regions: RegionMaps): EditStatements | undefined;
  /** Where it both clears and adds: what goes, then what comes (stages.ts). */
  readonly stages?: { readonly clearing: Stage; readonly adding: Stage };
}

/**
 * What will be changed and stated, or undefined for a null edit.
 * @param blending false: grades are sampled as they are asked, as releases before 0.8.0 did
 * @throws NotFrontalChestError, ImplausibleEditError, MaskEmptyError
 */
export function planEdit(
  source: Source,
  networks: Pick<Networks, 'manifest'>,
  request: Edit,
  allowUncertain: boolean,
  blending = true,
): Plan | undefined {
  const { radiograph, anatomy, reading } = source;
  if (!allowUncertain) requireFrontalChest(radiograph.name, anatomy);
  const edit: Edit = {
    ...request,
    places: request.mask === undefined ? impliedPlaces(request.finding, request.places) : request.places,
  };
  requirePlausible(edit);
  const parts: readonly Edit[] = partsOf(edit);
  for (const part of parts.slice(1)) requirePlausible(part);
  if (edit.mask === undefined ? edit.places.length === 0 : isMaskEmpty(edit.mask)) return undefined;
  const areas = parts.map((part) => ({
    part,
    mask: part.mask ?? placesMask(part.finding, part.places, anatomy.regions, radiograph.width, radiograph.height),
  }));
  const missing = areas.find((area) => isMaskEmpty(area.mask));
  if (missing !== undefined) throw new MaskEmptyError(radiograph.name, missing.part.places.map(placeName).join(', '));
  if (!allowUncertain) for (const { part, mask } of areas) requireMaskInReach(part, latentMask(mask), anatomy.regions);
  const mask = areas.map((area) => area.mask).reduce((one, other) => unionMasks(one, other));
  const cells = covered(areas.map((area) => cellsOf(area.part, area.mask, anatomy.regions)));
  const others = covered(
    areas.filter(({ part }) => !knowledgeOf(part.finding).opacityLike).map((area) => latentMask(area.mask)),
  );
  const placed: Edit = { ...edit, places: edit.places.length > 0 ? edit.places : zonesUnder(cells, anatomy.regions) };
  const told = toldOf(networks.manifest);
  const now = { zones: reading.zoneSeverity, focus: severityInside(reading.opacityMap, cells, told.scale) };
  const blend = blending ? blendOf(placed, now, others, anatomy.regions) : undefined;
  if (blend?.share.every((share) => share === 0) === true) return undefined;
  const restate = (read: Reading, regions: RegionMaps): EditStatements | undefined => {
    const statements = editStatements(read, blend?.asked ?? placed, cells, regions, told);
    return asksNothing(statements) ? undefined : statements;
  };
  const statements = restate(reading, anatomy.regions);
  const asked = blend?.asked ?? placed;
  const stages = stagesOf(source, asked, told);
  const clears = clearsOpacityOnly(inStages(asked, reading.zoneSeverity)?.clearing ?? asked);
  return (
    statements && {
      edit: placed,
      mask,
      cells,
      statements,
      clears,
      ...(blend && { blend }),
      restate,
      ...(stages && { stages }),
    }
  );
}

/** Both directions of an edit that has two, each with something to ask. */
function stagesOf(
  { radiograph: { width, height }, anatomy: { regions }, reading }: Source,
  edit: Edit,
  told: Told,
): Plan['stages'] {
  const directions = inStages(edit, reading.zoneSeverity);
  if (directions === undefined) return undefined;
  const stageOf = (each: Edit, read: Reading): Stage | undefined => {
    const cells = covered(
      partsOf(each).map((part) =>
        cellsOf(part, placesMask(part.finding, part.places, regions, width, height), regions),
      ),
    );
    const restate = (now: Reading, seen: RegionMaps): EditStatements | undefined => {
      const statements = editStatements(now, each, cells, seen, told);
      return asksNothing(statements) ? undefined : statements;
    };
    const statements = restate(read, regions);
    return statements && { cells, statements, restate };
  };
  const clearing = stageOf(directions.clearing, reading);
  if (clearing === undefined) return undefined;
  // As it will be read once all is gone that is to go; sampling reads again.
  const opacityMap = reading.opacityMap.map((value, cell) => value * (1 - (clearing.cells[cell] ?? 0)));
  const adding = stageOf(directions.adding, {
    ...reading,
    opacityMap,
    zoneSeverity: zoneSeverities(opacityMap, regions, told.scale),
  });
  return adding && { clearing, adding };
}

/** Cells that any of several maps covers. */
function covered(maps: readonly Float32Array[]): Float32Array {
  return maps.reduce(
    (one, other) => one.map((value, cell) => Math.max(value, other[cell] ?? 0)),
    new Float32Array(GRID_CELLS),
  );
}

/** What is added in a lung stays inside the lungs. */
function cellsOf(part: Edit, mask: Mask, regions: RegionMaps): Float32Array {
  const painted = latentMask(mask);
  return !isRemoval(part) && knowledgeOf(part.finding).site === 'lung' ? withinLungs(painted, regions) : painted;
}
