/** How many results a request is asked for: as many seeds as the user wants, where another seed can give another answer. */

import { isFocal } from '../counterfactual/locate/focal';
import type { StudioDocument } from '../record/studioDocument';
import { onlyErases } from './requestedEdit';
import { currentDocument, type DocumentsSlice } from './slices/documents';
import type { QueueSlice } from './slices/queue';

/**
 * What goes leaves one picture, a clear lung or a heart of usual size: results of other seeds cannot be told from the first
 * (docs/decisions/135-one-answer.md). What covers a nodule or a mass is chosen by the seed, and inpainting makes all of it anew.
 */
export function hasOneAnswer({ request, mask }: Pick<StudioDocument, 'request' | 'mask'>): boolean {
  return onlyErases(request, mask) && request.sampling.sampler !== 'inpaint' && !isFocal(request.finding);
}

export function seedsAsked(
  state: Pick<DocumentsSlice, 'documents' | 'currentId'> & Pick<QueueSlice, 'seedCount'>,
): number {
  const document = currentDocument(state);
  return document !== undefined && hasOneAnswer(document) ? 1 : state.seedCount;
}
