/** Radiographs that are opened and closed. */

import { FolderOpen, FolderTree, Info, ListChecks, RectangleHorizontal, X } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { openDropped } from '../../state/commands/openDropped';
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

export const actionOpenFolder: Action = {
  name: 'file.openFolder',
  label: say.openFolder,
  group: 'File',
  icon: FolderTree,
  keywords: say.openFolderKeywords,
  perform: async (studio) => {
    await openDropped(studio, await studio.services.pickFilms());
  },
};

/** Of the film, not of a result of it. */
export const actionCover: Action = {
  name: 'file.cover',
  label: say.cover,
  group: 'File',
  icon: RectangleHorizontal,
  keywords: say.coverKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('cover');
  },
};

/** Of the film, not of a result of it. */
export const actionDetails: Action = {
  name: 'file.details',
  label: say.filmDetails,
  group: 'File',
  icon: Info,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('details');
  },
};

export const actionOpenRun: Action = {
  name: 'file.openRun',
  label: say.openRun,
  group: 'File',
  icon: ListChecks,
  keywords: say.openRunKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('run');
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
