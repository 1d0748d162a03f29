import { X } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionCloseDocument: Action = {
  name: 'file.close',
  label: 'Close radiograph',
  group: 'File',
  icon: X,
  keywords: 'remove',
  predicate: (state) => currentDocument(state) !== undefined && state.generation.status === 'idle',
  perform: ({ store }) => {
    const { currentId, closeDocument } = store.getState();
    if (currentId !== undefined) closeDocument(currentId);
  },
};
