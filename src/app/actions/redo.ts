import { Redo2 } from 'lucide-react';
import { redo } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionRedo: Action = {
  name: 'edit.redo',
  label: 'Redo',
  group: 'Edit',
  icon: Redo2,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  keywords: 'again forward',
  predicate: (state) => (currentDocument(state)?.history.future.length ?? 0) > 0,
  perform: redo,
};
