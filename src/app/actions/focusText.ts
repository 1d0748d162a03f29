import { MessageSquareText } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const TEXT_LINE_ID = 'request-in-words';

export const actionFocusText: Action = {
  name: 'request.say',
  label: say.focusText,
  group: 'Request',
  icon: MessageSquareText,
  shortcuts: ['/'],
  keywords: say.focusTextKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: () => {
    const line = document.getElementById(TEXT_LINE_ID);
    line?.focus();
    if (line instanceof HTMLTextAreaElement) line.select();
  },
};
