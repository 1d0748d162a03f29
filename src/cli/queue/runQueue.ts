/**
 * One run on many machines: every process puts the items that are not made yet into a queue of the run's own (each once, by its id)
 * and takes them from there, one at a time, into the folder that all share. A worker that dies holds its item no longer than a
 * lock lasts; then another makes it, under the same name and to the same pixels. Each process has a journal of its own.
 */

import { randomUUID } from 'node:crypto';
import { journalOf, openRun, workerJournal, type RunFiles } from '../../run/folder';
import { RunEndingError } from '../../run/errors';
import { itemId, type Outcome, type RunItem } from '../../run/item';
import { run, type FilmSource, type RunMethod, type Sink } from '../../run/runner';
import { openRedis } from './openRedis';

export interface QueueOptions {
  readonly url: string;
  readonly signal?: AbortSignal;
  /** What failed before is tried again. */
  readonly retryFailed?: boolean;
  readonly onOutcome?: (outcome: Outcome, progress: { readonly made: number }) => void;
  /** What a dead worker may hold its item for, in milliseconds: longer than the event loop ever stands still. */
  readonly lock?: number;
  /** That the queue cannot be reached for now, and is waited for. */
  readonly onTrouble?: (message: string) => void;
}

export interface QueueReport {
  /** Of the whole run, whoever made them, in the order of the items; absent: not reached. */
  readonly outcomes: readonly Outcome[];
  /** By this process. */
  readonly made: number;
  readonly failed: number;
  readonly stopped: boolean;
  /** Items that no worker could finish, with the last reason. */
  readonly dead: readonly { readonly item: RunItem; readonly reason: string }[];
}

const LOCK = 120_000;
/** A film that kills its worker is given up after so many. */
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
 * @throws QueueMissingError, QueueUnreachableError, JournalInvalidError, RunEndingError
 */
export async function runQueue(
  items: readonly RunItem[],
  { films, method, sink, files }: { films: FilmSource; method: RunMethod; sink: Sink; files: RunFiles },
  { url, signal, retryFailed, onOutcome, lock = LOCK, onTrouble }: QueueOptions,
): Promise<QueueReport> {
  const { bullmq, connection } = await openRedis(url, onTrouble);
  const name = `counterpart-${await tokenOf(files)}-${itemId(items.map(({ id }) => id).join(), '', 0)}`;
  const queue = new bullmq.Queue<RunItem>(name, { connection });
  const own = new Set(items.map(({ id }) => id));
  const outcomesNow = async (): Promise<ReadonlyMap<string, Outcome>> => (await openRun(files)).outcomes;
  const journal = journalOf(files, workerJournal(randomUUID().slice(0, 8)));
  // There is a journal from now on, and what ended another process concerns none of its lines.
  await journal.append('');
  const isKept = (outcome: Outcome | undefined): boolean =>
    outcome?.status === 'done' || (outcome?.status === 'failed' && retryFailed !== true);
  const before = await outcomesNow();
  const missing = items.filter(({ id }) => !isKept(before.get(id)));
  let made = 0;
  let ending: RunEndingError | undefined;
  const open = keptFilm(films);
  const ports = {
    films: { open },
    method,
    sink,
    journal: { read: () => Promise.resolve(''), append: (line: string) => journal.append(line) },
  };
  try {
    if (retryFailed === true) await queue.retryJobs({ state: 'failed' });
    await queue.addBulk(
      missing.map((item) => ({
        name: 'item',
        data: item,
        opts: {
          // Another job where it is tried again: the first is remembered as done.
          jobId: before.has(item.id) ? `${item.id}-${String(Date.now())}` : item.id,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential' as const, delay: 1000 },
          removeOnComplete: { age: REMEMBERED },
        },
      })),
    );
    const worker = new bullmq.Worker<RunItem>(
      name,
      async ({ data: item }) => {
        const known = (await outcomesNow()).get(item.id);
        if (!isKept(known)) {
          const report = await run([item], ports, {
            ...(signal === undefined ? {} : { signal }),
            onOutcome: (outcome) => {
              made++;
              onOutcome?.(outcome, { made });
            },
          }).catch((error: unknown) => {
            // A full disk would meet every item: this process ends, and the item goes back.
            if (error instanceof RunEndingError) ending = error;
            throw error;
          });
          // Given up, not failed: back to the queue.
          if (report.stopped) throw new Error('stopped');
        }
      },
      { connection, lockDuration: lock, stalledInterval: lock, maxStalledCount: DEATHS },
    );
    worker.on('error', (error) => onTrouble?.(error.message));
    while (signal?.aborted !== true && ending === undefined) {
      const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'prioritized', 'paused');
      if (Object.values(counts).every((count) => count === 0)) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    await worker.close();
    if (ending !== undefined) throw ending;
    const after = await outcomesNow();
    const outcomes = items.flatMap(({ id }) => after.get(id) ?? []);
    const dead = (await queue.getFailed())
      .filter(({ data }) => own.has(data.id) && after.get(data.id)?.status !== 'done')
      .map(({ data, failedReason = '' }) => ({ item: data, reason: failedReason }));
    return {
      outcomes,
      made,
      failed: outcomes.filter(({ status }) => status === 'failed').length,
      stopped: outcomes.length + dead.length < items.length,
      dead,
    };
  } finally {
    await queue.close();
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

/** The film that was opened last stays open. */
function keptFilm(films: FilmSource): FilmSource['open'] {
  let last: { readonly film: string; readonly radiograph: ReturnType<FilmSource['open']> } | undefined;
  return (film) => {
    if (last?.film !== film) last = { film, radiograph: films.open(film) };
    return last.radiograph;
  };
}
