/** BullMQ as far as a run uses it, in memory, for several workers of one process. */

import type * as BullMq from 'bullmq';
import type { openRedis } from '../openRedis';
import type { QueuedItem } from '../jobs';

interface FakeJob {
  readonly id: string;
  readonly data: QueuedItem;
  readonly attempts: number;
  attemptsMade: number;
  failedReason: string;
  moveToWait(): Promise<void>;
}

class WaitingError extends Error {}

export class FakeQueue {
  readonly ids = new Set<string>();
  readonly waiting: FakeJob[] = [];
  readonly failed: FakeJob[] = [];
  active = 0;
  /** Names of what was opened and not closed. */
  readonly open = new Set<string>();
  /** Thrown where the queue is asked how much is left. */
  trouble: Error | undefined;

  readonly connect: typeof openRedis = () => {
    this.open.add('connection');
    const connection = { disconnect: () => this.open.delete('connection') };
    return Promise.resolve({ bullmq: this.#bullmq(), connection } as unknown as Awaited<ReturnType<typeof openRedis>>);
  };

  #add({ data, opts }: { readonly data: QueuedItem; readonly opts: BullMq.JobOptions }): void {
    const { jobId: id, attempts } = opts;
    if (String(Number.parseInt(id, 10)) === id) throw new Error('Custom Id cannot be integers');
    if (this.ids.has(id)) return;
    this.ids.add(id);
    const moveToWait = async (): Promise<void> => {
      this.waiting.push(job);
    };
    const job: FakeJob = { id, data, attempts, attemptsMade: 0, failedReason: '', moveToWait };
    this.waiting.push(job);
  }

  async #work(work: (job: FakeJob, token: string) => Promise<void>, isClosing: () => boolean): Promise<void> {
    for (let job = this.waiting.shift(); job !== undefined; job = isClosing() ? undefined : this.waiting.shift()) {
      this.active++;
      try {
        await work(job, 'token');
      } catch (error) {
        if (!(error instanceof WaitingError)) {
          job.attemptsMade++;
          job.failedReason = String(error);
          (job.attemptsMade < job.attempts ? this.waiting : this.failed).push(job);
        }
      }
      this.active--;
    }
  }

  #bullmq(): unknown {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- two classes of their own stand for it
    const fake = this;
    class Queue {
      constructor() {
        fake.open.add('queue');
      }
      async addBulk(jobs: readonly { readonly data: QueuedItem; readonly opts: BullMq.JobOptions }[]): Promise<void> {
        for (const job of jobs) fake.#add(job);
      }
      async getJobCounts(): Promise<Record<string, number>> {
        if (fake.trouble !== undefined) throw fake.trouble;
        return { wait: fake.waiting.length, active: fake.active };
      }
      async getFailed(): Promise<readonly FakeJob[]> {
        return fake.failed;
      }
      async retryJobs(): Promise<void> {
        fake.waiting.push(...fake.failed.splice(0));
      }
      async close(): Promise<void> {
        fake.open.delete('queue');
      }
    }
    class Worker {
      readonly #running: Promise<void>;
      #closing = false;
      constructor(_name: string, work: (job: FakeJob, token: string) => Promise<void>) {
        fake.open.add('worker');
        this.#running = Promise.resolve().then(() => fake.#work(work, () => this.#closing));
      }
      on(): this {
        return this;
      }
      async close(): Promise<void> {
        this.#closing = true;
        fake.open.delete('worker');
        await this.#running;
      }
    }
    return { Queue, Worker, WaitingError };
  }
}
