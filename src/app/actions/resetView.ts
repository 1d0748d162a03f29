import { Maximize } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionResetView: Action = {
  name: 'view.reset',
  label: 'Reset view',
  group: 'View',
  icon: Maximize,
  shortcuts: ['0', 'R'],
  keywords: 'fit window zoom original',
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ viewport }) => {
    viewport.current?.reset();
  },
};
