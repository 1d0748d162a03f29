/** A copy of the film on the screen in which rectangles are black, opened as a film of its own. The original stays as it is. */

import type { Box } from '../../imaging/box';
import { blackOf, withBoxes } from '../../imaging/cover';
import { newRadiographId, type Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/cover';
import { about } from '../slices/notices';
import type { Studio } from '../studio';
import { toProblem } from '../../record/problem';
import { openMade } from './openFiles';

/** "chest (covered).dcm". */
function coveredName(name: string): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[A-Za-z0-9]{1,5})?$/s.exec(name) ?? [];
  return say.coveredName({ stem, ending });
}

/**
 * @param nothingLeft the user says that no text is burned in any more. Otherwise nothing is claimed: a NO of the file was said of
 *   other pixels, and a YES may still hold
 */
export function coveredCopy(film: Radiograph, boxes: readonly Box[], nothingLeft: boolean): Radiograph {
  const { burnedInAnnotation, ...rest } = film;
  const claim = nothingLeft ? 'NO' : burnedInAnnotation === 'YES' ? 'YES' : undefined;
  return {
    ...rest,
    id: newRadiographId(),
    name: coveredName(film.name),
    pixels: withBoxes(film.pixels, film.width, boxes, blackOf(film)),
    ...(claim && { burnedInAnnotation: claim }),
  };
}

/** Closes the dialog once the copy is there: where it cannot be made, the boxes stay. */
export async function openCovered(
  studio: Studio,
  film: Radiograph,
  boxes: readonly Box[],
  nothingLeft: boolean,
): Promise<void> {
  if (boxes.length === 0) return;
  const { notify, setDialog } = studio.store.getState();
  try {
    await openMade(studio, coveredCopy(film, boxes, nothingLeft), ({ id }) => {
      setDialog(undefined);
      notify({ tone: 'success', title: say.opened({ name: film.name }), problems: [], about: [about.document(id)] });
    });
  } catch (error) {
    notify({ tone: 'error', title: say.notCovered(), problems: [toProblem(error, say.covering({ name: film.name }))] });
  }
}
