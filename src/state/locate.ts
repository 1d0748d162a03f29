/** Where a nodule, a mass or a focal opacity that is to go may lie: found before anything is made, shown, and erased there. */

import { isRemoval } from '../findings/change';
import type { Analysis } from '../counterfactual/analysis';
import { focalCandidates, focalMask, isFocal, type FocalCandidate } from '../counterfactual/locate/focal';
import { saysFocal } from '../findings/focal';
import { knowledgeOf } from '../findings/knowledge';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { EditRequest } from '../record/editRequest';
import { analysisOf, baseFacts, baseImageNow, type StudioDocument } from '../record/studioDocument';

/**
 * A nodule or a mass, or an opacity that the words call focal, that goes alone, and nobody has painted where. Together with others
 * it is left to the denoiser, zone by zone.
 */
export function locates(
  { kind, finding, further, text }: Pick<EditRequest, 'kind' | 'finding' | 'further' | 'text'>,
  mask: Mask | undefined,
): boolean {
  if (!isRemoval({ kind }) || mask !== undefined || further.length > 0) return false;
  return isFocal(finding) || (knowledgeOf(finding).opacityLike && saysFocal(text));
}

const found = new WeakMap<Analysis, Map<string, readonly FocalCandidate[]>>();

/** The likeliest first, none where nothing is likely; undefined where the request needs none, or nothing is read yet. */
export function locatedIn(document: StudioDocument | undefined): readonly FocalCandidate[] | undefined {
  if (document === undefined || !locates(document.request, document.mask)) return undefined;
  const analysis = analysisOf(document);
  if (analysis === undefined) return undefined;
  const { places, finding } = document.request;
  const known = found.get(analysis) ?? new Map<string, readonly FocalCandidate[]>();
  found.set(analysis, known);
  const key = [finding, ...places].join();
  const before = known.get(key);
  if (before !== undefined) return before;
  const image = baseImageNow(document);
  if (image === undefined) return undefined;
  const candidates = search(image, analysis, places, finding);
  known.set(key, candidates);
  return candidates;
}

function search(
  radiograph: Radiograph,
  { zones, reading }: Analysis,
  places: EditRequest['places'],
  finding: EditRequest['finding'],
): readonly FocalCandidate[] {
  return focalCandidates(
    { radiograph, regions: (place) => zones[place], opacityMap: reading.opacityMap },
    places,
    finding,
  );
}

/** Which of them the user has turned to; of other ones than those that are looked at, it is the first. */
export interface LocatedChoice {
  readonly of: readonly FocalCandidate[];
  readonly index: number;
}

export interface Located {
  readonly candidates: readonly FocalCandidate[];
  readonly index: number;
  readonly chosen: FocalCandidate;
}

/** Undefined where nothing is looked for or found. */
export function locatedNow(
  document: StudioDocument | undefined,
  choice: LocatedChoice | undefined,
): Located | undefined {
  const candidates = locatedIn(document);
  const index = choice !== undefined && choice.of === candidates ? choice.index : 0;
  const chosen = candidates?.[index];
  return candidates === undefined || chosen === undefined ? undefined : { candidates, index, chosen };
}

/** What bounds the edit: as painted, else as located. */
export function boundingMask(document: StudioDocument, choice: LocatedChoice | undefined): Mask | undefined {
  if (document.mask !== undefined) return document.mask;
  const located = locatedNow(document, choice);
  return located && focalMask(located.chosen, baseFacts(document));
}
