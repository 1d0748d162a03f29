/** Requests to method calls, without a Worker in sight: one job at a time, cancelled by id, done again elsewhere when the GPU fails. */

import type { CounterpartError } from '../errors';
import { CLOCK, type Clock } from './clock';
import { describeError } from './errors';
import { RunningJob, UrgentWork } from './jobs';
import { IdleWork } from './idle';
import { Lifecycle } from './lifecycle';
import type { DeviceReport, Request, Response } from './messages';
import type { JobOptions, OpenMethod } from './method';
import { parseRequest } from './schema';

export interface Server {
  /** Never throws: what goes wrong is posted. */
  handle(message: unknown): Promise<void>;
}

export type Post = (response: Response, transfer: readonly ArrayBufferLike[]) => void;

type Job = Exclude<Request, { type: 'cancel' | 'wish' | 'visibility' }>;

/** Failures of a GPU that the next attempt need not share. */
const GPU_FAILURES = new Set(['out-of-memory', 'device-lost', 'backend-failed']);

/** Of what happens between jobs. */
const NO_JOB = 0;

export function createServer(open: OpenMethod, send: Post, clock: Clock = CLOCK): Server {
  const running = new Map<number, RunningJob>();
  const urgent = new UrgentWork();
  const lifecycle = new Lifecycle(open, () => void (queue = queue.then(comeBack)), clock);
  const idle = new IdleWork((signal) => lifecycle.rest(signal), clock);
  /** Jobs under way: a second one is a reading between two steps of the first. */
  let underWay = 0;
  let queue: Promise<void> = Promise.resolve();

  const post = (response: Response): void => send(response, buffersOf(response));

  async function perform(request: Exclude<Job, { type: 'start' }>, job: JobOptions): Promise<Response> {
    const { method } = lifecycle;
    const { id } = request;
    if (request.type === 'analyse')
      return { type: 'analysed', id, analysis: await method.analyse(request.radiograph, job) };
    if (request.type === 'reverse') {
      const reversal = await method.reverse(request.radiograph, request.edit, request.result, request.recipe, job);
      return { type: 'reversed', id, ...(reversal === undefined ? {} : { reversal }) };
    }
    if (request.type === 'pathology') {
      const reading = await method.pathology(request.radiograph, request.healthy, job);
      return { type: 'pathology-read', id, reading };
    }
    const { radiograph, edit, sampling, allowUncertain = false } = request;
    const counterfactual =
      request.type === 'generate'
        ? await method.generate(radiograph, edit, sampling, allowUncertain, job)
        : await method.search(radiograph, edit, sampling, allowUncertain, request, job);
    return { type: 'generated', id, counterfactual };
  }

  const tellChange = (id: number, report: DeviceReport): void => post({ type: 'device-changed', id, report });

  /** Begins anew where the GPU failed and work is possible again: the same seed makes the same image. */
  async function performOrRecover(request: Exclude<Job, { type: 'start' }>, job: JobOptions): Promise<Response> {
    for (;;) {
      try {
        const opened = await lifecycle.openIfClosed(job);
        if (opened !== undefined) tellChange(request.id, opened);
        return await perform(request, job);
      } catch (error) {
        // Never under the feet of another job.
        const report =
          job.signal.aborted || underWay > 1 ? undefined : await lifecycle.recover(describeError(error), job);
        if (report === undefined) throw error;
        tellChange(request.id, report);
      }
    }
  }

  async function comeBack(): Promise<void> {
    const report = await lifecycle.tryReturn().catch(() => undefined);
    if (report !== undefined) tellChange(NO_JOB, report);
  }

  async function run(request: Job, own: RunningJob): Promise<void> {
    const { id } = request;
    const { signal, finish, breathe } = own;
    const job: JobOptions = {
      signal,
      finish,
      // A reading is short, and lets nothing in: one inside another would never end.
      ...(request.type === 'analyse' ? {} : { breathe }),
      onProgress: (progress) => post({ type: 'progress', id, ...progress }),
    };
    let again = false;
    underWay++;
    try {
      signal.throwIfAborted();
      if (request.type === 'start') {
        post({ type: 'started', id, report: await lifecycle.start(request.prefer, request.baseUrl, job) });
      } else {
        post(await performOrRecover(request, job));
      }
    } catch (error) {
      // What was let in between two steps of another job has its own turn after it, when that one has recovered.
      if (underWay > 1 && !signal.aborted && GPU_FAILURES.has(describeError(error).code)) {
        again = true;
        return;
      }
      post({ type: 'failed', id, error: signal.aborted ? CANCELLED : describeError(error) });
    } finally {
      underWay--;
      if (again) queue = queue.then(() => run(request, own));
      else running.delete(id);
      if (running.size === 0) idle.begin();
    }
  }

  return {
    async handle(message) {
      let request: Request;
      try {
        request = parseRequest(message);
      } catch (error) {
        post({ type: 'failed', id: idOf(message), error: describeError(error) });
        return;
      }
      if (request.type === 'cancel') {
        running.get(request.id)?.cancel();
        return;
      }
      if (request.type === 'visibility') {
        lifecycle.setHidden(request.hidden);
        return;
      }
      if (request.type === 'wish') {
        running.get(request.id)?.wish(request.wish);
        return;
      }
      const job = request;
      idle.stop();
      const own = new RunningJob(urgent);
      running.set(job.id, own);
      const work = (): Promise<void> => run(job, own);
      const turn = job.type === 'analyse' ? urgent.add(work) : work;
      queue = queue.then(turn);
      await queue;
    },
  };
}

const CANCELLED = {
  code: 'cancelled',
  message: 'The work was cancelled.',
  advice: 'Nothing has changed; start it again when ready.',
} satisfies Pick<CounterpartError, 'code' | 'message' | 'advice'>;

function idOf(message: unknown): number {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'number' ? id : -1;
}

/** Buffers that only the answer holds; those that the server keeps (readings, zones) are copied by the platform. */
function buffersOf(response: Response): readonly ArrayBufferLike[] {
  if (response.type === 'generated')
    return [response.counterfactual.image.pixels.buffer, response.counterfactual.mask.data.buffer];
  return response.type === 'progress' && response.preview !== undefined ? [response.preview.buffer] : [];
}
