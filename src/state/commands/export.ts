/** Hands results to the user: the counterfactual with its recipe inside, the mask, the recipe as text. */

import { originOf } from '../../counterfactual/recipe';
import { pngTexts } from '../../export/about';
import { encodeMaskPng } from '../../imaging/mask';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { exportedFile, exportedImage, exportedRecipe, exportedRequest } from '../exportIdentity';
import { imageNow, loadImage, loadMask, maskNow } from '../../record/pixels/storedCounterfactual';
import { toProblem } from '../../record/problem';
import { noteSaved } from './savedPictures';
import { currentDocument, currentVersion } from '../slices/documents';
import type { Studio } from '../studio';

/** A failure is told, and nothing is lost. */
export async function attempt({ store }: Studio, doing: string, effect: () => void | Promise<void>): Promise<void> {
  try {
    await effect();
  } catch (error) {
    store.getState().notify({ tone: 'error', title: notices.nothingSaved(), problems: [toProblem(error, doing)] });
  }
}

/** As it is seen, which every viewer shows alike. */
export function saveCounterfactual(studio: Studio): Promise<void> {
  return savePng(studio, true);
}

/** With its stored values, 8 or 16 bits: other viewers show those as they like. */
export function saveStoredPng(studio: Studio): Promise<void> {
  return savePng(studio, false);
}

async function savePng(studio: Studio, seen: boolean): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  const version = currentVersion(state);
  if (document === undefined || version === undefined) return;
  await attempt(studio, errors.savingCounterfactual(), async () => {
    // Fetched when first needed, as it is for opening.
    const [{ encodePng }, { asSeen }] = await Promise.all([
      import('../../imaging/png'),
      import('../../imaging/as-seen'),
    ]);
    const recipe = exportedRecipe(state, version.counterfactual);
    const image = imageNow(version) ?? (await loadImage(version));
    const bytes = encodePng(seen ? asSeen(image) : image, pngTexts(recipe));
    const kind = `counterfactual-${String(recipe.sampling.seed)}${seen ? '' : '-stored'}`;
    studio.services.save(bytes, await exportedFile(state, document.radiograph, kind), 'image/png');
  });
}

/** A secondary capture that states what it is; nothing of the patient goes with it. */
export async function saveAsDicom(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  const version = currentVersion(state);
  if (document === undefined || version === undefined) return;
  await attempt(studio, errors.savingCounterfactual(), async () => {
    const { encodeDicom } = await import('../../export/writers/pictures');
    const recipe = exportedRecipe(state, version.counterfactual);
    const bytes = await encodeDicom(exportedImage(state, imageNow(version) ?? (await loadImage(version))), {
      recipe,
      request: exportedRequest(state, version),
      film: await originOf(document.radiograph),
      version: state.release?.release ?? '0',
    });
    studio.services.save(
      bytes,
      await exportedFile(state, document.radiograph, `counterfactual-${String(recipe.sampling.seed)}`, 'dcm'),
      'application/dicom',
    );
    noteSaved(studio, { documentId: document.id, versionId: version.id }, state.namesInExports);
  });
}

export async function saveMask(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  const version = currentVersion(state);
  if (document === undefined) return;
  await attempt(studio, errors.savingMask(), async () => {
    const mask = version === undefined ? document.mask : (maskNow(version) ?? (await loadMask(version)));
    if (mask === undefined) return;
    studio.services.save(encodeMaskPng(mask), await exportedFile(state, document.radiograph, 'mask'), 'image/png');
  });
}

export async function copyRecipe(studio: Studio): Promise<void> {
  const version = currentVersion(studio.store.getState());
  if (version === undefined) return;
  try {
    await studio.services.copyText(
      JSON.stringify(exportedRecipe(studio.store.getState(), version.counterfactual), undefined, 2),
    );
    studio.store.getState().notify({ tone: 'success', title: notices.recipeCopied(), problems: [] });
  } catch (error) {
    const problem = toProblem(error, errors.copyingRecipe());
    studio.store.getState().notify({ tone: 'error', title: notices.recipeNotCopied(), problems: [problem] });
  }
}
