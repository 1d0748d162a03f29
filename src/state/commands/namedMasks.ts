/** The list of named masks of the radiograph on the screen. */

import { findingName } from '../../findings/words';
import { combineMasks, type Combination } from '../../imaging/mask-combine';
import type { Mask } from '../../imaging/radiograph';
import * as notices from '../../messages/en/notices';
import { capital } from '../../messages/numbers';
import { anatomyName, type AnatomyPart } from '../masks/anatomyMask';
import {
  activeMask,
  freeName,
  withActive,
  withActivePixels,
  withAdded,
  withDuplicate,
  withName,
  without,
  withShown,
  type MaskSet,
} from '../../record/masks/namedMasks';
import { focalMask } from '../../counterfactual/locate/focal';
import { locatedNow } from '../locate';
import { proposalLoops, proposalMask } from '../masks/proposal';
import { proposalMap } from '../masks/proposalMap';
import { currentDocument } from '../slices/documents';
import { analysisOf, baseFacts, withMask, withMasks, type StudioDocument } from '../../record/studioDocument';
import type { Studio } from '../studio';
import { maskOfPlaces } from '../zoneMask';

function change({ store }: Studio, label: string, how: (set: MaskSet) => MaskSet): void {
  store.getState().updateCurrent('undoable', (document) => withMasks(document, how(document), label));
}

export function addMask(studio: Studio): void {
  change(studio, 'New mask', (set) => withAdded(set, undefined));
}

export function chooseMask(studio: Studio, id: string): void {
  change(studio, 'Use mask', (set) => withActive(set, id));
}

export function renameMask(studio: Studio, id: string, name: string): void {
  change(studio, 'Rename mask', (set) => withName(set, id, name));
}

export function duplicateMask(studio: Studio, id: string): void {
  change(studio, 'Duplicate mask', (set) => withDuplicate(set, id));
}

export function deleteMask(studio: Studio, id: string): void {
  change(studio, 'Delete mask', (set) => without(set, id));
}

export function toggleNamedMask(studio: Studio, id: string): void {
  change(studio, 'Show mask', (set) => withShown(set, id, !(set.masks.find((each) => each.id === id)?.shown ?? true)));
}

const COMBINED: Readonly<Record<Combination, string>> = {
  union: 'Add mask',
  subtract: 'Subtract mask',
  intersect: 'Intersect masks',
};

/** The mask in use takes in, loses or shares the pixels of another. */
export function combineWithMask({ store }: Studio, id: string, how: Combination): void {
  const document = currentDocument(store.getState());
  const other = document?.masks.find((each) => each.id === id);
  if (document?.mask === undefined || other?.mask === undefined) return;
  const combined = combineMasks(document.mask, other.mask, how);
  store.getState().updateDocument(document.id, 'undoable', (open) => withMask(open, combined, COMBINED[how]));
}

/** A mask made elsewhere: into the one in use while that is empty, else beside it. */
function taken(document: StudioDocument, mask: Mask, name: string): MaskSet {
  const isFree = activeMask(document) !== undefined && document.mask === undefined;
  return isFree ? withActivePixels(document, mask) : withAdded(document, mask, freeName(document.masks, name));
}

export function maskFromAnatomy({ store }: Studio, part: AnatomyPart): void {
  const document = currentDocument(store.getState());
  const analysis = analysisOf(document);
  if (document === undefined || analysis === undefined) return;
  const mask = maskOfPlaces(analysis, part.places, document.radiograph);
  if (mask === undefined) {
    store.getState().notify({ tone: 'warning', title: notices.notFoundHere({ places: part.name() }), problems: [] });
    return;
  }
  store
    .getState()
    .updateDocument(document.id, 'undoable', (open) =>
      withMasks(open, taken(open, mask, anatomyName(part)), 'Mask from the anatomy'),
    );
}

/** The proposed lesion becomes a mask. */
export function acceptProposal({ store }: Studio): void {
  const { proposal, setProposal, updateDocument } = store.getState();
  const document = currentDocument(store.getState());
  const map = proposal && proposalMap(analysisOf(document), proposal.finding);
  if (document === undefined || proposal === undefined || map === undefined) return;
  const mask = proposalMask(proposalLoops(map, proposal), document.radiograph);
  setProposal(undefined);
  if (mask === undefined) return;
  const title = capital(findingName(proposal.finding));
  updateDocument(document.id, 'undoable', (open) => withMasks(open, taken(open, mask, title), 'Mask of a lesion'));
}

/** Turns to another of the places where what is to go may lie; after the last comes the first. */
export function turnToLocated({ store }: Studio, by: -1 | 1): void {
  const { locatedChoice, setLocatedChoice } = store.getState();
  const located = locatedNow(currentDocument(store.getState()), locatedChoice);
  if (located === undefined) return;
  const { candidates, index } = located;
  setLocatedChoice({ of: candidates, index: (index + by + candidates.length) % candidates.length });
}

/** The outline of what was located becomes a mask, to be corrected with the brush. */
export function maskFromLocated({ store }: Studio): void {
  const { locatedChoice, updateDocument } = store.getState();
  const document = currentDocument(store.getState());
  const located = locatedNow(document, locatedChoice);
  if (document === undefined || located === undefined) return;
  const mask = focalMask(located.chosen, baseFacts(document));
  const title = capital(findingName(document.request.finding));
  updateDocument(document.id, 'undoable', (open) => withMasks(open, taken(open, mask, title), 'Mask of a lesion'));
}
