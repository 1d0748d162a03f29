import { Download } from 'lucide-react';
import { saveCounterfactual } from '../../state/commands/export';
import { currentVersion } from '../../state/slices/documents';
import type { Action } from './action';

export const actionSaveCounterfactual: Action = {
  name: 'file.saveCounterfactual',
  label: 'Save counterfactual as PNG',
  group: 'File',
  icon: Download,
  shortcuts: ['Mod+S'],
  keywords: 'export download image recipe',
  predicate: (state) => currentVersion(state) !== undefined,
  perform: saveCounterfactual,
};
