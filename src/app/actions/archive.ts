/** The archive that the studio's own server leads to: offered where there is one. */

import { CloudDownload, CloudUpload } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { Action } from './action';

export const actionOpenArchive: Action = {
  name: 'file.openArchive',
  label: say.openArchive,
  group: 'File',
  icon: CloudDownload,
  keywords: say.openArchiveKeywords,
  predicate: (state) => state.archive !== undefined,
  perform: ({ store }) => {
    store.getState().setDialog('archive');
  },
};

/** Results of a film that says which study it is of; whether the archive has that is asked in the dialog. */
export const actionSendToArchive: Action = {
  name: 'file.sendToArchive',
  label: say.sendToArchive,
  group: 'File',
  icon: CloudUpload,
  keywords: say.sendToArchiveKeywords,
  predicate: (state) => {
    const document = currentDocument(state);
    return (
      state.archive !== undefined && document?.radiograph.dicomReference !== undefined && document.versions.length > 0
    );
  },
  perform: ({ store }) => {
    store.getState().setDialog('archiveSend');
  },
};
