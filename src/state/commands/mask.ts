/** Painting, clearing, masks from the request's zones, and undo. */

import { fullPlaceName } from '../../findings/words';
import type { Mask } from '../../imaging/radiograph';
import * as notices from '../../messages/en/notices';
import { listed } from '../../messages/numbers';
import type { Box } from '../../record/history/maskDelta';
import { withShown } from '../../record/masks/namedMasks';
import { currentDocument } from '../slices/documents';
import { analysisOf, redone, undone, withMask } from '../../record/studioDocument';
import type { Studio } from '../studio';
import { maskOfPlaces } from '../zoneMask';
import { packHistory } from './packHistory';

/** @param changed the box outside which nothing changed */
export function paint(studio: Studio, documentId: string, mask: Mask, changed?: Box): void {
  studio.store.getState().updateDocument(documentId, 'undoable', (document) => {
    const painted = withMask(document, mask, 'Mask', changed);
    const { activeMaskId } = painted;
    // Nobody paints on what cannot be seen.
    return activeMaskId === undefined ? painted : { ...painted, ...withShown(painted, activeMaskId, true) };
  });
  void packHistory(studio);
}

export function clearMask({ store }: Studio): void {
  store.getState().updateCurrent('undoable', (document) => withMask(document, undefined, 'Clear mask'));
}

/** The selected zones, as the anatomist sees them, become the mask; what was painted is kept. */
export function maskFromZones({ store }: Studio): void {
  const document = currentDocument(store.getState());
  const analysis = analysisOf(document);
  if (document === undefined || analysis === undefined || document.request.places.length === 0) return;
  const { places } = document.request;
  const mask = maskOfPlaces(analysis, places, document.radiograph, document.mask);
  if (mask === undefined) {
    const title = notices.notFoundHere({ places: listed(places.map(fullPlaceName)) });
    store.getState().notify({ tone: 'warning', title, problems: [] });
    return;
  }
  store.getState().updateDocument(document.id, 'undoable', (open) => withMask(open, mask, 'Mask from zones'));
}

export function undo({ store }: Studio): void {
  store.getState().updateCurrent('history', undone);
}

export function redo({ store }: Studio): void {
  store.getState().updateCurrent('history', redone);
}
