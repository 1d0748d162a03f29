import { FileStack, FolderDown, Package } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { canSaveSet, saveSet, saveSetToFolder } from '../../state/commands/saveSet';
import { hasFolders } from '../opening/pickFolder';
import type { Action } from './action';

export const actionSavePngSet: Action = {
  name: 'file.savePngSet',
  label: say.savePngSet,
  group: 'File',
  icon: Package,
  keywords: say.saveSetKeywords,
  predicate: canSaveSet,
  perform: (studio) => saveSet(studio, 'png'),
};

export const actionSaveDicomSet: Action = {
  name: 'file.saveDicomSet',
  label: say.saveDicomSet,
  group: 'File',
  icon: FileStack,
  keywords: say.saveSetKeywords,
  predicate: canSaveSet,
  perform: (studio) => saveSet(studio, 'dicom'),
};

export const actionSaveSetToFolder: Action = {
  name: 'file.saveSetToFolder',
  label: say.saveSetToFolder,
  group: 'File',
  icon: FolderDown,
  keywords: say.saveSetKeywords,
  predicate: (state) => hasFolders() && canSaveSet(state),
  perform: saveSetToFolder,
};
