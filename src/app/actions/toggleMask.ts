import { Eye } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { shownResult } from '../../state/shownResult';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionToggleMask: Action = {
  name: 'view.mask',
  label: say.toggleMask,
  group: 'View',
  icon: Eye,
  shortcuts: ['M'],
  keywords: say.toggleMaskKeywords,
  predicate: (state) => shownResult(state) !== undefined && currentDocument(state)?.mask !== undefined,
  pressed: (state) => state.maskShown,
  perform: ({ store }) => {
    const { maskShown, setMaskShown } = store.getState();
    setMaskShown(!maskShown);
  },
};
