import { FolderOpen } from 'lucide-react';
import { openFiles } from '../../state/commands/openFiles';
import type { Action } from './action';

export const actionOpenFiles: Action = {
  name: 'file.open',
  label: 'Open radiographs…',
  group: 'File',
  icon: FolderOpen,
  shortcuts: ['Mod+O'],
  keywords: 'load import dicom png jpeg file',
  perform: async (studio) => {
    const files = await studio.services.pickFiles();
    if (files.length > 0) await openFiles(studio, files);
  },
};
