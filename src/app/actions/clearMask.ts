import { Trash2 } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { clearMask } from '../../state/commands/mask';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionClearMask: Action = {
  name: 'mask.clear',
  label: say.clearMask,
  group: 'Mask',
  icon: Trash2,
  shortcuts: ['Delete'],
  keywords: say.clearMaskKeywords,
  predicate: (state) => currentDocument(state)?.mask !== undefined,
  perform: clearMask,
};
