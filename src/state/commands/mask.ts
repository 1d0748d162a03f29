/** Masks that need no brush, and undo. */

import type { Mask } from '../../imaging/radiograph';
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
  store.getState().updateCurrent((document) => {
    const analysis = analysisOf(document);
    if (analysis === undefined || document.request.places.length === 0) return document;
    const mask = maskOfPlaces(analysis, document.request.places, document.radiograph, document.mask);
    return withMask(document, mask, 'Mask from zones');
  });
}

export function undo({ store }: Studio): void {
  store.getState().updateCurrent(undone);
}

export function redo({ store }: Studio): void {
  store.getState().updateCurrent(redone);
}
