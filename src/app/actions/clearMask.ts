import { Trash2 } from 'lucide-react';
import { clearMask } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionClearMask: Action = {
  name: 'mask.clear',
  label: 'Clear mask',
  group: 'Mask',
  icon: Trash2,
  shortcuts: ['Delete'],
  keywords: 'empty remove paint',
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: clearMask,
};
