/** What every exported picture says of itself. */

import type { Recipe } from '../counterfactual/edit';
import type { Radiograph } from '../imaging/radiograph';

/** PNG keyword under which the recipe travels, as JSON. */
export const RECIPE_KEYWORD = 'Counterpart-Recipe';

export const NOTE =
  'Synthetic counterfactual radiograph made with Counterpart. Research use only. Not a medical device.';

/** Of a PNG of a result. */
export function pngTexts(recipe: Recipe): Readonly<Record<string, string>> {
  return { Software: 'Counterpart', Description: NOTE, [RECIPE_KEYWORD]: JSON.stringify(recipe) };
}

/** Without its name, and without an archive's identifiers: whoever has the original finds it by the hash in the recipe. */
export function withoutNames(image: Radiograph): Radiograph {
  const { dicomReference: _, ...rest } = image;
  return rest;
}

/** Without the name of the file that the result was made from. */
export function unnamedRecipe(recipe: Recipe): Recipe {
  const { name: _, ...source } = recipe.source;
  return { ...recipe, source };
}
