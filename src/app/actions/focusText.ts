import { MessageSquareText } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const TEXT_LINE_ID = 'request-in-words';

export const actionFocusText: Action = {
  name: 'request.say',
  label: 'Say it in words',
  group: 'Request',
  icon: MessageSquareText,
  shortcuts: ['/'],
  keywords: 'text type sentence',
  predicate: (state) => currentDocument(state) !== undefined,
  perform: () => {
    const line = document.getElementById(TEXT_LINE_ID);
    line?.focus();
    if (line instanceof HTMLInputElement) line.select();
  },
};
