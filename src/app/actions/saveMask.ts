import { SquareDashed } from 'lucide-react';
import { saveMask } from '../../state/commands/export';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import type { Action } from './action';

export const actionSaveMask: Action = {
  name: 'file.saveMask',
  label: 'Save mask as PNG',
  group: 'File',
  icon: SquareDashed,
  keywords: 'export download segmentation',
  predicate: (state) => currentVersion(state) !== undefined || currentDocument(state)?.mask !== undefined,
  perform: saveMask,
};
