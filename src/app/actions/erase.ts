import { Eraser } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { setSeverity } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

/** Asks for the finding to be gone; pressed again, asks for a moderate one. */
export const actionErase: Action = {
  name: 'request.erase',
  label: say.erase,
  group: 'Request',
  icon: Eraser,
  keywords: say.eraseKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => currentDocument(state)?.request.severity === 0,
  perform: (studio) => {
    const severity = currentDocument(studio.store.getState())?.request.severity;
    setSeverity(studio, severity === 0 ? 2 : 0);
  },
};
