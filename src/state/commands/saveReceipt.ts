/** Hands the receipt of a result to the user, as a DICOM report. */

import { originOf } from '../../counterfactual/recipe';
import { receiptOf } from '../../counterfactual/receipt/receipt';
import * as errors from '../../messages/en/errors';
import { exportedFile, exportedImage, exportedRecipe, exportedRequest } from '../exportIdentity';
import { imageNow, loadImage } from '../../record/pixels/storedCounterfactual';
import { currentDocument, currentVersion } from '../slices/documents';
import type { Studio } from '../studio';
import { attempt } from './export';

/** It names the result as `saveAsDicom` saves it in this visit, before or after. */
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
    const bytes = await encodeReceipt(
      exportedImage(state, imageNow(version) ?? (await loadImage(version))),
      receiptOf(counterfactual, changedOutside, release.rulers),
      {
        recipe,
        request: exportedRequest(state, version),
        film: await originOf(document.radiograph),
        version: release.release,
      },
    );
    studio.services.save(
      bytes,
      await exportedFile(state, document.radiograph, `receipt-${String(recipe.sampling.seed)}`, 'dcm'),
      'application/dicom',
    );
  });
}
