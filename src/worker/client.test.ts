import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../counterfactual/edit';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import { JobControl } from './control';
import { StudioWorker, type WorkerPort } from './client';
import type { Analysis } from '../counterfactual/analysis';
import type { DeviceReport, Request, Response } from './messages';

const film = fakeRadiograph(64, 64, 8);
const EDIT = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 } as const;
const SAMPLING = { seed: 1, steps: 4, sampler: 'auto', guidance: 4, maxTime: 0.9 } as const;
const REPORT: DeviceReport = { backend: 'wasm', device: 'a test', calibration: {}, notes: [] };
const ANALYSIS = { frontalChest: 1 } as Analysis;

type Behaviour = (request: Request, worker: FakeWorker) => void;

/** A worker that moves what it is sent, as a real one does. */
class FakeWorker implements WorkerPort {
  readonly received: Request[] = [];
  terminated = false;
  readonly #listeners = new Map<string, ((event: Event) => void)[]>();

  constructor(private readonly behave: Behaviour) {}

  postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]): void {
    const transfer = Array.isArray(options) ? options : (options?.transfer ?? []);
    const request = structuredClone(message, { transfer }) as Request;
    this.received.push(request);
    queueMicrotask(() => this.behave(request, this));
  }

  addEventListener(type: string, listener: unknown): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener as (event: Event) => void]);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(data: Response): void {
    this.#emit('message', { data });
  }

  crash(message: string): void {
    this.#emit('error', { message });
  }

  #emit(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as Event);
  }
}

const obedient: Behaviour = (request, worker) => {
  const { id } = request;
  if (request.type === 'start') worker.answer({ type: 'started', id, report: REPORT });
  if (request.type === 'analyse') worker.answer({ type: 'analysed', id, analysis: ANALYSIS });
  if (request.type === 'generate')
    worker.answer({ type: 'generated', id, counterfactual: { image: request.radiograph } as Counterfactual });
};

function open(...behaviours: Behaviour[]): { client: StudioWorker; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const create = (): FakeWorker => {
    const worker = new FakeWorker(behaviours[workers.length] ?? obedient);
    workers.push(worker);
    return worker;
  };
  return { client: new StudioWorker(create, 'https://test/'), workers };
}

describe('studio worker', () => {
  it('answers with reports, analyses and counterfactuals', async () => {
    const { client, workers } = open();
    expect(await client.start('auto')).toEqual(REPORT);
    expect(await client.analyse(film)).toEqual(ANALYSIS);
    expect((await client.generate(film, EDIT, SAMPLING)).image.pixels).toHaveLength(64 * 64);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.received[0]).toMatchObject({ type: 'start', prefer: 'auto', baseUrl: 'https://test/' });
  });

  it('leaves the page its pixels and its mask, and sends no more of a shared buffer than the image', async () => {
    const { client, workers } = open();
    const shared = new Uint8Array(10_000).fill(7);
    const view = { ...film, pixels: shared.subarray(100, 100 + 4096) };
    const mask = { width: 64, height: 64, data: new Uint8Array(4096).fill(255) };
    await client.generate(view, { ...EDIT, mask }, SAMPLING);
    expect(view.pixels[0]).toBe(7);
    expect(mask.data[0]).toBe(255);
    const sent = workers[0]?.received[0];
    expect(sent?.type === 'generate' && sent.radiograph.pixels.buffer.byteLength).toBe(4096);
  });

  it('tells progress to the job it belongs to', async () => {
    const { client } = open((request, worker) => {
      worker.answer({ type: 'progress', id: request.id, stage: 'sample', fraction: 0.5 });
      obedient(request, worker);
    });
    const seen: unknown[] = [];
    await client.generate(film, EDIT, SAMPLING, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ stage: 'sample', fraction: 0.5 }]);
  });

  it('sends the next job only when the one before is done', async () => {
    const { client, workers } = open();
    const first = client.analyse(film);
    const second = client.analyse(film);
    await first;
    expect(workers[0]?.received).toHaveLength(1);
    await second;
    expect(workers[0]?.received).toHaveLength(2);
  });

  it('asks for a reading at once while a generation runs', async () => {
    const { client, workers } = open((request, worker) => {
      if (request.type !== 'generate') obedient(request, worker);
    });
    await client.start('auto');
    void client.generate(film, EDIT, SAMPLING);
    expect(await client.analyse(film)).toEqual(ANALYSIS);
    expect(workers[0]?.received.map(({ type }) => type)).toContain('generate');
  });

  it('hands on the wishes of the page, also those from before the job began', async () => {
    const { client, workers } = open((request, worker) => {
      if (request.type === 'wish' && request.wish === 'finish')
        worker.answer({ type: 'generated', id: request.id, counterfactual: {} as Counterfactual });
    });
    const control = new JobControl();
    control.pause();
    const search = { rounds: 1, candidates: 1, rho: 1, beta: 0, gamma: 0 };
    const found = client.search(film, EDIT, SAMPLING, { search, accepted: [] }, { control });
    setTimeout(() => {
      control.resume();
      control.finish();
    }, 5);
    await found;
    const wishes = workers[0]?.received.map((request) => (request.type === 'wish' ? request.wish : request.type));
    expect(wishes).toEqual(['search', 'pause', 'resume', 'finish']);
    control.pause();
    expect(workers[0]?.received).toHaveLength(4);
  });

  it('cancels a running job in the worker and a waiting one without asking it', async () => {
    const { client, workers } = open((request, worker) => {
      if (request.type === 'cancel')
        worker.answer({
          type: 'failed',
          id: request.id,
          error: { code: 'cancelled', message: 'Cancelled.', advice: '' },
        });
    });
    const controller = new AbortController();
    const running = client.generate(film, EDIT, SAMPLING, { signal: controller.signal });
    const waiting = client.generate(film, EDIT, SAMPLING, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(running).rejects.toMatchObject({ code: 'cancelled', name: 'AbortError' });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', name: 'AbortError' });
    expect(workers[0]?.received.map(({ type }) => type)).toEqual(['generate', 'cancel']);
  });

  it('raises the worker’s errors with code, message and advice', async () => {
    const error = { code: 'offline', message: 'No server.', advice: 'Check it.' };
    const { client } = open((request, worker) => worker.answer({ type: 'failed', id: request.id, error }));
    await expect(client.start('auto')).rejects.toMatchObject(error);
  });

  it('fails the job of a worker that dies, and starts a new one as before for the next', async () => {
    const { client, workers } = open((request, worker) => {
      if (request.type === 'start') obedient(request, worker);
      else worker.crash('out of memory');
    });
    const reports: DeviceReport[] = [];
    client.onDeviceChanged((report) => reports.push(report));
    await client.start('wasm');
    await expect(client.analyse(film)).rejects.toMatchObject({
      code: 'worker-crashed',
      message: expect.stringContaining('out of memory') as string,
    });
    expect(workers[0]?.terminated).toBe(true);
    expect(await client.analyse(film)).toEqual(ANALYSIS);
    expect(workers[1]?.received).toMatchObject([{ type: 'start', prefer: 'wasm' }, { type: 'analyse' }]);
    expect(reports).toEqual([REPORT]);
  });

  it('does an edit once more with a new worker when the first one dies of it, and not a third time', async () => {
    const dies: Behaviour = (request, worker) => {
      if (request.type === 'start') obedient(request, worker);
      else worker.crash('out of memory');
    };
    const mask = { width: 64, height: 64, data: new Uint8Array(4096).fill(255) };
    const lucky = open(dies);
    await lucky.client.start('auto');
    expect((await lucky.client.generate(film, { ...EDIT, mask }, SAMPLING)).image.pixels).toHaveLength(64 * 64);
    expect(lucky.workers[1]?.received.map(({ type }) => type)).toEqual(['start', 'generate']);
    const unlucky = open(dies, dies);
    await unlucky.client.start('auto');
    await expect(unlucky.client.generate(film, EDIT, SAMPLING)).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(unlucky.workers).toHaveLength(2);
  });

  it('tells the worker whether the page is hidden, also one that starts later', async () => {
    const { client, workers } = open(obedient);
    client.setHidden(true);
    await client.start('auto');
    client.setHidden(false);
    expect(
      workers[0]?.received.map((request) => (request.type === 'visibility' ? request.hidden : request.type)),
    ).toEqual([true, 'start', false]);
  });

  it('tells when the work moved to another backend', async () => {
    const { client } = open((request, worker) => {
      worker.answer({ type: 'device-changed', id: request.id, report: REPORT });
      obedient(request, worker);
    });
    const reports: DeviceReport[] = [];
    const stop = client.onDeviceChanged((report) => reports.push(report));
    await client.analyse(film);
    stop();
    await client.analyse(film);
    expect(reports).toEqual([REPORT]);
  });
});
