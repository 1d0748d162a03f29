import { Maximize } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionResetView: Action = {
  name: 'view.reset',
  label: say.resetView,
  group: 'View',
  icon: Maximize,
  shortcuts: ['0', 'R'],
  keywords: say.resetViewKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ viewport }) => {
    viewport.current?.reset();
  },
};
