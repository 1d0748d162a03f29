/** The list of named masks. */

import { CopyPlus, Layers, ListX, Plus } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { addMask, deleteMask, duplicateMask } from '../../state/commands/namedMasks';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import type { Action } from './action';

const hasActive = (state: StudioState): boolean => currentDocument(state)?.activeMaskId !== undefined;

function onActive(change: (studio: Studio, id: string) => void): Action['perform'] {
  return (studio) => {
    const id = currentDocument(studio.store.getState())?.activeMaskId;
    if (id !== undefined) change(studio, id);
  };
}

export const actionToggleMasksPanel: Action = {
  name: 'view.masksPanel',
  label: say.toggleMasksPanel,
  group: 'Mask',
  icon: Layers,
  shortcuts: ['Shift+M'],
  keywords: say.toggleMasksPanelKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => state.masksPanelOpen,
  perform: ({ store }) => {
    const { masksPanelOpen, setMasksPanelOpen } = store.getState();
    setMasksPanelOpen(!masksPanelOpen);
  },
};

export const actionNewMask: Action = {
  name: 'mask.new',
  label: say.newMask,
  group: 'Mask',
  icon: Plus,
  keywords: say.newMaskKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: addMask,
};

export const actionDuplicateMask: Action = {
  name: 'mask.duplicate',
  label: say.duplicateMask,
  group: 'Mask',
  icon: CopyPlus,
  keywords: say.duplicateMaskKeywords,
  predicate: hasActive,
  perform: onActive(duplicateMask),
};

export const actionDeleteMask: Action = {
  name: 'mask.delete',
  label: say.deleteMask,
  group: 'Mask',
  icon: ListX,
  keywords: say.deleteMaskKeywords,
  predicate: hasActive,
  perform: onActive(deleteMask),
};
