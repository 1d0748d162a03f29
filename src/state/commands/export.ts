/** Hands results to the user: the counterfactual with its recipe inside, the mask, the recipe as text. */

import type { Counterfactual } from '../../counterfactual/edit';
import { encodeMaskPng } from '../../imaging/mask';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { toProblem } from '../problem';
import { currentDocument, currentVersion } from '../slices/documents';
import type { Studio } from '../studio';
import type { Version } from '../studioDocument';

/** PNG keyword under which the recipe travels, as JSON. */
export const RECIPE_KEYWORD = 'Counterpart-Recipe';

export const NOTE = 'Synthetic counterfactual radiograph made with Counterpart. Research use only. Not a medical device.';

/** "chest.dcm" and seed 7 become "chest-counterfactual-7.png". */
export function exportName(sourceName: string, kind: string, extension: 'png' | 'dcm' | 'zip' = 'png'): string {
  const stem = sourceName.replace(/\.[a-z0-9]{2,5}$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '');
  return `${stem === '' ? 'radiograph' : stem}-${kind}.${extension}`;
}

export function recipeText(version: Pick<Version, 'counterfactual'>): string {
  return JSON.stringify(version.counterfactual.recipe);
}

/** What a PNG of a result says of itself. */
export function pngTexts(counterfactual: Counterfactual): Readonly<Record<string, string>> {
  return { Software: 'Counterpart', Description: NOTE, [RECIPE_KEYWORD]: recipeText({ counterfactual }) };
}

/** A failure is told, and nothing is lost. */
export async function attempt({ store }: Studio, doing: string, effect: () => void | Promise<void>): Promise<void> {
  try {
    await effect();
  } catch (error) {
    store.getState().notify({ tone: 'error', title: notices.nothingSaved(), problems: [toProblem(error, doing)] });
  }
}

export async function saveCounterfactual(studio: Studio): Promise<void> {
  const document = currentDocument(studio.store.getState());
  const version = currentVersion(studio.store.getState());
  if (document === undefined || version === undefined) return;
  await attempt(studio, errors.savingCounterfactual(), async () => {
    // Fetched when first needed, as it is for opening.
    const { encodePng } = await import('../../imaging/png');
    const { image, recipe } = version.counterfactual;
    const bytes = encodePng(image, pngTexts(version.counterfactual));
    studio.services.save(bytes, exportName(document.radiograph.name, `counterfactual-${String(recipe.sampling.seed)}`), 'image/png');
  });
}

/** A secondary capture that states what it is; nothing of the patient goes with it. */
export async function saveAsDicom(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  const version = currentVersion(state);
  if (document === undefined || version === undefined) return;
  await attempt(studio, errors.savingCounterfactual(), async () => {
    const { writeCounterfactual } = await import('../../dicom/write-counterfactual');
    const { image, recipe } = version.counterfactual;
    const bytes = writeCounterfactual(image, {
      version: state.release?.release ?? '0',
      description: `${NOTE} Asked: ${version.label}`,
      recipe: recipeText(version),
    });
    studio.services.save(bytes, exportName(document.radiograph.name, `counterfactual-${String(recipe.sampling.seed)}`, 'dcm'), 'application/dicom');
  });
}

export async function saveMask(studio: Studio): Promise<void> {
  const document = currentDocument(studio.store.getState());
  const mask = currentVersion(studio.store.getState())?.counterfactual.mask ?? document?.mask;
  if (document === undefined || mask === undefined) return;
  await attempt(studio, errors.savingMask(), () => {
    studio.services.save(encodeMaskPng(mask), exportName(document.radiograph.name, 'mask'), 'image/png');
  });
}

export async function copyRecipe(studio: Studio): Promise<void> {
  const version = currentVersion(studio.store.getState());
  if (version === undefined) return;
  try {
    await studio.services.copyText(JSON.stringify(version.counterfactual.recipe, undefined, 2));
    studio.store.getState().notify({ tone: 'success', title: notices.recipeCopied(), problems: [] });
  } catch (error) {
    const problem = toProblem(error, errors.copyingRecipe());
    studio.store.getState().notify({ tone: 'error', title: notices.recipeNotCopied(), problems: [problem] });
  }
}
