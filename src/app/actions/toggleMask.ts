import { Eye } from 'lucide-react';
import { shownResult } from '../../state/shownResult';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionToggleMask: Action = {
  name: 'view.mask',
  label: 'Show mask over the result',
  group: 'View',
  icon: Eye,
  shortcuts: ['M'],
  keywords: 'hide outline overlay',
  predicate: (state) => shownResult(state) !== undefined && currentDocument(state)?.mask !== undefined,
  pressed: (state) => state.maskShown,
  perform: ({ store }) => {
    const { maskShown, setMaskShown } = store.getState();
    setMaskShown(!maskShown);
  },
};
