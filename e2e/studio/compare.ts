/** What a saved counterfactual must be: the source, bit for bit, wherever its mask is 0. */

import { expect } from '@playwright/test';
import { recipeFromText } from '../../src/counterfactual/recipe';
import type { Recipe } from '../../src/counterfactual/edit';
import { openRadiograph } from '../../src/dicom/open';
import { decodePng, readPngText } from '../../src/imaging/png';
import type { GivenFile } from './driver';

const RECIPE_KEYWORD = 'Counterpart-Recipe';
/** Byte of IHDR that holds the bit depth. */
const BIT_DEPTH = 24;

export interface Comparison {
  readonly recipe: Recipe;
  readonly changedInside: number;
  readonly changedOutside: number;
  /** Mean change of presentation inside the mask as a share of the window; positive is brighter. */
  readonly meanChange: number;
}

export async function compareSaved(source: GivenFile, saved: GivenFile, mask: GivenFile): Promise<Comparison> {
  const before = await openRadiograph(source.bytes, source.name);
  const after = decodePng(saved.bytes, saved.name);
  const bounds = decodePng(mask.bytes, mask.name);
  expect([after.width, after.height], 'the size of the source').toEqual([before.width, before.height]);
  expect([bounds.width, bounds.height], 'the size of the source').toEqual([before.width, before.height]);
  expect(after.bitsStored, 'the bits of the source').toBe(before.bitsStored);
  expect(saved.bytes[BIT_DEPTH], 'the depth of the source').toBe(before.bitsStored > 8 ? 16 : 8);
  expect(after.photometricInterpretation).toBe(before.photometricInterpretation);
  expect(after.synthetic, 'marked as synthetic').toBe(true);

  let changedInside = 0;
  let changedOutside = 0;
  let change = 0;
  let inside = 0;
  const sign = before.photometricInterpretation === 'MONOCHROME1' ? -1 : 1;
  for (let index = 0; index < before.pixels.length; index++) {
    const difference = (after.pixels[index] ?? 0) - (before.pixels[index] ?? 0);
    if (bounds.pixels[index] === 0) {
      if (difference !== 0) changedOutside++;
    } else {
      inside++;
      change += difference * sign;
      if (difference !== 0) changedInside++;
    }
  }
  const recipe = recipeOf(saved);
  const meanChange = (change * before.rescaleSlope) / Math.max(1, inside) / before.window.windowWidth;
  return { recipe, changedInside, changedOutside, meanChange };
}

/** What a saved counterfactual says of how it was made. */
export function recipeOf(saved: GivenFile): Recipe {
  return recipeFromText(readPngText(saved.bytes)[RECIPE_KEYWORD] ?? '', saved.name);
}
