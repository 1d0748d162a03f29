/** Makes items by the release's networks into a folder, alone or as one of several by a queue; what is made is told as it comes. */

import type { SamplingOptions } from '../counterfactual/edit';
import type { Plan } from '../dataset/plan/schema';
import { EngineError } from '../engine/errors';
import { runSink, type PictureFormat } from '../export/runSink';
import { JOURNAL_FILE, journalOf, withOthers, writeTable, writeTableOfAll } from '../run/folder';
import type { GrowingFiles } from '../run/attempts';
import type { Outcome, RunItem } from '../run/item';
import { readHistory } from '../run/journal';
import { plannedSink } from '../run/planned';
import { run, type FilmSource, type RunReport } from '../run/runner';
import { releaseOf } from '../state/release';
import { EXIT, type CliContext } from './context';
import { GpuFailedError } from './errors';
import { methodOf } from './method';
import { openNetworks } from './node/networks';
import type { QueueProgress } from './queue/pace';
import { runQueue } from './queue/runQueue';

/** What is made, of which films, into which folder. */
export interface Work {
  readonly items: readonly RunItem[];
  readonly films: FilmSource;
  readonly folder: GrowingFiles;
  readonly plan?: Plan | undefined;
}

/** Which of several parts this process makes, from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface Making {
  readonly format: PictureFormat;
  readonly sampler: SamplingOptions['sampler'];
  readonly shard: Shard;
  readonly threads: number;
  readonly gpu?: boolean | undefined;
  /** redis://... */
  readonly queue?: string | undefined;
  /** Puts the items into the queue, and tells how others get on with them. */
  readonly watch?: boolean | undefined;
  readonly retryFailed?: boolean | undefined;
  /** An item that fails by name is no failure of the process: its exit code is that of what is done. */
  readonly tolerateFailures?: boolean | undefined;
  readonly allowUncertain?: boolean | undefined;
  readonly json?: boolean | undefined;
  /** As the closing line names the folder. */
  readonly out: string;
}

/** @returns the exit code @throws what opening the networks or the run's folder throws */
export async function makeAll(work: Work, making: Making, context: CliContext): Promise<number> {
  const { root, out, err, signal, threadStarter } = context;
  const { items, films, folder, plan } = work;
  const { retryFailed = false, allowUncertain = false, json = false, shard, threads, gpu = false } = making;
  const { watch = false, tolerateFailures = false } = making;
  const networks = await openNetworks(root, { gpu, threads, threadStarter });
  const began = networks.threads;
  if (began < threads) err(fewerThreads(began, threads, 'could be started'));
  const sink = runSink(folder, making.format, releaseOf(networks.suite.manifest));
  try {
    const method = methodOf(networks, {
      sampler: making.sampler,
      allowUncertain,
    });
    const tellRemarks = ({ remarks = [] }: Outcome): void => {
      for (const { film, text } of remarks) err(`${film}: ${text}\n`);
    };
    const results = plan === undefined ? sink : plannedSink(sink, plan);
    if (making.queue !== undefined) {
      const queued = await runQueue(
        items,
        { films, method, sink: results, files: folder },
        {
          url: making.queue,
          signal,
          retryFailed,
          onTrouble: (message) => err(`The queue: ${message}\n`),
          watches: watch,
          onOutcome: (outcome, progress) => {
            tellRemarks(outcome);
            if (json) out(`${JSON.stringify(outcome)}\n`);
            else
              err(`${doneOf(items, progress)}, ${String(progress.made)} here  ${told(outcome)}  ${paceOf(progress)}\n`);
          },
          ...(watch && {
            onProgress: (progress: QueueProgress) => {
              if (json) out(`${JSON.stringify({ status: 'progress', items: items.length, ...progress })}\n`);
              else err(`${doneOf(items, progress)}  ${paceOf(progress)}\n`);
            },
          }),
        },
      );
      await writeTableOfAll(folder, queued.outcomes);
      const { made, failed, outcomes } = queued;
      summarise({ ...queued, kept: outcomes.length - made - failed }, making, err, 'by others or before');
      for (const { item, reason } of queued.dead) {
        if (json) out(`${JSON.stringify({ status: 'given up', item, reason })}\n`);
        err(`  ${askedOf({ item })}: given up by the queue: ${reason}\n`);
      }
      const isFailed = (failed + queued.dead.length > 0 && !tolerateFailures) || queued.stopped;
      return isFailed ? EXIT.failed : EXIT.done;
    }
    const part = `-${String(shard.index + 1)}-of-${String(shard.count)}`;
    const journal = journalOf(folder, shard.count === 1 ? JOURNAL_FILE : `journal${part}.jsonl`);
    const report = await run(
      items,
      { films, method, sink: results, journal },
      {
        signal,
        retryFailed,
        onOutcome: (outcome, { finished, total, millisecondsLeft }) => {
          tellRemarks(outcome);
          if (json) out(`${JSON.stringify(outcome)}\n`);
          else err(`${String(finished)}/${String(total)}  ${told(outcome)}  ${timeLeft(millisecondsLeft)}\n`);
        },
      },
    );
    // The folder may hold what was asked in other words before; a shard tells its own journal.
    if (shard.count === 1) await writeTableOfAll(folder, report.outcomes);
    else {
      const { outcomes } = readHistory(await journal.read());
      await writeTable(folder, withOthers(report.outcomes, outcomes), `metadata${part}.csv`);
    }
    summarise(report, making, err, 'from before');
    return (report.failed > 0 && !tolerateFailures) || report.stopped ? EXIT.failed : EXIT.done;
  } catch (error) {
    if (gpu && error instanceof EngineError) throw new GpuFailedError(error.message, { cause: error });
    throw error;
  } finally {
    if (networks.threads < began) err(fewerThreads(networks.threads, began, 'were left at the end'));
    await networks.dispose();
  }
}

function fewerThreads(there: number, wanted: number, words: string): string {
  return `${String(there)} of ${String(wanted)} threads ${words}: the results are the same, and take longer.\n`;
}

/** How many of the items are done, or were given up, by all processes together. */
function doneOf(items: readonly RunItem[], { left }: QueueProgress): string {
  return `${String(items.length - left)}/${String(items.length)}`;
}

function paceOf({ left, perMinute, millisecondsLeft }: QueueProgress): string {
  if (perMinute === undefined || left === 0) return '';
  return `${perMinute.toFixed(perMinute < 10 ? 1 : 0)} a minute, ${timeLeft(millisecondsLeft)}`;
}

function askedOf({ item: { film, request, seed } }: Pick<Outcome, 'item'>): string {
  return `${film}: ${request} (seed ${String(seed)})`;
}

function told(outcome: Outcome): string {
  const what = askedOf(outcome);
  return outcome.status === 'done'
    ? `${what}: ${outcome.row['receipt'] ?? ''}`
    : `${what}: failed. ${outcome.error.message}`;
}

function timeLeft(milliseconds: number | undefined): string {
  if (milliseconds === undefined || milliseconds === 0) return '';
  const minutes = milliseconds / 60_000;
  return minutes < 1.5
    ? `about ${String(Math.ceil(milliseconds / 1000))} s left`
    : `about ${String(Math.round(minutes))} min left`;
}

function summarise(
  { outcomes, made, kept, failed, stopped }: RunReport,
  { json, out }: Making,
  err: (text: string) => void,
  keptWords: string,
): void {
  if (json === true) return;
  err(`${String(made)} made now, ${String(kept)} ${keptWords}, ${String(failed)} failed; in ${out}\n`);
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') err(`  ${askedOf(outcome)}: ${outcome.error.message} ${outcome.error.advice}\n`);
  }
  if (stopped) err('Stopped. Run the same command to go on.\n');
}
