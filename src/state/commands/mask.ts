/** Masks that need no brush, and undo. */

import { placeName } from '../../findings/knowledge';
import type { Mask } from '../../imaging/radiograph';
import { currentDocument } from '../slices/documents';
import { redone, undone, withMask } from '../studioDocument';
import type { Studio } from '../studio';
import { maskOfPlaces } from '../zoneMask';
import { analysisOf } from '../studioDocument';

export function paint({ store }: Studio, documentId: string, mask: Mask): void {
  store.getState().updateDocument(documentId, (document) => withMask(document, mask, 'Mask'));
}

export function clearMask({ store }: Studio): void {
  store.getState().updateCurrent((document) => withMask(document, undefined, 'Clear mask'));
}

/** The selected zones, as the anatomist sees them, become the mask; what was painted is kept. */
export function maskFromZones({ store }: Studio): void {
  const document = currentDocument(store.getState());
  const analysis = analysisOf(document);
  if (document === undefined || analysis === undefined || document.request.places.length === 0) return;
  const { places } = document.request;
  const mask = maskOfPlaces(analysis, places, document.radiograph, document.mask);
  if (mask === undefined) {
    const title = `Not found in this picture: ${places.map(placeName).join(', ')}. Paint the mask instead.`;
    store.getState().notify({ tone: 'warning', title, problems: [] });
    return;
  }
  store.getState().updateDocument(document.id, (open) => withMask(open, mask, 'Mask from zones'));
}

export function undo({ store }: Studio): void {
  store.getState().updateCurrent(undone);
}

export function redo({ store }: Studio): void {
  store.getState().updateCurrent(redone);
}
