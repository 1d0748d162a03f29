import { FolderOpen } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { openFiles } from '../../state/commands/openFiles';
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
    if (files.length > 0) await openFiles(studio, files);
  },
};
