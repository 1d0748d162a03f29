import { SquareDashed } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { saveMask } from '../../state/commands/export';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import type { Action } from './action';

export const actionSaveMask: Action = {
  name: 'file.saveMask',
  label: say.saveMask,
  group: 'File',
  icon: SquareDashed,
  keywords: say.saveMaskKeywords,
  predicate: (state) => currentVersion(state) !== undefined || currentDocument(state)?.mask !== undefined,
  perform: saveMask,
};
