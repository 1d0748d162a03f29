import { ClipboardCopy } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { copyRecipe } from '../../state/commands/export';
import { currentVersion } from '../../state/slices/documents';
import type { Action } from './action';

export const actionCopyRecipe: Action = {
  name: 'file.copyRecipe',
  label: say.copyRecipe,
  group: 'File',
  icon: ClipboardCopy,
  keywords: say.copyRecipeKeywords,
  predicate: (state) => currentVersion(state) !== undefined,
  perform: copyRecipe,
};
