/** All that can be written of results. A new format is a writer in this list. */

import type { Writer } from './writer';
import { card } from './writers/card';
import { checksums } from './writers/checksums';
import { coco } from './writers/coco';
import { croissant } from './writers/croissant';
import { datasheet } from './writers/datasheet';
import { dialect } from './writers/dialect';
import { imageFolder } from './writers/imageFolder';
import { masks } from './writers/masks';
import { metadata } from './writers/metadata';
import { nnunet } from './writers/nnunet';
import { originals } from './writers/originals';
import { dicom, png, png8, sr } from './writers/pictures';
import { recipes } from './writers/recipes';
import { reports } from './writers/reports';
import { yolo } from './writers/yolo';

/** In the order in which they write: what describes files comes after them, what hashes them last. */
const WRITERS: readonly Writer[] = [
  png,
  png8,
  dicom,
  sr,
  masks,
  recipes,
  reports,
  originals,
  coco,
  yolo,
  nnunet,
  imageFolder,
  metadata,
  dialect,
  croissant,
  card,
  datasheet,
  checksums,
];

/** Written with any others. */
const ALWAYS: readonly string[] = [metadata.id, checksums.id];

/** What can be chosen. */
export const EXPORT_FORMATS: readonly Writer[] = WRITERS.filter(({ id }) => !ALWAYS.includes(id));

/** What a set is made of unless somebody chooses. */
export const USUAL_FORMATS: readonly string[] = [
  'png',
  'masks',
  'recipes',
  'reports',
  'croissant',
  'card',
  'datasheet',
];

/** A report of a picture that is not written would name what is nowhere. */
export function withNeeded(chosen: readonly string[]): readonly string[] {
  return chosen.includes(sr.id) && !chosen.includes(dicom.id) ? [...chosen, dicom.id] : chosen;
}

/** The writers of those names and those that always write, in their order. Unknown names are left out. */
export function writersOf(chosen: readonly string[]): readonly Writer[] {
  return WRITERS.filter(({ id }) => chosen.includes(id) || ALWAYS.includes(id));
}
