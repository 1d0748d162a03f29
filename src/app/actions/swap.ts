import { Grid3x3, Shuffle } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../state/studioDocument';
import type { Action } from './action';

export const actionSwap: Action = {
  name: 'request.swap',
  label: 'Swap pathology…',
  group: 'Request',
  icon: Shuffle,
  shortcuts: ['Shift+P'],
  keywords: 'borrow donor transfer another patient exchange',
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('swap');
  },
};

export const actionSwapMatrix: Action = {
  name: 'request.swapMatrix',
  label: 'Swap matrix…',
  group: 'Request',
  icon: Grid3x3,
  keywords: 'grid several patients donors borrow transfer',
  predicate: (state) => state.documents.length > 0,
  perform: ({ store }) => {
    store.getState().setDialog('matrix');
  },
};
