/** The mask in use changed as a whole. */

import { CircleFadingPlus, Contrast, Expand, Feather, Magnet, PaintBucket, Shrink, Spline, type LucideIcon } from 'lucide-react';
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
import { analysisOf } from '../../state/studioDocument';
import type { Action } from './action';

const hasMask = (state: StudioState): boolean => currentDocument(state)?.mask !== undefined;

/** How far grow, shrink, feather and smooth go: as last set, in the unit of the radiograph on the screen. */
export function currentAmount(state: StudioState): number {
  const radiograph = currentDocument(state)?.radiograph;
  if (radiograph === undefined) return 0;
  const scale = amountScale(radiograph);
  return Math.min(scale.max, state.maskAmount[scale.unit] ?? scale.initial);
}

function sized(how: SizedReshaping, label: string, icon: LucideIcon, keywords: string): Action {
  return {
    name: `mask.${how}`,
    label,
    group: 'Mask',
    icon,
    keywords,
    predicate: hasMask,
    perform: (studio) => { reshapeMask(studio, how, currentAmount(studio.store.getState())); },
  };
}

export const actionGrowMask = sized('grow', 'Grow mask', Expand, 'dilate expand larger margin');
export const actionShrinkMask = sized('shrink', 'Shrink mask', Shrink, 'erode contract smaller');
export const actionFeatherMask = sized('feather', 'Feather mask', Feather, 'soft edge blur');
export const actionSmoothMask = sized('smooth', 'Smooth mask', Spline, 'round calm outline');

export const actionFillHoles: Action = {
  name: 'mask.fillHoles',
  label: 'Fill holes',
  group: 'Mask',
  icon: PaintBucket,
  keywords: 'gaps inside close',
  predicate: hasMask,
  perform: fillMaskHoles,
};

export const actionLargestRegion: Action = {
  name: 'mask.largest',
  label: 'Largest region only',
  group: 'Mask',
  icon: CircleFadingPlus,
  keywords: 'connected component island specks',
  predicate: hasMask,
  perform: keepLargestRegion,
};

export const actionInvertMask: Action = {
  name: 'mask.invert',
  label: 'Invert mask',
  group: 'Mask',
  icon: Contrast,
  keywords: 'opposite complement outside',
  predicate: (state) => currentDocument(state) !== undefined,
  perform: invertCurrentMask,
};

export const actionSnapToLungs: Action = {
  name: 'mask.snapToLungs',
  label: 'Snap to lungs',
  group: 'Mask',
  icon: Magnet,
  keywords: 'inside lung field crop clip',
  predicate: (state) => hasMask(state) && analysisOf(currentDocument(state)) !== undefined,
  perform: snapToLungs,
};
