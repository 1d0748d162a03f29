import { Grid3x3, Shuffle } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

export const actionSwap: Action = {
  name: 'request.swap',
  label: say.swap,
  group: 'Request',
  icon: Shuffle,
  shortcuts: ['Shift+P'],
  keywords: say.swapKeywords,
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('swap');
  },
};

export const actionSwapMatrix: Action = {
  name: 'request.swapMatrix',
  label: say.swapMatrix,
  group: 'Request',
  icon: Grid3x3,
  keywords: say.swapMatrixKeywords,
  predicate: (state) => state.documents.length > 0,
  perform: ({ store }) => {
    store.getState().setDialog('matrix');
  },
};
