import { describe, expect, it } from 'vitest';
import type { Edit } from '../../counterfactual/edit';
import type { SketchKnowledge } from '../../counterfactual/sketch/knowledge';
import { fakeRadiograph } from '../../counterfactual/testing/fakes';
import { emptyMask } from '../../imaging/mask';
import type { WorkerPort } from '../client';
import type { SketchFilm, SketchRequestMessage, SketchResponse } from './protocol';
import { SketchWorker } from './sketchWorker';

const EDIT: Edit = { kind: 'add', finding: 'effusion', places: ['right_lower'], severity: 2 };
const film = (): SketchFilm => ({
  radiograph: fakeRadiograph(64, 64, 8),
  probabilities: new Float32Array(8),
  reading: { findings: {} as SketchFilm['reading']['findings'], zoneSeverity: [], opacityMap: new Float32Array(1) },
});
const KNOWLEDGE: SketchKnowledge = {
  finding: 'effusion',
  signs: ['A meniscus.'],
  sites: [],
  sizes: [],
  attenuation: [],
  companions: [],
  sources: [],
};
const ask = (seed: number) => ({ edit: EDIT, seed });

/** A worker that answers when it is told to. */
class HandWorker implements WorkerPort {
  readonly sent: SketchRequestMessage[] = [];
  #listeners = new Map<string, ((event: Event) => void)[]>();
  terminate = (): void => undefined;
  postMessage = (message: SketchRequestMessage): void => {
    this.sent.push(message);
  };
  addEventListener = ((type: string, listener: (event: Event) => void): void => {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }) as WorkerPort['addEventListener'];

  get drawings(): readonly { readonly id: number; readonly seed: number }[] {
    return this.sent.flatMap((message) =>
      message.type === 'draw' ? [{ id: message.id, seed: message.ask.seed }] : [],
    );
  }

  answer(): void {
    const id = this.drawings.at(-1)?.id ?? 0;
    this.#tell('message', {
      data: { type: 'drawn', id, view: { drawn: [], about: false, milliseconds: id } } satisfies SketchResponse,
    });
  }

  fail(): void {
    const id = this.drawings.at(-1)?.id ?? 0;
    this.#tell('message', {
      data: {
        type: 'failed',
        id,
        error: { code: 'sketch-impossible', message: 'No.', advice: 'Yes.' },
      } satisfies SketchResponse,
    });
  }

  known(): void {
    const id = this.sent.flatMap((message) => (message.type === 'know' ? [message.id] : [])).at(-1) ?? 0;
    this.#tell('message', { data: { type: 'known', id, knowledge: KNOWLEDGE } satisfies SketchResponse });
  }

  crash(): void {
    this.#tell('error', { message: 'gone' });
  }

  #tell(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as Event);
  }
}

describe('the worker that draws sketches', () => {
  it('makes one drawing at a time, and of those asked for meanwhile only the latest', async () => {
    const worker = new HandWorker();
    const sketches = new SketchWorker(() => worker);
    const own = film();
    const views = [1, 2, 3, 4].map((seed) => sketches.draw(own, undefined, ask(seed)));
    expect(worker.drawings.map(({ seed }) => seed)).toEqual([1]);
    worker.answer();
    expect(worker.drawings.map(({ seed }) => seed)).toEqual([1, 4]);
    worker.answer();
    expect((await Promise.all(views)).map((view) => view?.milliseconds)).toEqual([undefined, undefined, undefined, 2]);
  });

  it('sends a film once, and a mask when it is another', async () => {
    const worker = new HandWorker();
    const sketches = new SketchWorker(() => worker);
    const own = film();
    const mask = emptyMask(64, 64);
    for (const each of [undefined, mask, mask, undefined]) {
      const view = sketches.draw(own, each, ask(1));
      worker.answer();
      await view;
    }
    expect(worker.sent.map(({ type }) => type)).toEqual(['film', 'draw', 'mask', 'draw', 'draw', 'mask', 'draw']);
  });

  it('says why something cannot be drawn, and draws the next', async () => {
    const worker = new HandWorker();
    const sketches = new SketchWorker(() => worker);
    const own = film();
    const first = sketches.draw(own, undefined, ask(1));
    worker.fail();
    await expect(first).rejects.toMatchObject({ code: 'sketch-impossible', advice: 'Yes.' });
    const second = sketches.draw(own, undefined, ask(2));
    worker.answer();
    expect(await second).toBeDefined();
  });

  it('tells what is known of a finding while it draws', async () => {
    const worker = new HandWorker();
    const sketches = new SketchWorker(() => worker);
    const view = sketches.draw(film(), undefined, ask(1));
    const knowledge = sketches.know('effusion');
    worker.known();
    expect(await knowledge).toBe(KNOWLEDGE);
    worker.answer();
    expect(await view).toBeDefined();
  });

  it('starts anew after a crash, with the film', async () => {
    const workers: HandWorker[] = [];
    const sketches = new SketchWorker(() => {
      workers.push(new HandWorker());
      return workers.at(-1) as HandWorker;
    });
    const own = film();
    const first = sketches.draw(own, undefined, ask(1));
    workers[0]?.crash();
    await expect(first).rejects.toMatchObject({ code: 'worker-crashed' });
    const second = sketches.draw(own, undefined, ask(2));
    workers[1]?.answer();
    expect(await second).toBeDefined();
    expect(workers[1]?.sent.map(({ type }) => type)).toEqual(['film', 'draw']);
  });
});
