/** What a run left in its folder: plan, journals of all shards, decisions. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlan, type Plan } from '../dataset/plan/schema';
import type { Outcome } from '../run/item';
import { readDecisions, type Decision } from '../run/review';
import { FolderUnreadableError } from './errors';
import { outcomesIn } from './runFolder';

export const PLAN_FILE = 'plan.jsonl';
export const REVIEW_FILE = 'review.jsonl';

export interface RunFolder {
  readonly folder: string;
  /** The last outcome of each item. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Undefined: the run was not of a plan. */
  readonly plan: Plan | undefined;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** @throws FolderUnreadableError, RunFolderError, JournalInvalidError, PlanInvalidError, ReviewInvalidError */
export async function openRun(folder: string): Promise<RunFolder> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FolderUnreadableError(folder, { cause });
  });
  const outcomes = new Map((await outcomesIn(folder)).map((outcome) => [outcome.item.id, outcome] as const));
  const read = async (name: string): Promise<string | undefined> =>
    names.includes(name) ? readFile(join(folder, name), 'utf8') : undefined;
  const plan = await read(PLAN_FILE);
  return {
    folder,
    outcomes,
    plan: plan === undefined ? undefined : readPlan(plan, PLAN_FILE),
    decisions: readDecisions((await read(REVIEW_FILE)) ?? ''),
  };
}
