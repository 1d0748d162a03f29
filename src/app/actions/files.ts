/** Radiographs that are opened and closed. */

import { FolderOpen, X } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { openFiles } from '../../state/commands/openFiles';
import { setOrFilms } from '../../state/commands/openSet';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionOpenFiles: Action = {
  name: 'file.open',
  label: say.openFiles,
  group: 'File',
  icon: FolderOpen,
  shortcuts: ['Mod+O'],
  keywords: say.openFilesKeywords,
  perform: async (studio) => {
    const files = await studio.services.pickFiles();
    await openFiles(studio, setOrFilms(studio, files));
  },
};

export const actionCloseDocument: Action = {
  name: 'file.close',
  label: say.closeDocument,
  group: 'File',
  icon: X,
  keywords: say.closeDocumentKeywords,
  predicate: (state) => currentDocument(state) !== undefined && state.generation.status === 'idle',
  perform: ({ store }) => {
    const { currentId, closeDocument } = store.getState();
    if (currentId !== undefined) closeDocument(currentId);
  },
};
