/** The mask in use changed as a whole. */

import {
  CircleFadingPlus,
  Contrast,
  Expand,
  Feather,
  Magnet,
  PaintBucket,
  Shrink,
  Spline,
  type LucideIcon,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import {
  fillMaskHoles,
  invertCurrentMask,
  keepLargestRegion,
  reshapeMask,
  snapToLungs,
  type SizedReshaping,
} from '../../state/commands/maskShape';
import { amountScale } from '../../state/masks/amount';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

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
