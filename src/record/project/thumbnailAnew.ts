/** Another small picture for one that was lost. */

import { radiographSchema } from '../../imaging/schema';
import type { Radiograph } from '../../imaging/radiograph';
import { thumbnailOf, type Thumbnail } from '../thumbnail';

/** @param image of whatever kind; undefined where it is no picture either */
export function thumbnailAnew(image: unknown): Thumbnail | undefined {
  return radiographSchema.safeParse(image).success ? thumbnailOf(image as Radiograph) : undefined;
}
