import { Download, FileOutput } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { saveAsDicom, saveCounterfactual } from '../../state/commands/export';
import { currentVersion } from '../../state/slices/documents';
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

export const actionSaveAsDicom: Action = {
  name: 'file.saveAsDicom',
  label: say.saveAsDicom,
  group: 'File',
  icon: FileOutput,
  keywords: say.saveAsDicomKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: saveAsDicom,
};
