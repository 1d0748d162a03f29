import { Contrast } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { changeView } from '../../state/commands/view';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionInvert: Action = {
  name: 'view.invert',
  label: say.invert,
  group: 'View',
  icon: Contrast,
  shortcuts: ['I'],
  keywords: say.invertKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => state.view?.inverted ?? false,
  perform: (studio) => {
    changeView(studio, { inverted: !(studio.store.getState().view?.inverted ?? false) });
  },
};
