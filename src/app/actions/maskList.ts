/** The list of named masks. */

import { CopyPlus, Layers, ListX, Plus } from 'lucide-react';
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
  label: 'Masks',
  group: 'Mask',
  icon: Layers,
  shortcuts: ['Shift+M'],
  keywords: 'panel list layers segmentations regions',
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => state.masksPanelOpen,
  perform: ({ store }) => {
    const { masksPanelOpen, setMasksPanelOpen } = store.getState();
    setMasksPanelOpen(!masksPanelOpen);
  },
};

export const actionNewMask: Action = {
  name: 'mask.new',
  label: 'New mask',
  group: 'Mask',
  icon: Plus,
  keywords: 'add another layer',
  predicate: (state) => currentDocument(state) !== undefined,
  perform: addMask,
};

export const actionDuplicateMask: Action = {
  name: 'mask.duplicate',
  label: 'Duplicate mask',
  group: 'Mask',
  icon: CopyPlus,
  keywords: 'copy layer',
  predicate: hasActive,
  perform: onActive(duplicateMask),
};

export const actionDeleteMask: Action = {
  name: 'mask.delete',
  label: 'Delete mask',
  group: 'Mask',
  icon: ListX,
  keywords: 'remove layer',
  predicate: hasActive,
  perform: onActive(deleteMask),
};
