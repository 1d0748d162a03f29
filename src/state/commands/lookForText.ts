/** Looks for writing in the pixels of films that were opened: names may stand there, and go into all that is made of them. */

import type { Box } from '../../imaging/box';
import type { Radiograph } from '../../imaging/radiograph';
import * as notices from '../../messages/en/notices';
import { allOf, listed } from '../../messages/numbers';
import type { StudioDocument } from '../../record/studioDocument';
import { about } from '../slices/notices';
import type { Studio } from '../studio';

/** Of many films; the rest is counted. */
const NAMED = 3;

/** Searched before: what was found then. Undefined where it could not be searched, which is not remembered. */
export async function textOf({ store, services }: Studio, radiograph: Radiograph): Promise<readonly Box[] | undefined> {
  const known = store.getState().foundText.get(radiograph.id);
  if (known !== undefined) return known;
  const boxes = await services.findText(radiograph).catch(() => undefined);
  if (boxes !== undefined) store.getState().noteText(radiograph.id, boxes);
  return boxes;
}

/** One warning for all. Samples, which have a credit, were looked at before they were shipped. */
export async function lookForText(studio: Studio, opened: readonly StudioDocument[]): Promise<void> {
  const { store } = studio;
  const warned: StudioDocument[] = [];
  let isSeen = false;
  for (const document of opened) {
    const { radiograph } = document;
    if (radiograph.credit !== undefined) continue;
    const found = (await textOf(studio, radiograph)) ?? [];
    if (found.length === 0 && radiograph.burnedInAnnotation !== 'YES') continue;
    isSeen ||= found.length > 0;
    warned.push(document);
  }
  const { documents, notify } = store.getState();
  const open = warned.filter(({ id }) => documents.some((document) => document.id === id));
  const [first] = open;
  if (first === undefined) return;
  const names = open.map(({ radiograph }) => radiograph.name);
  const shown = names.slice(0, NAMED);
  const more = names.length - shown.length;
  notify({
    tone: 'warning',
    title: (isSeen ? notices.textSeen : notices.textBurnedIn)({
      count: names.length,
      names: more > 0 ? notices.andMore({ names: listed(shown), more }) : allOf(shown),
    }),
    problems: [],
    ...(open.length === 1 && { about: [about.document(first.id)] }),
  });
}
