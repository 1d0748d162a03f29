import { MessageSquareText } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const TEXT_LINE_ID = 'request-in-words';

/** The keys are the studio's again: else "?" and the numbers of comparisons go on into the words. */
export function leaveText(): void {
  const line = document.activeElement;
  if (line?.id !== TEXT_LINE_ID || !(line instanceof HTMLElement)) return;
  const picture = document.querySelector<HTMLElement>('[data-testid=viewport] [role=application]');
  line.blur();
  picture?.focus({ preventScroll: true });
}

export const actionFocusText: Action = {
  name: 'request.say',
  label: say.focusText,
  group: 'Request',
  icon: MessageSquareText,
  shortcuts: ['/'],
  keywords: say.focusTextKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ store }) => {
    const hidden = store.getState().panelTab !== 'ask';
    store.getState().setPanelTab('ask');
    const focus = () => {
      const line = document.getElementById(TEXT_LINE_ID);
      line?.focus();
      if (line instanceof HTMLTextAreaElement) line.select();
    };
    // What another tab hides has to be drawn before it can take the focus.
    if (hidden) requestAnimationFrame(focus);
    else focus();
  },
};
