/**
 * The page's side of the worker that draws sketches. One drawing is under way at a time; of those that are asked for meanwhile
 * only the latest is made, so that a slider never runs ahead of what is seen by more than one.
 */

import type { Mask } from '../../imaging/radiograph';
import type { WorkerPort } from '../client';
import { RemoteError, WorkerCrashedError } from '../errors';
import type { SketchAsk, SketchFilm, SketchRequestMessage, SketchResponse, SketchView } from './protocol';

interface Waiting {
  readonly film: SketchFilm;
  readonly mask: Mask | undefined;
  readonly ask: SketchAsk;
  readonly resolve: (view: SketchView | undefined) => void;
  readonly reject: (error: Error) => void;
}

function startSketcher(): WorkerPort {
  return new Worker(new URL('./sketchMain.ts', import.meta.url), { type: 'module', name: 'counterpart-sketch' });
}

export class SketchWorker {
  #worker: WorkerPort | undefined;
  #film: SketchFilm | undefined;
  #mask: Mask | undefined;
  #next = 1;
  #underWay: (Waiting & { readonly id: number }) | undefined;
  #latest: Waiting | undefined;

  constructor(private readonly create: () => WorkerPort = startSketcher) {}

  /**
   * Undefined when a later one has overtaken it.
   * @param film the same object as long as it is the same film: what the worker has is not sent again
   * @throws RemoteError with what the sketch says, WorkerCrashedError
   */
  draw(film: SketchFilm, mask: Mask | undefined, ask: SketchAsk): Promise<SketchView | undefined> {
    return new Promise((resolve, reject) => {
      this.#latest?.resolve(undefined);
      this.#latest = { film, mask, ask, resolve, reject };
      if (this.#underWay === undefined) this.#begin();
    });
  }

  #begin(): void {
    const next = this.#latest;
    this.#latest = undefined;
    if (next === undefined) return;
    const id = this.#next++;
    this.#underWay = { ...next, id };
    const worker = this.#ensureWorker();
    const post = (message: SketchRequestMessage): void => { worker.postMessage(message); };
    if (this.#film !== next.film) {
      post({ type: 'film', film: next.film });
      [this.#film, this.#mask] = [next.film, undefined];
    }
    if (this.#mask !== next.mask) {
      post(next.mask === undefined ? { type: 'mask' } : { type: 'mask', mask: next.mask });
      this.#mask = next.mask;
    }
    post({ type: 'draw', id, ask: next.ask });
  }

  #ensureWorker(): WorkerPort {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.create();
    this.#worker = worker;
    worker.addEventListener('message', (event) => { this.#receive((event as MessageEvent<SketchResponse>).data); });
    worker.addEventListener('error', (event) => { this.#fail((event).message || 'it could not be loaded'); });
    worker.addEventListener('messageerror', () => { this.#fail('a message could not be read'); });
    return worker;
  }

  #receive(response: SketchResponse): void {
    const done = this.#underWay;
    if (done?.id !== response.id) return;
    this.#underWay = undefined;
    if (response.type === 'failed') done.reject(new RemoteError(response.error));
    else done.resolve(this.#latest === undefined ? response.view : undefined);
    this.#begin();
  }

  #fail(reason: string): void {
    this.#worker?.terminate();
    [this.#worker, this.#film, this.#mask] = [undefined, undefined, undefined];
    const done = this.#underWay;
    this.#underWay = undefined;
    done?.reject(new WorkerCrashedError(reason));
    this.#begin();
  }
}
