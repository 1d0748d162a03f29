/** What made a file that an export wrote: the recipe in a PNG's text or in a DICOM file's private element. */

import type { Recipe } from '../counterfactual/edit';
import { recipeFromText } from '../counterfactual/recipe';
import { recipeTextOf } from '../dicom/read-recipe';
import { isPng, textualChunks } from '../imaging/png-chunks';
import { textOfChunks } from '../imaging/png-text';
import { RECIPE_KEYWORD } from './about';

/**
 * @returns undefined where there is no recipe
 * @throws RecipeInvalidError where there is one that cannot be read
 */
export function recipeInFile(bytes: Uint8Array, name: string): Recipe | undefined {
  const text = isPng(bytes) ? textOfChunks(textualChunks(bytes))[RECIPE_KEYWORD] : recipeTextOf(bytes, name);
  return text === undefined ? undefined : recipeFromText(text, name);
}
