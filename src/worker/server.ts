/** Requests to method calls, without a Worker in sight: one job at a time, cancelled by id, moved to the CPU when the GPU fails. */

import type { CounterpartError } from '../errors';
import { describeError, NotStartedError } from './errors';
import type { DeviceReport, Request, Response } from './messages';
import type { JobOptions, Method, OpenMethod } from './method';
import { RunningJob, UrgentWork } from './jobs';
import { parseRequest } from './schema';

export interface Server {
  /** Never throws: what goes wrong is posted. */
  handle(message: unknown): Promise<void>;
}

export type Post = (response: Response, transfer: readonly ArrayBufferLike[]) => void;

/** Failures of a GPU that the CPU does not share. */
const GPU_FAILURES = new Set(['out-of-memory', 'device-lost']);

type Job = Exclude<Request, { type: 'cancel' | 'wish' }>;

export function createServer(open: OpenMethod, send: Post): Server {
  const running = new Map<number, RunningJob>();
  const urgent = new UrgentWork();
  let method: Method | undefined;
  let baseUrl = '';
  let movedToCpu = false;
  /** Jobs under way: a second one is a reading between two steps of the first. */
  let underWay = 0;
  let queue: Promise<void> = Promise.resolve();

  const post = (response: Response): void => send(response, buffersOf(response));

  async function start(prefer: 'webgpu' | 'wasm' | 'auto', job: JobOptions): Promise<Method> {
    await method?.dispose();
    method = undefined;
    method = await open(prefer, baseUrl, job.onProgress);
    return method;
  }

  async function perform(request: Exclude<Job, { type: 'start' }>, job: JobOptions): Promise<Response> {
    if (method === undefined) throw new NotStartedError();
    const { id } = request;
    if (request.type === 'analyse')
      return { type: 'analysed', id, analysis: await method.analyse(request.radiograph, job) };
    if (request.type === 'reverse') {
      const reversal = await method.reverse(request.radiograph, request.edit, request.result, request.recipe, job);
      return { type: 'reversed', id, ...(reversal === undefined ? {} : { reversal }) };
    }
    const { radiograph, edit, sampling, allowUncertain = false } = request;
    const counterfactual =
      request.type === 'generate'
        ? await method.generate(radiograph, edit, sampling, allowUncertain, job)
        : await method.search(radiograph, edit, sampling, allowUncertain, request, job);
    return { type: 'generated', id, counterfactual };
  }

  /** Once: a machine whose GPU failed is not asked twice. Never under the feet of another job. */
  async function performOrMove(request: Exclude<Job, { type: 'start' }>, job: JobOptions): Promise<Response> {
    try {
      return await perform(request, job);
    } catch (error) {
      const failure = describeError(error);
      const canMove = GPU_FAILURES.has(failure.code) && method?.report.backend === 'webgpu' && !movedToCpu;
      if (!canMove || underWay > 1 || job.signal.aborted) throw error;
      movedToCpu = true;
      const { report } = await start('wasm', job);
      post({
        type: 'device-changed',
        id: request.id,
        report: withNote(report, `Moved to the CPU: ${failure.message}`),
      });
      return perform(request, job);
    }
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
    underWay++;
    try {
      signal.throwIfAborted();
      if (request.type === 'start') {
        baseUrl = request.baseUrl;
        movedToCpu = false;
        const { report } = await start(request.prefer, job);
        post({ type: 'started', id, report });
      } else {
        post(await performOrMove(request, job));
      }
    } catch (error) {
      post({ type: 'failed', id, error: signal.aborted ? CANCELLED : describeError(error) });
    } finally {
      underWay--;
      running.delete(id);
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
      if (request.type === 'wish') {
        running.get(request.id)?.wish(request.wish);
        return;
      }
      const job = request;
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

function withNote(report: DeviceReport, note: string): DeviceReport {
  return { ...report, notes: [...report.notes, note] };
}

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
