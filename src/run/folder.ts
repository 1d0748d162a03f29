/** What a run leaves behind, wherever that is: plan, journals of all shards, decisions, and the tables made of them. */

import { csvOf } from '../dataset/csv';
import { readPlan, type Plan } from '../dataset/plan/schema';
import { OtherRunError, PlanDiffersError, RunFolderError } from './errors';
import type { Outcome } from './item';
import { readHistory, type History, type Journal } from './journal';
import { itemsOfPlan } from './planned';
import { controlArm, decisionLine, doneOf, isAccepted, readDecisions, type Decision } from './review';

/** A folder of a disk or of a browser. Paths are relative, with forward slashes. */
export interface RunFiles {
  /** As a message names it. */
  readonly name: string;
  /** Of the files at its top. */
  names(): Promise<readonly string[]>;
  /** Undefined: there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All of the file or none of it. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** At the end of a file that need not be there yet; on the disk when it returns. */
  append(path: string, text: string): Promise<void>;
}

const PLAN_FILE = 'plan.jsonl';
const REVIEW_FILE = 'review.jsonl';
export const JOURNAL_FILE = 'journal.jsonl';
/** Of a whole run, of a part of one, or of one of several workers. */
const JOURNAL = /^journal(?:-\d+-of-\d+|-worker-[\da-f]+)?\.jsonl$/;

/** Of one of several workers that share a folder: no two write into one file. */
export function workerJournal(worker: string): string {
  return `journal-worker-${worker}.jsonl`;
}

export interface RunRecord {
  /** The last outcome of each item. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Undefined: the run was not of a plan. */
  readonly plan: Plan | undefined;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** @throws RunFolderError, JournalInvalidError, PlanInvalidError, PlanVersionError, ReviewInvalidError */
export async function openRun(files: RunFiles): Promise<RunRecord> {
  const journals = await journalsIn(files);
  const plan = await textOf(files, PLAN_FILE);
  // A plan that was put there and never begun has no journal yet.
  if (journals.length === 0 && plan === undefined) throw new RunFolderError(files.name);
  return {
    outcomes: (await attemptsIn(files, journals)).outcomes,
    plan: plan === undefined ? undefined : readPlan(plan, PLAN_FILE),
    decisions: readDecisions((await textOf(files, REVIEW_FILE)) ?? '').decisions,
  };
}

/** Names of the journals of all parts, sorted. */
export async function journalsIn(files: RunFiles): Promise<readonly string[]> {
  return (await files.names()).filter((name) => JOURNAL.test(name)).sort();
}

/** What was tried: of all parts of a run. */
export type AttemptRecord = Pick<History, 'outcomes' | 'failures'>;

/** @throws JournalInvalidError */
export async function attemptsIn(files: RunFiles, journals?: readonly string[]): Promise<AttemptRecord> {
  const outcomes = new Map<string, Outcome>();
  const failures = new Map<string, number>();
  for (const name of journals ?? (await journalsIn(files))) {
    const history = readHistory((await textOf(files, name)) ?? '');
    for (const [id, outcome] of history.outcomes) {
      // One part may have failed where another, started later, has done it.
      if (outcomes.get(id)?.status !== 'done') outcomes.set(id, outcome);
    }
    for (const [id, count] of history.failures) failures.set(id, (failures.get(id) ?? 0) + count);
  }
  return { outcomes, failures };
}

/**
 * A run of a plan has it beside its results.
 * @throws PlanDiffersError where there is another one; OtherRunError where there are results of none; what reading the plan throws
 */
export async function keepPlan(files: RunFiles, text: string): Promise<void> {
  const before = await textOf(files, PLAN_FILE);
  if (before !== undefined && before !== text) throw new PlanDiffersError(files.name);
  const own = new Set(itemsOfPlan(readPlan(text, PLAN_FILE)).map(({ id }) => id));
  const { outcomes } = await attemptsIn(files);
  if ([...outcomes.keys()].some((id) => !own.has(id))) throw new OtherRunError(files.name, 'words');
  if (before === undefined) await files.write(PLAN_FILE, bytesOf(text));
}

/** A run of words: its folder may grow by other words, films and seeds. @throws OtherRunError where it is of a plan */
export async function refusePlanned(files: RunFiles): Promise<void> {
  if ((await textOf(files, PLAN_FILE)) !== undefined) throw new OtherRunError(files.name, 'plan');
}

export function journalOf(files: RunFiles, name = JOURNAL_FILE): Journal {
  return {
    read: async () => (await textOf(files, name)) ?? '',
    append: (line) => files.append(name, line),
  };
}

/** Decisions after those that are there. @throws ReviewInvalidError */
export async function appendDecisions(files: RunFiles, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length === 0) return;
  const { mend } = readDecisions((await textOf(files, REVIEW_FILE)) ?? '');
  await files.append(REVIEW_FILE, mend + decisions.map(decisionLine).join(''));
}

/** The table of all results, as far as a run has come. */
export function writeTable(files: RunFiles, outcomes: readonly Outcome[], name = 'metadata.csv'): Promise<void> {
  return files.write(name, bytesOf(tableOf(outcomes)));
}

/** The table of the whole folder: of these, then of what was asked in other words before, whoever made it. @throws JournalInvalidError */
export async function writeTableOfAll(files: RunFiles, own: readonly Outcome[]): Promise<void> {
  await writeTable(files, withOthers(own, (await attemptsIn(files)).outcomes));
}

export function withOthers(own: readonly Outcome[], all: ReadonlyMap<string, Outcome>): readonly Outcome[] {
  const now = new Set(own.map(({ item }) => item.id));
  return [...own, ...[...all.values()].filter(({ item }) => !now.has(item.id))];
}

/** accepted.csv, and beside it the real films that the results must beat. */
export async function writeAccepted(files: RunFiles, { outcomes, plan, decisions }: RunRecord): Promise<void> {
  const accepted = doneOf(outcomes.values()).filter((each) => isAccepted(each, decisions));
  await writeTable(files, accepted, 'accepted.csv');
  if (plan === undefined) return;
  const control = controlArm(plan, accepted).map((each) => [
    each.film,
    each.class,
    each.patient,
    each.split,
    each.source,
  ]);
  await files.write('control.csv', bytesOf(csvOf([['file_name', 'class', 'patient', 'split', 'source'], ...control])));
}

/** A row a result; what failed has none, and is listed at the end of the run and in the journal. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = doneOf(outcomes).map(({ row }) => row);
  const columns = [...new Set(['file_name', ...rows.flatMap((row) => Object.keys(row))])];
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]);
}

async function textOf(files: RunFiles, path: string): Promise<string | undefined> {
  const bytes = await files.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
