/** What can be done with projects as a whole. */

import { FilePlus2, FileDown, FileUp, Folders, Undo2 } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { whyNotLeave } from '../../state/commands/leave';
import { openProjectFile, saveProjectFile } from '../../state/commands/projectFile';
import { startProject } from '../../state/commands/projects';
import type { StudioState } from '../../state/store';
import type { Action } from './action';

const canLeave = (state: StudioState): boolean => whyNotLeave(state) === undefined;

export const actionNewProject: Action = {
  name: 'project.new',
  label: say.newProject,
  group: 'File',
  icon: FilePlus2,
  keywords: say.newProjectKeywords,
  predicate: (state) => canLeave(state) && state.documents.length > 0,
  perform: startProject,
};

export const actionShowProjects: Action = {
  name: 'project.show',
  label: say.showProjects,
  group: 'File',
  icon: Folders,
  shortcuts: ['Mod+Shift+O'],
  keywords: say.showProjectsKeywords,
  perform: ({ store }) => {
    store.getState().setDialog('projects');
  },
};

export const actionOpenProjectFile: Action = {
  name: 'project.openFile',
  label: say.openProjectFile,
  group: 'File',
  icon: FileUp,
  keywords: say.openProjectFileKeywords,
  predicate: canLeave,
  perform: async (studio) => {
    const [file] = await studio.services.pickFiles();
    if (file !== undefined) await openProjectFile(studio, file);
  },
};

export const actionSaveProjectFile: Action = {
  name: 'project.saveFile',
  label: say.saveProjectFile,
  group: 'File',
  icon: FileDown,
  shortcuts: ['Mod+Shift+S'],
  keywords: say.saveProjectFileKeywords,
  predicate: (state) => state.documents.length > 0,
  perform: saveProjectFile,
};

export const actionReopenDocument: Action = {
  name: 'file.reopen',
  label: say.reopenDocument,
  group: 'File',
  icon: Undo2,
  keywords: say.reopenDocumentKeywords,
  predicate: (state) => state.closedDocuments.length > 0,
  perform: ({ store }) => {
    store.getState().reopenDocument();
  },
};
