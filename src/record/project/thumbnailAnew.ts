/** Another small picture for one that was lost. */

import { radiographSchema } from '../../imaging/schema';
import type { Radiograph } from '../../imaging/radiograph';
import { inSlices } from '../../imaging/slices';
import type { CandidateSet } from '../candidates';
import { loadImage } from '../pixels/storedCounterfactual';
import type { StudioDocument } from '../studioDocument';
import { thumbnailInSlices, thumbnailOf, type Thumbnail } from '../thumbnail';
import type { Version } from '../version';
import type { Repaired } from './repaired';

/** @param image of whatever kind; undefined where it is no picture either */
export function thumbnailAnew(image: unknown): Thumbnail | undefined {
  return radiographSchema.safeParse(image).success ? thumbnailOf(image as Radiograph) : undefined;
}

/** Stands for the thumbnail of a picture whose pixels are not read yet. */
export const BLANK: Thumbnail = { width: 1, height: 1, data: new Uint8ClampedArray(4) };

async function withThumbnail(version: Version): Promise<Version> {
  if (version.thumbnail !== BLANK) return version;
  try {
    return { ...version, thumbnail: await inSlices(thumbnailInSlices(await loadImage(version))) };
  } catch {
    // The version has lost its picture too, which is said when it is looked at.
    return version;
  }
}

/** The project with thumbnails in the place of blank ones: their pixels are read for it, one after another. */
export async function withThumbnails(repaired: Repaired): Promise<Repaired> {
  const { project, losses } = repaired;
  const isBlank = ({ thumbnail }: Version): boolean => thumbnail === BLANK;
  const lacks = ({ versions, candidates = [] }: StudioDocument): boolean =>
    versions.some(isBlank) || candidates.some(({ items }) => items.some(isBlank));
  if (!project.documents.some(lacks)) return repaired;
  const documents: StudioDocument[] = [];
  for (const document of project.documents) {
    const versions: Version[] = [];
    for (const version of document.versions) versions.push(await withThumbnail(version));
    const candidates: CandidateSet[] = [];
    for (const set of document.candidates ?? []) {
      const items: Version[] = [];
      for (const item of set.items) items.push(await withThumbnail(item));
      candidates.push({ ...set, items });
    }
    documents.push({ ...document, versions, ...(document.candidates === undefined ? {} : { candidates }) });
  }
  return { project: { ...project, documents }, losses };
}
