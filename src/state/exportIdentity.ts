/**
 * What an export says of where it came from: digits of the hash of the radiograph's pixels, and a number. Names of files, and
 * words that the user typed, go along only when the user asks for them: either may name a patient.
 */

import type { Recipe } from '../counterfactual/edit';
import { partsOf } from '../counterfactual/parts';
import { storedHash } from '../counterfactual/recipe';
import { formatEdits } from '../findings/editText';
import type { Radiograph } from '../imaging/radiograph';
import type { NamedMask } from '../record/masks/namedMasks';
import { projectTitle, type ProjectParts } from '../record/project/snapshot';
import type { StudioState } from './store';
import type { Version } from '../record/studioDocument';

type Asked = Pick<StudioState, 'namesInExports'>;

/** Digits of a hash that tell a radiograph from the others on a disk. */
const HASH_DIGITS = 8;

/** Without what a file name should not hold, and without a file's ending. */
export function fileStem(name: string, otherwise = 'radiograph'): string {
  const stem = name
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return stem === '' ? otherwise : stem;
}

/** "radiograph-3f2a91bc"; "chest.dcm" where names were asked for. */
export async function exportedTitle(
  { namesInExports }: Asked,
  radiograph: Pick<Radiograph, 'name' | 'pixels'>,
): Promise<string> {
  return namesInExports ? radiograph.name : `radiograph-${(await storedHash(radiograph)).slice(0, HASH_DIGITS)}`;
}

/** "radiograph-3f2a91bc-counterfactual-7.png"; "chest-counterfactual-7.png" where names were asked for. */
export async function exportedFile(
  asked: Asked,
  radiograph: Pick<Radiograph, 'name' | 'pixels'>,
  kind: string,
  extension: 'png' | 'dcm' = 'png',
): Promise<string> {
  return `${fileStem(await exportedTitle(asked, radiograph))}-${kind}.${extension}`;
}

/** Of what belongs to the project as a whole: a project is called like its first file until it gets a name. */
export function exportedProjectFile(
  state: Asked & Pick<ProjectParts, 'project' | 'documents'>,
  kind: string,
  extension: 'png' | 'zip',
): string {
  return `${state.namesInExports ? fileStem(projectTitle(state), 'project') : 'counterpart'}-${kind}.${extension}`;
}

/** Older projects hold recipes with the file's name; newer ones have it beside the pixels only. */
export function exportedRecipe({ namesInExports }: Asked, { image, recipe }: Version['counterfactual']): Recipe {
  const { name = image.name, ...source } = recipe.source;
  return { ...recipe, source: namesInExports ? { name, ...source } : source };
}

/** The request as the vocabulary has it. As it was typed it may hold anything, and a donor's name stands before a swap. */
export function exportedRequest(
  { namesInExports }: Asked,
  { counterfactual, label }: Pick<Version, 'counterfactual' | 'label'>,
): string {
  return namesInExports ? label : formatEdits(partsOf(counterfactual.recipe.edit));
}

/** Names typed for a mask say what it shows, and stay; a mask that was called like its file has a number. */
export function exportedMaskName(
  { namesInExports }: Asked,
  { name, fromFile }: Pick<NamedMask, 'name' | 'fromFile'>,
  number: number,
): string {
  return fromFile === true && !namesInExports ? `Mask ${String(number)}` : name;
}

/** An archive's identifiers of the source are names, too: whoever has the original finds it by the hash in the recipe. */
export function exportedImage({ namesInExports }: Asked, image: Radiograph): Radiograph {
  if (namesInExports) return image;
  const { dicomReference: _, ...rest } = image;
  return rest;
}
