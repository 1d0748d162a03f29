/** Undo and redo. */

import { Redo2, Undo2 } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { redo, undo } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionUndo: Action = {
  name: 'edit.undo',
  label: say.undo,
  group: 'Edit',
  icon: Undo2,
  shortcuts: ['Mod+Z'],
  keywords: say.undoKeywords,
  predicate: (state) => (currentDocument(state)?.history.past.length ?? 0) > 0,
  perform: undo,
};

export const actionRedo: Action = {
  name: 'edit.redo',
  label: say.redo,
  group: 'Edit',
  icon: Redo2,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  keywords: say.redoKeywords,
  predicate: (state) => (currentDocument(state)?.history.future.length ?? 0) > 0,
  perform: redo,
};
