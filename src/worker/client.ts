/** The page's side of the worker: promises instead of messages, one job at a time, a new worker when one dies. */

import { CancelledError } from '../counterfactual/errors';
import type { Counterfactual, Edit, SamplingOptions } from '../counterfactual/edit';
import type { BackendName } from '../engine/executor';
import type { Radiograph } from '../imaging/radiograph';
import { RemoteError, WorkerCrashedError } from './errors';
import type { Analysis, DeviceReport, Request, Response } from './messages';
import type { Progress } from './method';

export interface JobHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface GenerateHooks extends JobHooks {
  /** The user insists although the image does not look like a frontal chest radiograph. */
  readonly allowUncertain?: boolean;
}

/** What the client uses of a Worker. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type JobRequest = Exclude<Request, { type: 'cancel' }>;
/** Omit that keeps the union apart. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Answer = Exclude<Response, { type: 'progress' | 'failed' | 'device-changed' }>;

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly hooks: JobHooks;
}

function startWorker(): WorkerPort {
  return new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'counterpart' });
}

export class StudioWorker {
  #worker: WorkerPort | undefined;
  #nextId = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #preferred: BackendName | 'auto' | undefined;
  /** False after a crash: the next job starts the networks first. */
  #started = false;
  readonly #pending = new Map<number, Pending>();
  readonly #deviceListeners = new Set<(report: DeviceReport) => void>();

  constructor(
    private readonly create: () => WorkerPort = startWorker,
    private readonly baseUrl: string = pageBase(),
  ) {}

  /** Chooses a backend and fetches what reading needs. @throws RemoteError, WorkerCrashedError */
  start(prefer: BackendName | 'auto', onProgress?: (progress: Progress) => void): Promise<DeviceReport> {
    this.#preferred = prefer;
    return this.#enqueue(undefined, () => this.#start(prefer, onProgress));
  }

  /** @throws RemoteError, WorkerCrashedError, CancelledError */
  analyse(radiograph: Radiograph, hooks: JobHooks = {}): Promise<Analysis> {
    return this.#enqueue(hooks.signal, async () => {
      await this.#restartIfNeeded(hooks);
      const answer = await this.#ask({ type: 'analyse', radiograph: copied(radiograph) }, hooks);
      return expected(answer, 'analysed').analysis;
    });
  }

  /** @throws RemoteError, WorkerCrashedError, CancelledError */
  generate(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    hooks: GenerateHooks = {},
  ): Promise<Counterfactual> {
    return this.#enqueue(hooks.signal, async () => {
      await this.#restartIfNeeded(hooks);
      const mask = edit.mask === undefined ? {} : { mask: { ...edit.mask, data: edit.mask.data.slice() } };
      const { allowUncertain = false } = hooks;
      const request = {
        type: 'generate',
        radiograph: copied(radiograph),
        edit: { ...edit, ...mask },
        sampling,
        allowUncertain,
      } as const;
      return expected(await this.#ask(request, hooks), 'generated').counterfactual;
    });
  }

  /** Told when work moves to another backend. Returns the way to stop listening. */
  onDeviceChanged(listener: (report: DeviceReport) => void): () => void {
    this.#deviceListeners.add(listener);
    return () => this.#deviceListeners.delete(listener);
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#fail('it was closed');
  }

  async #start(prefer: BackendName | 'auto', onProgress?: (progress: Progress) => void): Promise<DeviceReport> {
    const answer = await this.#ask(
      { type: 'start', prefer, baseUrl: this.baseUrl },
      onProgress === undefined ? {} : { onProgress },
    );
    this.#started = true;
    return expected(answer, 'started').report;
  }

  /** After a crash, and only if the page had started it before. */
  async #restartIfNeeded({ onProgress }: JobHooks): Promise<void> {
    if (this.#started || this.#preferred === undefined) return;
    const report = await this.#start(this.#preferred, onProgress);
    for (const listener of this.#deviceListeners) listener(report);
  }

  /** Jobs wait for each other here, so that a cancelled one never reaches the worker. */
  #enqueue<T>(signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => {
      if (signal?.aborted === true) throw new CancelledError({ cause: signal.reason });
      return job();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #ask(request: WithoutId<JobRequest>, hooks: JobHooks): Promise<Answer> {
    const id = this.#nextId++;
    const worker = this.#ensureWorker();
    const cancel = (): void => worker.postMessage({ type: 'cancel', id } satisfies Request);
    hooks.signal?.addEventListener('abort', cancel, { once: true });
    const answered = new Promise<Answer>((resolve, reject) => this.#pending.set(id, { resolve, reject, hooks }));
    worker.postMessage({ ...request, id }, { transfer: transferable(request) });
    return answered.finally(() => hooks.signal?.removeEventListener('abort', cancel));
  }

  #ensureWorker(): WorkerPort {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.create();
    this.#worker = worker;
    worker.addEventListener('message', (event) => this.#receive((event as MessageEvent<Response>).data));
    worker.addEventListener('error', (event) => {
      worker.terminate();
      const { message } = event;
      this.#fail(typeof message === 'string' && message !== '' ? message : 'it could not be loaded');
    });
    worker.addEventListener('messageerror', () => {
      worker.terminate();
      this.#fail('a message could not be read');
    });
    return worker;
  }

  #receive(response: Response): void {
    if (response.type === 'device-changed') {
      for (const listener of this.#deviceListeners) listener(response.report);
      return;
    }
    const pending = this.#pending.get(response.id);
    if (pending === undefined) return;
    if (response.type === 'progress') {
      const { type: _type, id: _id, ...progress } = response;
      pending.hooks.onProgress?.(progress);
      return;
    }
    this.#pending.delete(response.id);
    if (response.type === 'failed') pending.reject(new RemoteError(response.error));
    else pending.resolve(response);
  }

  #fail(reason: string): void {
    this.#worker = undefined;
    this.#started = false;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(new WorkerCrashedError(reason));
  }
}

function expected<Type extends Answer['type']>(answer: Answer, type: Type): Extract<Answer, { type: Type }> {
  if (answer.type !== type) throw new WorkerCrashedError(`it answered “${answer.type}” instead of “${type}”`);
  return answer as Extract<Answer, { type: Type }>;
}

/** The page keeps its pixels: what is transferred is a copy, and of the pixels only, whatever buffer they lie in. */
function copied(radiograph: Radiograph): Radiograph {
  return { ...radiograph, pixels: radiograph.pixels.slice() };
}

function transferable(request: WithoutId<JobRequest>): Transferable[] {
  if (request.type === 'start') return [];
  const buffers = [request.radiograph.pixels.buffer];
  if (request.type === 'generate' && request.edit.mask !== undefined) buffers.push(request.edit.mask.data.buffer);
  return buffers as ArrayBuffer[];
}

/** Where models/ and wasm/ lie, as an absolute address: a worker's own address is that of its script. */
function pageBase(): string {
  return new URL(import.meta.env.BASE_URL, globalThis.location.href).href;
}
