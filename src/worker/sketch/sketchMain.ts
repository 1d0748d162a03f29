/** Entry of the worker that draws sketches while a slider moves. */

import { describeError } from '../errors';
import { SketchDesk } from './desk';
import type { SketchRequestMessage, SketchResponse } from './protocol';

const desk = new SketchDesk();

self.addEventListener('message', ({ data }: MessageEvent<SketchRequestMessage>) => {
  if (data.type === 'film') desk.setFilm(data.film);
  else if (data.type === 'mask') desk.setMask(data.mask);
  else answer(data.id, () => desk.draw(data.ask));
});

function answer(id: number, draw: () => ReturnType<SketchDesk['draw']>): void {
  try {
    const view = draw();
    const transfer = view.picture === undefined ? [] : [view.picture.grey.buffer, view.picture.alpha.buffer];
    self.postMessage({ type: 'drawn', id, view } satisfies SketchResponse, { transfer });
  } catch (error) {
    self.postMessage({ type: 'failed', id, error: describeError(error) } satisfies SketchResponse);
  }
}
