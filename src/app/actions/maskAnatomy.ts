/** Masks that the networks draw: parts of the anatomy, and the lesion that a reader's map proposes. */

import { ScanHeart, ScanSearch, type LucideIcon } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { maskFromAnatomy } from '../../state/commands/namedMasks';
import { ANATOMY } from '../../state/masks/anatomyMask';
import { initialThreshold } from '../../state/masks/proposal';
import { proposalMap } from '../../state/masks/proposalMap';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

const isRead = (state: StudioState): boolean => analysisOf(currentDocument(state)) !== undefined;

function anatomy(id: string, icon: LucideIcon, keywords: () => string): Action {
  const part = ANATOMY.find((each) => each.id === id);
  if (part === undefined) throw new RangeError(`There is no part of the anatomy called ${id}.`);
  return {
    name: `mask.${id}`,
    label: () => say.maskFromPart({ part: part.name() }),
    group: 'Mask',
    icon,
    keywords: () => `${say.anatomyKeywords()} ${keywords()}`,
    predicate: isRead,
    perform: (studio) => {
      maskFromAnatomy(studio, part);
    },
  };
}

export const actionMaskOfLungs = anatomy('lungs', ScanHeart, say.maskOfLungsKeywords);
export const actionMaskOfRightLung = anatomy('right-lung', ScanHeart, say.maskOfRightLungKeywords);
export const actionMaskOfLeftLung = anatomy('left-lung', ScanHeart, say.maskOfLeftLungKeywords);
export const actionMaskOfHeart = anatomy('heart', ScanHeart, say.maskOfHeartKeywords);

/** Of the finding that the request is about where the reader has a map of it, else of lung opacity. */
export const actionProposeLesion: Action = {
  name: 'mask.propose',
  label: say.proposeLesion,
  group: 'Mask',
  icon: ScanSearch,
  keywords: say.proposeLesionKeywords,
  predicate: isRead,
  pressed: (state) => state.proposal !== undefined,
  perform: ({ store }) => {
    const state = store.getState();
    if (state.proposal !== undefined) {
      state.setProposal(undefined);
      return;
    }
    const document = currentDocument(state);
    const analysis = analysisOf(document);
    const asked = document?.request.finding ?? 'lung_opacity';
    const finding = proposalMap(analysis, asked) === undefined ? 'lung_opacity' : asked;
    const map = proposalMap(analysis, finding);
    if (map === undefined) return;
    state.setMasksPanelOpen(true);
    state.setProposal({ finding, threshold: initialThreshold(map), largestOnly: true });
  },
};
