/** The page's side of the worker: promises instead of messages, one job at a time, a new worker when one dies. */

import { CancelledError } from '../counterfactual/errors';
import type { Counterfactual, Edit, Recipe, Reversal, SamplingOptions } from '../counterfactual/edit';
import type { BackendName } from '../engine/executor';
import type { PathologyReading } from '../networks/streams';
import type { Radiograph } from '../imaging/radiograph';
import type { JobControl } from './control';
import { RemoteError, WorkerCrashedError } from './errors';
import type { Analysis } from '../counterfactual/analysis';
import type { DeviceReport, Request, Response } from './messages';
import type { Progress, SearchRequest } from './method';

export interface JobHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface GenerateHooks extends JobHooks {
  /** Pauses the job, or ends a search early. */
  readonly control?: JobControl;
  /** The user insists although the image does not look like a frontal chest radiograph. */
  readonly allowUncertain?: boolean;
}

/** What the client uses of a Worker. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type JobRequest = Exclude<Request, { type: 'cancel' | 'wish' | 'visibility' }>;
type WorkRequest = Exclude<JobRequest, { type: 'start' | 'analyse' }>;
/** Omit that keeps the union apart. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Answer = Exclude<Response, { type: 'progress' | 'failed' | 'device-changed' }>;

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly hooks: GenerateHooks;
}

function startWorker(): WorkerPort {
  return new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'counterpart' });
}

export class StudioWorker {
  #worker: WorkerPort | undefined;
  #nextId = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #preferred: BackendName | 'auto' | undefined;
  #hidden = false;
  #disposed = false;
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

  /** Does not wait for a running generation: the worker reads between two of its steps. @throws RemoteError, WorkerCrashedError, CancelledError */
  analyse(radiograph: Radiograph, hooks: JobHooks = {}): Promise<Analysis> {
    const ask = async (): Promise<Analysis> =>
      expected(await this.#ask({ type: 'analyse', radiograph: copied(radiograph) }, hooks), 'analysed').analysis;
    if (this.#started && hooks.signal?.aborted !== true) return ask();
    return this.#enqueue(hooks.signal, async () => {
      await this.#restartIfNeeded(hooks);
      return ask();
    });
  }

  /** @throws RemoteError, WorkerCrashedError, CancelledError */
  async generate(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    hooks: GenerateHooks = {},
  ): Promise<Counterfactual> {
    const { allowUncertain = false } = hooks;
    const answer = await this.#work({ type: 'generate', radiograph, edit, sampling, allowUncertain }, hooks);
    return expected(answer, 'generated').counterfactual;
  }

  /** The best of many noises. @throws RemoteError, WorkerCrashedError, CancelledError */
  async search(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    { search, accepted }: SearchRequest,
    hooks: GenerateHooks = {},
  ): Promise<Counterfactual> {
    const { allowUncertain = false } = hooks;
    const request = { type: 'search', radiograph, edit, sampling, search, accepted, allowUncertain } as const;
    return expected(await this.#work(request, hooks), 'generated').counterfactual;
  }

  /** The edit taken back; undefined when it changed nothing. @throws RemoteError, WorkerCrashedError, CancelledError */
  async reverse(
    radiograph: Radiograph,
    edit: Edit,
    result: Radiograph,
    { sampling, search }: Pick<Recipe, 'sampling' | 'search'>,
    hooks: GenerateHooks = {},
  ): Promise<Reversal | undefined> {
    const recipe = { sampling, ...(search === undefined ? {} : { search }) };
    const answer = await this.#work({ type: 'reverse', radiograph, edit, result, recipe }, hooks);
    return expected(answer, 'reversed').reversal;
  }

  /** What a film has more than the same film without its opacities. @throws RemoteError, WorkerCrashedError, CancelledError */
  async pathology(radiograph: Radiograph, healthy: Radiograph, hooks: GenerateHooks = {}): Promise<PathologyReading> {
    const answer = await this.#work({ type: 'pathology', radiograph, healthy }, hooks);
    return expected(answer, 'pathology-read').reading;
  }

  /** A worker whose page is hidden does not ask for the GPU. */
  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#worker?.postMessage({ type: 'visibility', id: 0, hidden } satisfies Request);
  }

  /** Told when work moves to another backend. Returns the way to stop listening. */
  onDeviceChanged(listener: (report: DeviceReport) => void): () => void {
    this.#deviceListeners.add(listener);
    return () => this.#deviceListeners.delete(listener);
  }

  dispose(): void {
    this.#disposed = true;
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

  /** What is sent is copied first: the page keeps its pixels and its mask. */
  #work(request: WithoutId<WorkRequest>, hooks: GenerateHooks): Promise<Answer> {
    const ask = async (): Promise<Answer> => {
      await this.#restartIfNeeded(hooks);
      return this.#ask(sent(request), hooks);
    };
    return this.#enqueue(hooks.signal, async () => {
      try {
        return await ask();
      } catch (error) {
        // Once: what a worker dies of may be the work.
        if (!(error instanceof WorkerCrashedError) || this.#disposed || hooks.signal?.aborted === true) throw error;
        return ask();
      }
    });
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

  #ask(request: WithoutId<JobRequest>, hooks: GenerateHooks): Promise<Answer> {
    const id = this.#nextId++;
    const worker = this.#ensureWorker();
    const cancel = (): void => worker.postMessage({ type: 'cancel', id } satisfies Request);
    hooks.signal?.addEventListener('abort', cancel, { once: true });
    const answered = new Promise<Answer>((resolve, reject) => this.#pending.set(id, { resolve, reject, hooks }));
    worker.postMessage({ ...request, id }, { transfer: transferable(request) });
    const unheard = hooks.control?.listen((wish) => worker.postMessage({ type: 'wish', id, wish } satisfies Request));
    return answered.finally(() => {
      hooks.signal?.removeEventListener('abort', cancel);
      unheard?.();
    });
  }

  #ensureWorker(): WorkerPort {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.create();
    this.#worker = worker;
    if (this.#hidden) worker.postMessage({ type: 'visibility', id: 0, hidden: true } satisfies Request);
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

/** The request with copies of what it transfers. */
function sent(request: WithoutId<WorkRequest>): WithoutId<WorkRequest> {
  const radiograph = copied(request.radiograph);
  if (request.type === 'pathology') return { ...request, radiograph, healthy: copied(request.healthy) };
  const { mask, ...edit } = request.edit;
  const painted = mask === undefined ? {} : { mask: { ...mask, data: mask.data.slice() } };
  const result = request.type === 'reverse' ? { result: copied(request.result) } : {};
  return { ...request, ...result, radiograph, edit: { ...edit, ...painted } };
}

/** The page keeps its pixels: what is transferred is a copy, and of the pixels only, whatever buffer they lie in. */
function copied(radiograph: Radiograph): Radiograph {
  return { ...radiograph, pixels: radiograph.pixels.slice() };
}

function transferable(request: WithoutId<JobRequest>): Transferable[] {
  if (request.type === 'start') return [];
  const buffers = [request.radiograph.pixels.buffer];
  if (request.type === 'pathology') buffers.push(request.healthy.pixels.buffer);
  else if (request.type !== 'analyse' && request.edit.mask !== undefined) buffers.push(request.edit.mask.data.buffer);
  if (request.type === 'reverse') buffers.push(request.result.pixels.buffer);
  return buffers as ArrayBuffer[];
}

/** Where models/ and wasm/ lie, as an absolute address: a worker's own address is that of its script. */
function pageBase(): string {
  return new URL(import.meta.env.BASE_URL, globalThis.location.href).href;
}
