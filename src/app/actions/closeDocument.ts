import { X } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionCloseDocument: Action = {
  name: 'file.close',
  label: say.closeDocument,
  group: 'File',
  icon: X,
  keywords: say.closeDocumentKeywords,
  predicate: (state) => currentDocument(state) !== undefined && state.generation.status === 'idle',
  perform: ({ store }) => {
    const { currentId, closeDocument } = store.getState();
    if (currentId !== undefined) closeDocument(currentId);
  },
};
