/** How many results a request is asked for: as many seeds as the user wants, where another seed can give another answer. */

import { isFocal } from '../counterfactual/locate/focal';
import { changeOf, isRemoval } from '../findings/change';
import { allAsked } from '../record/editRequest';
import type { StudioDocument } from '../record/studioDocument';
import { onlyErases } from './requestedEdit';
import { currentDocument, type DocumentsSlice } from './slices/documents';
import type { QueueSlice } from './slices/queue';

type Asked = Pick<StudioDocument, 'request' | 'mask'>;

/** Nothing is asked but what an erasure took: it is decoded, and no noise has a part in it. */
export function givesBack({ request, mask }: Asked): boolean {
  const asked = mask === undefined ? allAsked(request) : [changeOf(request)];
  return asked.every((change) => !isRemoval(change) && change.sketch?.taken !== undefined);
}

/**
 * What goes leaves one picture, a clear lung or a heart of usual size: results of other seeds cannot be told from the first
 * (docs/decisions/135-one-answer.md). What covers a nodule or a mass is chosen by the seed, and inpainting makes all of it anew.
 */
export function hasOneAnswer({ request, mask }: Asked): boolean {
  if (givesBack({ request, mask })) return true;
  return onlyErases(request, mask) && request.sampling.sampler !== 'inpaint' && !isFocal(request.finding);
}

export function seedsAsked(
  state: Pick<DocumentsSlice, 'documents' | 'currentId'> & Pick<QueueSlice, 'seedCount'>,
): number {
  const document = currentDocument(state);
  return document !== undefined && hasOneAnswer(document) ? 1 : state.seedCount;
}
