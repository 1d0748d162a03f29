import { Contrast } from 'lucide-react';
import { changeView } from '../../state/commands/view';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionInvert: Action = {
  name: 'view.invert',
  label: 'Invert grey scale',
  group: 'View',
  icon: Contrast,
  shortcuts: ['I'],
  keywords: 'negative black white',
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => state.view?.inverted ?? false,
  perform: (studio) => {
    changeView(studio, { inverted: !(studio.store.getState().view?.inverted ?? false) });
  },
};
