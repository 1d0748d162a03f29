/** What the queue uses of BullMQ and of its client of Redis: both are optional packages, and need not be there to build. */

declare module 'ioredis' {
  export class Redis {
    constructor(url: string, options: { readonly maxRetriesPerRequest: null; readonly lazyConnect: true });
    connect(): Promise<void>;
    disconnect(): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }
}

declare module 'bullmq' {
  import type { Redis } from 'ioredis';

  export interface Job<T> {
    readonly id?: string;
    readonly data: T;
    readonly failedReason?: string;
    /** Gives an active job back; counts as no attempt. */
    moveToWait(token: string | undefined): Promise<unknown>;
  }
  /** Thrown by a worker that has given its job back. */
  export class WaitingError extends Error {}
  export interface JobOptions {
    readonly jobId: string;
    readonly attempts: number;
    readonly backoff: { readonly type: 'exponential'; readonly delay: number };
    readonly removeOnComplete: { readonly age: number };
  }
  export class Queue<T> {
    constructor(name: string, options: { readonly connection: Redis });
    addBulk(jobs: readonly { readonly name: string; readonly data: T; readonly opts: JobOptions }[]): Promise<unknown>;
    getJobCounts(...kinds: readonly string[]): Promise<Readonly<Record<string, number>>>;
    getFailed(): Promise<readonly Job<T>[]>;
    retryJobs(options: { readonly state: 'failed' }): Promise<void>;
    close(): Promise<void>;
  }
  export class Worker<T> {
    constructor(
      name: string,
      work: (job: Job<T>, token: string | undefined) => Promise<void>,
      options: {
        readonly connection: Redis;
        readonly lockDuration: number;
        readonly stalledInterval: number;
        readonly maxStalledCount: number;
      },
    );
    on(event: 'error', listener: (error: Error) => void): this;
    close(force?: boolean): Promise<void>;
  }
}
