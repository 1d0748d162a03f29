/** Requests to method calls, without a Worker in sight: one job at a time, cancelled by id, moved to the CPU when the GPU fails. */

import type { CounterpartError } from '../errors';
import { describeError, NotStartedError } from './errors';
import type { DeviceReport, Request, Response } from './messages';
import type { JobOptions, Method, OpenMethod } from './method';
import { parseRequest } from './schema';

export interface Server {
  /** Never throws: what goes wrong is posted. */
  handle(message: unknown): Promise<void>;
}

export type Post = (response: Response, transfer: readonly ArrayBufferLike[]) => void;

/** Failures of a GPU that the CPU does not share. */
const GPU_FAILURES = new Set(['out-of-memory', 'device-lost']);

type Job = Exclude<Request, { type: 'cancel' }>;

export function createServer(open: OpenMethod, send: Post): Server {
  const running = new Map<number, AbortController>();
  let method: Method | undefined;
  let baseUrl = '';
  let movedToCpu = false;
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
    const { radiograph, edit, sampling, allowUncertain = false } = request;
    return {
      type: 'generated',
      id,
      counterfactual: await method.generate(radiograph, edit, sampling, allowUncertain, job),
    };
  }

  /** Once: a machine whose GPU failed is not asked twice. */
  async function performOrMove(request: Exclude<Job, { type: 'start' }>, job: JobOptions): Promise<Response> {
    try {
      return await perform(request, job);
    } catch (error) {
      const failure = describeError(error);
      if (!GPU_FAILURES.has(failure.code) || method?.report.backend !== 'webgpu' || movedToCpu || job.signal.aborted)
        throw error;
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

  async function run(request: Job, controller: AbortController): Promise<void> {
    const { id } = request;
    const job: JobOptions = {
      signal: controller.signal,
      onProgress: (progress) => post({ type: 'progress', id, ...progress }),
    };
    try {
      controller.signal.throwIfAborted();
      if (request.type === 'start') {
        baseUrl = request.baseUrl;
        movedToCpu = false;
        const { report } = await start(request.prefer, job);
        post({ type: 'started', id, report });
      } else {
        post(await performOrMove(request, job));
      }
    } catch (error) {
      post({ type: 'failed', id, error: controller.signal.aborted ? CANCELLED : describeError(error) });
    } finally {
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
        running.get(request.id)?.abort();
        return;
      }
      const job = request;
      const controller = new AbortController();
      running.set(job.id, controller);
      queue = queue.then(() => run(job, controller));
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
