/** Opens a file; of one that holds several pictures, the one that the user chooses. */

import type { Radiograph } from '../../imaging/radiograph';
import type { Studio } from '../studio';
import { until } from '../until';

/** Undefined: the user wants none of its frames. @throws CounterpartError that names the file */
export async function openChosen(studio: Studio, bytes: Uint8Array, name: string): Promise<Radiograph | undefined> {
  const { services } = studio;
  const opening = services.open(bytes, name);
  const first = await opening.catch(() => undefined);
  // That the first cannot be read says nothing of the others.
  const count = first ? (first.frame?.count ?? 1) : await services.countFrames(bytes, name).catch(() => 1);
  if (count === 1) return opening;
  const frame = await askFrame(studio, bytes, name, count);
  if (frame === undefined) return undefined;
  return frame === 1 ? opening : services.open(bytes, name, frame);
}

/** One question at a time: a second file waits for the answer to the first. */
async function askFrame(
  { store, services }: Studio,
  bytes: Uint8Array,
  name: string,
  count: number,
): Promise<number | undefined> {
  while (store.getState().frameQuestion !== undefined)
    await until(store, ({ frameQuestion }) => frameQuestion === undefined);
  const { setFrameQuestion } = store.getState();
  setFrameQuestion({ name, thumbnails: new Array<undefined>(count).fill(undefined) });
  const end = services.frames(bytes, name, (frame, thumbnail) => {
    const { frameQuestion } = store.getState();
    if (frameQuestion)
      setFrameQuestion({ ...frameQuestion, thumbnails: frameQuestion.thumbnails.with(frame - 1, thumbnail) });
  });
  try {
    await until(store, ({ frameQuestion }) => frameQuestion?.answer !== undefined);
    const answer = store.getState().frameQuestion?.answer;
    return answer === 'none' ? undefined : answer;
  } finally {
    end();
    setFrameQuestion(undefined);
  }
}
