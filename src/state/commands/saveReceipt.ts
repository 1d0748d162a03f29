/** Hands the receipt of a result to the user, as a DICOM report. */

import { originOf } from '../../counterfactual/recipe';
import { receiptOf } from '../../counterfactual/receipt/receipt';
import * as errors from '../../messages/en/errors';
import { exportedFile, exportedImage, exportedRecipe, exportedRequest } from '../exportIdentity';
import { imageNow, loadImage } from '../../record/pixels/storedCounterfactual';
import { currentDocument, currentVersion } from '../slices/documents';
import type { Studio } from '../studio';
import { attempt } from './export';
import { savedWithNames } from './savedPictures';

/** It names the result as `saveAsDicom` saved it last in this visit, whatever names were asked for then; else as it would save it now. */
export async function saveReceipt(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const { release } = state;
  const document = currentDocument(state);
  const version = currentVersion(state);
  if (document === undefined || version === undefined || release === undefined) return;
  await attempt(studio, errors.savingReceipt(), async () => {
    const { encodeReceipt } = await import('../../export/writers/pictures');
    const { counterfactual, changedOutside } = version;
    const recipe = exportedRecipe(state, counterfactual);
    const image = imageNow(version) ?? (await loadImage(version));
    const film = await originOf(document.radiograph);
    const asAsked = (asked: { readonly namesInExports: boolean }) => ({
      image: exportedImage(asked, image),
      recipe: exportedRecipe(asked, counterfactual),
      request: exportedRequest(asked, version),
      film,
      version: release.release,
    });
    const saved = savedWithNames(studio, { documentId: document.id, versionId: version.id });
    const bytes = await encodeReceipt(
      asAsked(state),
      receiptOf(counterfactual, changedOutside, release.rulers),
      asAsked({ namesInExports: saved ?? state.namesInExports }),
    );
    studio.services.save(
      bytes,
      await exportedFile(state, document.radiograph, `receipt-${String(recipe.sampling.seed)}`, 'dcm'),
      'application/dicom',
    );
  });
}
