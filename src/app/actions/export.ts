/** What can be taken away: results, masks, sets, recipes. */

import {
  ClipboardCopy,
  Download,
  FileCheck,
  FileOutput,
  FileStack,
  FolderDown,
  Package,
  SquareDashed,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import { copyRecipe, saveAsDicom, saveCounterfactual, saveMask, saveStoredPng } from '../../state/commands/export';
import { saveReceipt } from '../../state/commands/saveReceipt';
import { canSaveSet, saveSet, saveSetToFolder } from '../../state/commands/saveSet';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { hasFolders } from '../opening/pickFolder';
import type { Action } from './action';

export const actionSaveCounterfactual: Action = {
  name: 'file.saveCounterfactual',
  label: say.saveCounterfactual,
  group: 'File',
  icon: Download,
  shortcuts: ['Mod+S'],
  keywords: say.saveCounterfactualKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: saveCounterfactual,
};

export const actionSaveStoredPng: Action = {
  name: 'file.saveStoredPng',
  label: say.saveStoredPng,
  group: 'File',
  icon: Download,
  keywords: say.saveStoredPngKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: saveStoredPng,
};

export const actionSaveAsDicom: Action = {
  name: 'file.saveAsDicom',
  label: say.saveAsDicom,
  group: 'File',
  icon: FileOutput,
  keywords: say.saveAsDicomKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: saveAsDicom,
};

export const actionSaveReceipt: Action = {
  name: 'file.saveReceipt',
  label: say.saveReceipt,
  group: 'File',
  icon: FileCheck,
  keywords: say.saveReceiptKeywords,
  predicate: (state) => currentVersion(state) !== undefined && state.release !== undefined,
  perform: saveReceipt,
};

export const actionSaveMask: Action = {
  name: 'file.saveMask',
  label: say.saveMask,
  group: 'File',
  icon: SquareDashed,
  keywords: say.saveMaskKeywords,
  predicate: (state) => currentVersion(state) !== undefined || currentDocument(state)?.mask !== undefined,
  perform: saveMask,
};

export const actionSavePngSet: Action = {
  name: 'file.savePngSet',
  label: say.savePngSet,
  group: 'File',
  icon: Package,
  keywords: say.saveSetKeywords,
  predicate: canSaveSet,
  perform: (studio) => saveSet(studio, 'png8'),
};

export const actionSaveStoredSet: Action = {
  name: 'file.saveStoredSet',
  label: say.saveStoredSet,
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

export const actionCopyRecipe: Action = {
  name: 'file.copyRecipe',
  label: say.copyRecipe,
  group: 'File',
  icon: ClipboardCopy,
  keywords: say.copyRecipeKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: copyRecipe,
};
