/**
 * One run on many machines: every process puts the items that are not made yet into a queue of the run's own (each once, by its id)
 * and takes them from there, one at a time, into the folder that all share. A worker that dies holds its item no longer than a
 * lock lasts; then another makes it, under the same name and to the same pixels. Each process has a journal of its own.
 */

import { randomUUID } from 'node:crypto';
import { Attempts, type GrowingFiles } from '../../run/attempts';
import { journalOf, workerJournal, type RunFiles } from '../../run/folder';
import { RunEndingError } from '../../run/errors';
import { itemId, type Outcome, type RunItem } from '../../run/item';
import { keptFilms } from '../../run/keptFilms';
import { run, type FilmSource, type RunMethod, type Sink } from '../../run/runner';
import { isToMake, jobsToAdd, queueReport, type QueuedItem, type QueueReport } from './jobs';
import { openRedis } from './openRedis';
import { Pace, type QueueProgress } from './pace';

export interface QueueOptions {
  readonly url: string;
  readonly signal?: AbortSignal;
  /** What failed before is tried again. */
  readonly retryFailed?: boolean;
  readonly onOutcome?: (outcome: Outcome, progress: { readonly made: number } & QueueProgress) => void;
  /** Makes nothing itself: puts the items into the queue and looks on until others have done them. */
  readonly watches?: boolean;
  /** How far all processes together have come: at the beginning, and whenever there is less left. */
  readonly onProgress?: (progress: QueueProgress) => void;
  /** What a dead worker may hold its item for, in milliseconds: longer than the event loop ever stands still. */
  readonly lock?: number;
  /** That the queue cannot be reached for now, and is waited for. */
  readonly onTrouble?: (message: string) => void;
}

const LOCK = 120_000;
/** A film that kills its worker is given to another after so many deaths, and given up at the next. */
const DEATHS = 2;
const ATTEMPTS = 10;
/** Milliseconds between two looks at whether all is done. */
const LOOK = 500;
const TOKEN = 'queue.txt';
/** Milliseconds after which nobody else who began at the same time still writes a token. */
const SETTLED = 2000;
/** Seconds for which a job that is done keeps others from adding it again. */
const REMEMBERED = 24 * 3600;

/**
 * @param items the same for every process of the run
 * @param openQueue a queue of another kind, for tests
 * @throws QueueMissingError, QueueUnreachableError, JournalInvalidError, RunEndingError
 */
export async function runQueue(
  items: readonly RunItem[],
  { films, method, sink, files }: { films: FilmSource; method: RunMethod; sink: Sink; files: GrowingFiles },
  { url, signal, retryFailed = false, onOutcome, watches = false, onProgress, lock = LOCK, onTrouble }: QueueOptions,
  openQueue: typeof openRedis = openRedis,
): Promise<QueueReport> {
  const { bullmq, connection } = await openQueue(url, onTrouble);
  // Whatever fails from here on, an open connection would keep the process from ending.
  const closing: (() => Promise<void>)[] = [];
  try {
    const journal = journalOf(files, workerJournal(randomUUID().slice(0, 8)));
    // There is a journal from now on, and what ended another process concerns none of its lines.
    await journal.append('');
    const name = `counterpart-${await tokenOf(files)}-${itemId(items.map(({ id }) => id).join(), '', 0)}`;
    const queue = new bullmq.Queue<QueuedItem>(name, { connection });
    closing.unshift(() => queue.close());
    const attempts = new Attempts(files);
    const jobs = jobsToAdd(items, await attempts.now(), retryFailed);
    if (retryFailed) await queue.retryJobs({ state: 'failed' });
    await queue.addBulk(
      jobs.map(({ id, data }) => ({
        name: 'item',
        data,
        opts: {
          jobId: id,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential' as const, delay: 1000 },
          removeOnComplete: { age: REMEMBERED },
        },
      })),
    );
    const pace = new Pace();
    const look = async (): Promise<QueueProgress> => {
      const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'prioritized', 'paused');
      return pace.look(
        performance.now(),
        Object.values(counts).reduce((sum, count) => sum + count, 0),
      );
    };
    let made = 0;
    let last: QueueProgress = { left: items.length, perMinute: undefined, millisecondsLeft: undefined };
    let ending: RunEndingError | undefined;
    // One of an item and one of its donor.
    const open = keptFilms(films, 2);
    const ports = {
      films: { open },
      method,
      sink,
      journal: { read: () => Promise.resolve(''), append: (line: string) => journal.append(line) },
    };
    /** Whether it could be made: what was stopped, and what no item is to blame for, is not. */
    const isMade = async (item: RunItem): Promise<boolean> => {
      try {
        const { outcomes, stopped } = await run([item], ports, signal === undefined ? {} : { signal });
        for (const outcome of outcomes) {
          if (outcome.status === 'done') made++;
          // What is made is told, also where Redis does not answer just then.
          last = await look().then(
            // This one is still at hand.
            (progress) => ({ ...progress, left: progress.left - 1 }),
            () => last,
          );
          onOutcome?.(outcome, { ...last, made });
        }
        return !stopped;
      } catch (error) {
        // A full disk would meet every item: this process ends.
        if (!(error instanceof RunEndingError)) throw error;
        ending = error;
        return false;
      }
    };
    const worker = watches
      ? undefined
      : new bullmq.Worker<QueuedItem>(
          name,
          async (job, token) => {
            if (!isToMake(job.data, await attempts.now()) || (await isMade(job.data.item))) return;
            // Takes nothing more, and gives back what it has: that is no attempt of the item's.
            void worker?.close();
            await job.moveToWait(token);
            throw new bullmq.WaitingError();
          },
          { connection, lockDuration: lock, stalledInterval: lock, maxStalledCount: DEATHS },
        );
    if (worker !== undefined) closing.unshift(() => worker.close());
    worker?.on('error', (error) => onTrouble?.(error.message));
    let told = Number.POSITIVE_INFINITY;
    while (signal?.aborted !== true && ending === undefined) {
      const progress = await look();
      if (progress.left < told) onProgress?.(progress);
      told = progress.left;
      if (progress.left === 0) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    await worker?.close();
    if (ending !== undefined) throw ending;
    return queueReport(items, jobs, await attempts.now(), await queue.getFailed(), made);
  } finally {
    for (const close of closing) await close().catch(() => undefined);
    connection.disconnect();
  }
}

/**
 * What tells this folder's queue from that of another run of the same items. Where two processes begin at once, the token that
 * was written last holds for both.
 */
async function tokenOf(files: RunFiles): Promise<string> {
  const read = async (): Promise<string | undefined> => {
    const bytes = await files.read(TOKEN);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes).trim();
  };
  const before = await read();
  if (before !== undefined) return before;
  const own = randomUUID();
  await files.write(TOKEN, new TextEncoder().encode(`${own}\n`));
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  return (await read()) ?? own;
}
