/** Which radiographs are open, and which of them is on the screen. */

import type { StateCreator } from 'zustand/vanilla';
import { about, type NoticesSlice } from './notices';
import type { ProjectSlice } from './project';
import { accepted, type Effect } from '../../record/effect';
import { showing, shownVersion, type StudioDocument, type Version } from '../../record/studioDocument';

export interface DocumentsSlice {
  /** In the order of opening. */
  readonly documents: readonly StudioDocument[];
  readonly currentId: string | undefined;
  addDocument(document: StudioDocument): void;
  closeDocument(id: string): void;
  /** Opens the radiograph closed last again, with all that belongs to it; then the one closed before it. */
  reopenDocument(): void;
  /** Puts a result on the screen beside what it was made from; without a version the radiograph. */
  showDocument(id: string, versionId?: string): void;
  /** Changes one open document, as much as such a change may (record/effect.ts); closed meanwhile: nothing happens. */
  updateDocument(id: string, effect: Effect, change: (document: StudioDocument) => StudioDocument): void;
  updateCurrent(effect: Effect, change: (document: StudioDocument) => StudioDocument): void;
}

export const createDocumentsSlice: StateCreator<
  DocumentsSlice & Pick<ProjectSlice, 'closedDocuments'> & Pick<NoticesSlice, 'notices'>,
  [],
  [],
  DocumentsSlice
> = (set, get) => ({
  documents: [],
  currentId: undefined,
  addDocument: (document) => {
    set(({ documents }) => ({ documents: [...documents, document], currentId: document.id }));
  },
  closeDocument: (id) => {
    set(({ documents, currentId, closedDocuments, notices }) => {
      const index = documents.findIndex((document) => document.id === id);
      const closed = documents[index];
      if (closed === undefined) return {};
      const rest = documents.filter((document) => document.id !== id);
      const neighbour = rest[Math.min(index, rest.length - 1)];
      return {
        documents: rest,
        currentId: currentId === id ? neighbour?.id : currentId,
        closedDocuments: [...closedDocuments, closed],
        notices: notices.filter((notice) => notice.about?.includes(about.document(id)) !== true),
      };
    });
  },
  reopenDocument: () => {
    set(({ documents, closedDocuments }) => {
      const reopened = closedDocuments.at(-1);
      if (reopened === undefined) return {};
      const open = documents.some(({ id }) => id === reopened.id) ? documents : [...documents, reopened];
      return { documents: open, currentId: reopened.id, closedDocuments: closedDocuments.slice(0, -1) };
    });
  },
  showDocument: (id, versionId) => {
    set({ currentId: id });
    get().updateDocument(id, 'transient', (document) => showing(document, versionId));
  },
  updateDocument: (id, effect, change) => {
    set(({ documents }) => ({
      documents: documents.map((document) =>
        document.id === id ? accepted(document, change(document), effect) : document,
      ),
    }));
  },
  updateCurrent: (effect, change) => {
    const { currentId, updateDocument } = get();
    if (currentId !== undefined) updateDocument(currentId, effect, change);
  },
});

export function currentDocument(state: Pick<DocumentsSlice, 'documents' | 'currentId'>): StudioDocument | undefined {
  return state.documents.find((document) => document.id === state.currentId);
}

export function currentVersion(state: Pick<DocumentsSlice, 'documents' | 'currentId'>): Version | undefined {
  return shownVersion(currentDocument(state));
}
