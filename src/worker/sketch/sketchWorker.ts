/**
 * The page's side of the worker that draws sketches. One drawing is under way at a time; of those that are asked for meanwhile
 * only the latest is made, so that a slider never runs ahead of what is seen by more than one.
 */

import type { SketchKnowledge } from '../../counterfactual/sketch/knowledge';
import type { Finding } from '../../findings/vocabulary';
import type { Mask } from '../../imaging/radiograph';
import type { WorkerPort } from '../client';
import { RemoteError, WorkerCrashedError } from '../errors';
import {
  SKETCH_WORKER,
  type SketchAsk,
  type SketchFilm,
  type SketchRequestMessage,
  type SketchResponse,
  type SketchView,
} from './protocol';

interface Waiting {
  readonly film: SketchFilm;
  readonly mask: Mask | undefined;
  readonly ask: SketchAsk;
  readonly resolve: (view: SketchView | undefined) => void;
  readonly reject: (error: Error) => void;
}

function startSketcher(): WorkerPort {
  return new Worker(new URL('../main.ts', import.meta.url), { type: 'module', name: SKETCH_WORKER });
}

export class SketchWorker {
  #worker: WorkerPort | undefined;
  #film: SketchFilm | undefined;
  #mask: Mask | undefined;
  #next = 1;
  #underWay: (Waiting & { readonly id: number }) | undefined;
  #latest: Waiting | undefined;
  readonly #asked = new Map<
    number,
    { readonly resolve: (knowledge: SketchKnowledge | undefined) => void; readonly reject: (error: Error) => void }
  >();

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

  /** How a radiologist knows a finding; undefined: nothing is known of it. @throws WorkerCrashedError */
  know(finding: Finding): Promise<SketchKnowledge | undefined> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#ensureWorker().postMessage({ type: 'know', id, finding } satisfies SketchRequestMessage);
    });
  }

  #begin(): void {
    const next = this.#latest;
    this.#latest = undefined;
    if (next === undefined) return;
    const id = this.#next++;
    this.#underWay = { ...next, id };
    const worker = this.#ensureWorker();
    const post = (message: SketchRequestMessage): void => {
      worker.postMessage(message);
    };
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
    worker.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<SketchResponse>).data);
    });
    worker.addEventListener('error', (event) => {
      this.#fail(event.message || 'it could not be loaded');
    });
    worker.addEventListener('messageerror', () => {
      this.#fail('a message could not be read');
    });
    return worker;
  }

  #receive(response: SketchResponse): void {
    if (response.type === 'known') {
      this.#asked.get(response.id)?.resolve(response.knowledge);
      this.#asked.delete(response.id);
      return;
    }
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
    for (const { reject } of this.#asked.values()) reject(new WorkerCrashedError(reason));
    this.#asked.clear();
    this.#begin();
  }
}
