/**
 * Where opacity goes, the chest wall stays as it is: on films of little contrast the denoiser draws a bright rim around lungs that
 * it clears (docs/decisions/188). Less in the lungs never makes what lies beside them denser. Inside them it may: what was
 * over-exposed beside an opacity is brought level with the rest.
 */

import { gradeAt } from '../findings/change';
import { knowledgeOf } from '../findings/knowledge';
import type { RegionMaps } from '../findings/regions';
import type { ImageGrid } from '../networks/typed';
import type { Asked, Edit } from './edit';
import { partsOf } from './parts';
import { lungShare } from './realism/realism';

/**
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 * @returns `after` itself where anything but opacity is asked, or more of it than none
 */
export function withoutBrightRims(before: ImageGrid, after: ImageGrid, edit: Edit, regions: RegionMaps): ImageGrid {
  if (!clearsOpacityOnly(edit)) return after;
  const lungs = lungShare(regions);
  const made = after.slice();
  for (let at = 0; at < made.length; at++) {
    const [value, was] = [made[at] as number, before[at] as number];
    // What is no number is told by what is made of it.
    if (!(value <= was)) made[at] = was + (value - was) * (lungs[at] as number);
  }
  return made;
}

/** Whether nothing is asked but that opacity goes. */
export function clearsOpacityOnly(edit: Asked): boolean {
  return partsOf(edit).every(
    (part) =>
      knowledgeOf(part.finding).opacityLike &&
      part.severity === 0 &&
      part.places.every((place) => gradeAt(part, place) === 0),
  );
}
