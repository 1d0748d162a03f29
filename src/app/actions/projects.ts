/** What can be done with projects as a whole. */

import { FilePlus2, FileDown, FileUp, Folders, Undo2 } from 'lucide-react';
import { openProjectFile, saveProjectFile } from '../../state/commands/projectFile';
import { startProject, whyNotLeave } from '../../state/commands/projects';
import type { StudioState } from '../../state/store';
import type { Action } from './action';

const canLeave = (state: StudioState): boolean => whyNotLeave(state) === undefined;

export const actionNewProject: Action = {
  name: 'project.new',
  label: 'New project',
  group: 'File',
  icon: FilePlus2,
  keywords: 'start empty begin',
  predicate: (state) => canLeave(state) && state.documents.length > 0,
  perform: startProject,
};

export const actionShowProjects: Action = {
  name: 'project.show',
  label: 'Projects…',
  group: 'File',
  icon: Folders,
  shortcuts: ['Mod+Shift+O'],
  keywords: 'open recent list delete rename manage',
  perform: ({ store }) => {
    store.getState().setDialog('projects');
  },
};

export const actionOpenProjectFile: Action = {
  name: 'project.openFile',
  label: 'Open project file…',
  group: 'File',
  icon: FileUp,
  keywords: 'load import counterpart',
  predicate: canLeave,
  perform: async (studio) => {
    const [file] = await studio.services.pickFiles();
    if (file !== undefined) await openProjectFile(studio, file);
  },
};

export const actionSaveProjectFile: Action = {
  name: 'project.saveFile',
  label: 'Save project as file',
  group: 'File',
  icon: FileDown,
  shortcuts: ['Mod+Shift+S'],
  keywords: 'export download backup counterpart',
  predicate: (state) => state.documents.length > 0,
  perform: saveProjectFile,
};

export const actionReopenDocument: Action = {
  name: 'file.reopen',
  label: 'Reopen closed radiograph',
  group: 'File',
  icon: Undo2,
  keywords: 'undo close restore',
  predicate: (state) => state.closedDocument !== undefined,
  perform: ({ store }) => {
    store.getState().reopenDocument();
  },
};
