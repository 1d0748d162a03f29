/** The list of masks: which there are, which is in use, and their files. */

import { CopyPlus, Eye, FileInput, FileOutput, Layers, ListX, Plus, SquareDashed } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { exportMaskPng, exportMasksSeg, importMasks } from '../../state/commands/maskFiles';
import { addMask, deleteMask, duplicateMask } from '../../state/commands/namedMasks';
import { shownResult } from '../../state/shownResult';
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

export const actionImportMasks: Action = {
  name: 'mask.import',
  label: say.importMasks,
  group: 'Mask',
  icon: FileInput,
  keywords: say.importMasksKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: async (studio) => {
    const files = await studio.services.pickFiles();
    if (files.length > 0) await importMasks(studio, files);
  },
};

export const actionExportMaskPng: Action = {
  name: 'mask.exportPng',
  label: say.exportMaskPng,
  group: 'Mask',
  icon: SquareDashed,
  keywords: say.exportMaskPngKeywords,
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: exportMaskPng,
};

export const actionExportMasksSeg: Action = {
  name: 'mask.exportSeg',
  label: say.exportMasksSeg,
  group: 'Mask',
  icon: FileOutput,
  keywords: say.exportMasksSegKeywords,
  predicate: (state) => currentDocument(state)?.masks.some(({ mask }) => mask !== undefined) ?? false,
  perform: exportMasksSeg,
};

export const actionToggleMask: Action = {
  name: 'view.mask',
  label: say.toggleMask,
  group: 'View',
  icon: Eye,
  shortcuts: ['M'],
  keywords: say.toggleMaskKeywords,
  predicate: (state) => shownResult(state) !== undefined && currentDocument(state)?.mask !== undefined,
  pressed: (state) => state.maskShown,
  perform: ({ store }) => {
    const { maskShown, setMaskShown } = store.getState();
    setMaskShown(!maskShown);
  },
};
