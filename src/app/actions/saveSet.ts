import { FileStack, Package } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { canSaveSet, saveSet } from '../../state/commands/saveSet';
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
