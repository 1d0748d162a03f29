import { ClipboardPaste } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import type { Action } from './action';

export const actionFromReport: Action = {
  name: 'request.report',
  label: say.fromReport,
  group: 'Request',
  icon: ClipboardPaste,
  keywords: say.fromReportKeywords,
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('report');
  },
};
