/** What is done to the pixels of the mask in use: from anatomy and zones, by shape, cleared. */

import {
  CircleFadingPlus,
  Contrast,
  Expand,
  Feather,
  Magnet,
  PaintBucket,
  ScanHeart,
  ScanSearch,
  Shrink,
  Spline,
  SquarePlus,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import { analysisOf } from '../../record/studioDocument';
import { clearMask, maskFromZones } from '../../state/commands/mask';
import {
  fillMaskHoles,
  invertCurrentMask,
  keepLargestRegion,
  reshapeMask,
  snapToLungs,
  type SizedReshaping,
} from '../../state/commands/maskShape';
import { maskFromAnatomy } from '../../state/commands/namedMasks';
import { amountScale } from '../../state/masks/amount';
import { ANATOMY } from '../../state/masks/anatomyMask';
import { initialThreshold } from '../../state/masks/proposal';
import { proposalMap } from '../../state/masks/proposalMap';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Action } from './action';

export const actionClearMask: Action = {
  name: 'mask.clear',
  label: say.clearMask,
  group: 'Mask',
  icon: Trash2,
  shortcuts: ['Delete'],
  keywords: say.clearMaskKeywords,
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: clearMask,
};

export const actionMaskFromZones: Action = {
  name: 'mask.fromZones',
  label: say.maskFromZones,
  group: 'Mask',
  icon: SquarePlus,
  shortcuts: ['U'],
  keywords: say.maskFromZonesKeywords,
  predicate: (state) => {
    const document = currentDocument(state);
    return analysisOf(document) !== undefined && (document?.request.places.length ?? 0) > 0;
  },
  perform: maskFromZones,
};

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

const hasMask = (state: StudioState): boolean => currentDocument(state)?.mask !== undefined;

/** How far grow, shrink, feather and smooth go: as last set, in the unit of the radiograph on the screen. */
export function currentAmount(state: StudioState): number {
  const radiograph = currentDocument(state)?.radiograph;
  if (radiograph === undefined) return 0;
  const scale = amountScale(radiograph);
  return Math.min(scale.max, state.maskAmount[scale.unit] ?? scale.initial);
}

function sized(how: SizedReshaping, label: () => string, icon: LucideIcon, keywords: () => string): Action {
  return {
    name: `mask.${how}`,
    label,
    group: 'Mask',
    icon,
    keywords,
    predicate: hasMask,
    perform: (studio) => {
      reshapeMask(studio, how, currentAmount(studio.store.getState()));
    },
  };
}

export const actionGrowMask = sized('grow', say.growMask, Expand, say.growMaskKeywords);
export const actionShrinkMask = sized('shrink', say.shrinkMask, Shrink, say.shrinkMaskKeywords);
export const actionFeatherMask = sized('feather', say.featherMask, Feather, say.featherMaskKeywords);
export const actionSmoothMask = sized('smooth', say.smoothMask, Spline, say.smoothMaskKeywords);

export const actionFillHoles: Action = {
  name: 'mask.fillHoles',
  label: say.fillHoles,
  group: 'Mask',
  icon: PaintBucket,
  keywords: say.fillHolesKeywords,
  predicate: hasMask,
  perform: fillMaskHoles,
};

export const actionLargestRegion: Action = {
  name: 'mask.largest',
  label: say.largestRegion,
  group: 'Mask',
  icon: CircleFadingPlus,
  keywords: say.largestRegionKeywords,
  predicate: hasMask,
  perform: keepLargestRegion,
};

export const actionInvertMask: Action = {
  name: 'mask.invert',
  label: say.invertMask,
  group: 'Mask',
  icon: Contrast,
  keywords: say.invertMaskKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: invertCurrentMask,
};

export const actionSnapToLungs: Action = {
  name: 'mask.snapToLungs',
  label: say.snapToLungs,
  group: 'Mask',
  icon: Magnet,
  keywords: say.snapToLungsKeywords,
  predicate: (state) => hasMask(state) && analysisOf(currentDocument(state)) !== undefined,
  perform: snapToLungs,
};
