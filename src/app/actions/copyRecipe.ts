import { ClipboardCopy } from 'lucide-react';
import { copyRecipe } from '../../state/commands/export';
import { currentVersion } from '../../state/slices/documents';
import type { Action } from './action';

export const actionCopyRecipe: Action = {
  name: 'file.copyRecipe',
  label: 'Copy recipe',
  group: 'File',
  icon: ClipboardCopy,
  keywords: 'seed settings json clipboard reproduce',
  predicate: (state) => currentVersion(state) !== undefined,
  perform: copyRecipe,
};
