/** What the worker that draws sketches answers. It is the worker of the networks under another name: both hold the sketchers, and share their code. */

import { sketchKnowledge } from '../../counterfactual/sketch/known';
import { describeError } from '../errors';
import { SketchDesk } from './desk';
import type { SketchRequestMessage, SketchResponse } from './protocol';

type Send = (response: SketchResponse, transfer: readonly ArrayBufferLike[]) => void;

/** @returns what takes its messages, in their order */
export function sketchServer(send: Send): (message: SketchRequestMessage) => void {
  const desk = new SketchDesk();
  return (message) => {
    if (message.type === 'film') desk.setFilm(message.film);
    else if (message.type === 'mask') desk.setMask(message.mask);
    else if (message.type === 'know') send(knownOf(message.id, message.finding), []);
    else draw(desk, message, send);
  };
}

function knownOf(id: number, finding: Parameters<typeof sketchKnowledge>[0]): SketchResponse {
  const knowledge = sketchKnowledge(finding);
  return { type: 'known', id, ...(knowledge === undefined ? {} : { knowledge }) };
}

function draw(desk: SketchDesk, { id, ask }: Extract<SketchRequestMessage, { type: 'draw' }>, send: Send): void {
  try {
    const view = desk.draw(ask);
    send(
      { type: 'drawn', id, view },
      view.picture === undefined ? [] : [view.picture.grey.buffer, view.picture.alpha.buffer],
    );
  } catch (error) {
    send({ type: 'failed', id, error: describeError(error) }, []);
  }
}
