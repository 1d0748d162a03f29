/**
 * Works through items: each film is opened once, each result handed to the sink, then written down. What the journal holds is
 * not done again; what was interrupted between result and journal is, and gives the same pixels under the same name.
 */

import { CounterpartError } from '../errors';
import type { Counterfactual } from '../counterfactual/edit';
import type { Radiograph } from '../imaging/radiograph';
import type { Done, Outcome, Remark, RunItem } from './item';
import { RunEndingError } from './errors';
import { lineOf, readHistory, type Journal } from './journal';
import { keptFilms } from './keptFilms';

/** Where films come from. */
export interface FilmSource {
  /** @throws CounterpartError that names the film */
  open(film: string): Promise<Radiograph>;
}

/** What an item is made with, beside its film. */
export interface ItemContext {
  readonly signal?: AbortSignal | undefined;
  /** The film that the item borrows from, where it does. */
  readonly donor?: Radiograph | undefined;
  /** Tells what should be known beside the result; it is written down with it. */
  readonly remark?: ((remark: Remark) => void) | undefined;
}

/** How an item is made. */
export interface RunMethod {
  /** @throws CounterpartError where it cannot be */
  make(radiograph: Radiograph, item: RunItem, context: ItemContext): Promise<Counterfactual>;
}

/** Where results go. Writing an item twice leaves it once. */
export interface Sink {
  write(
    item: RunItem,
    source: Radiograph,
    result: Counterfactual,
    donor?: Radiograph,
  ): Promise<Pick<Done, 'files' | 'row'>>;
}

export interface RunPorts {
  readonly films: FilmSource;
  readonly method: RunMethod;
  readonly sink: Sink;
  readonly journal: Journal;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Items that failed before are tried again. */
  readonly retryFailed?: boolean;
  readonly onOutcome?: (outcome: Outcome, progress: RunProgress) => void;
  /** Milliseconds of a clock that may stop while the run is held. */
  readonly now?: () => number;
}

export interface RunProgress {
  readonly finished: number;
  readonly total: number;
  /** Of what is left, from the mean of what this call has made; undefined before the first. */
  readonly millisecondsLeft: number | undefined;
}

export interface RunReport {
  /** Every item, in order; absent: not reached. */
  readonly outcomes: readonly Outcome[];
  /** Done by this call; what failed is counted apart. */
  readonly made: number;
  /** Of before this call, done or failed. */
  readonly kept: number;
  readonly failed: number;
  readonly stopped: boolean;
}

/** @throws JournalInvalidError, RunEndingError, and what the journal or the sink throws that is about no single item (a full disk) */
export async function run(
  items: readonly RunItem[],
  { films, method, sink, journal }: RunPorts,
  options: RunOptions = {},
): Promise<RunReport> {
  const { now = () => performance.now() } = options;
  const { outcomes: known, mend } = readHistory(await journal.read());
  if (mend !== '') await journal.append(mend);
  const outcomes = new Map<string, Outcome>();
  const isKept = (item: RunItem): boolean => {
    const before = known.get(item.id);
    return before?.status === 'done' || (before?.status === 'failed' && options.retryFailed !== true);
  };
  const isStopped = (): boolean => options.signal?.aborted === true;
  let [tried, made, finished] = [0, 0, items.filter(isKept).length];
  const began = now();
  const [filmOf, donorOf] = [keptFilms(films, 1), keptFilms(films, 1)];
  for (const item of items) {
    const before = known.get(item.id);
    if (before !== undefined && isKept(item)) {
      outcomes.set(item.id, before);
      continue;
    }
    if (isStopped()) break;
    const started = now();
    const remarks: Remark[] = [];
    const remark = (each: Remark): void => void remarks.push(each);
    const became = await attempted(item, async () => {
      const radiograph = await filmOf(item.film);
      const donor = item.donor === undefined ? undefined : await donorOf(item.donor.film);
      const result = await method.make(radiograph, item, { signal: options.signal, donor, remark });
      const written = await sink.write(item, radiograph, result, donor);
      return { status: 'done', item, ...written, milliseconds: Math.round(now() - started) };
    });
    const outcome: Outcome = remarks.length === 0 ? became : { ...became, remarks };
    // Stopped, not failed: it is done the next time.
    if (outcome.status === 'failed' && isStopped()) break;
    await journal.append(lineOf(outcome));
    outcomes.set(item.id, outcome);
    tried++;
    if (outcome.status === 'done') made++;
    finished++;
    const left = items.length - finished;
    options.onOutcome?.(outcome, {
      finished,
      total: items.length,
      millisecondsLeft: ((now() - began) / tried) * left,
    });
  }
  const ordered = items.flatMap(({ id }) => outcomes.get(id) ?? []);
  return {
    outcomes: ordered,
    made,
    kept: ordered.length - tried,
    failed: ordered.filter(({ status }) => status === 'failed').length,
    stopped: ordered.length < items.length,
  };
}

/** What is about one item is written down with it; what would meet every item (a full disk, a defect) ends the run. */
async function attempted(item: RunItem, make: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof CounterpartError) || error instanceof RunEndingError) throw error;
    const { code, message, advice } = error;
    return { status: 'failed', item, error: { code, message, advice } };
  }
}
