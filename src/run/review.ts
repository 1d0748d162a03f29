/** Decisions about results, appended beside the journal and never changed: the last one about an item holds. */

import * as z from 'zod/mini';
import type { ControlItem, GeneratedItem, Plan } from '../dataset/plan/schema';
import { ReviewInvalidError } from '../dataset/errors';
import type { Measured } from '../dataset/plan/acceptance';
import type { AcceptedItem } from '../dataset/plan/makePlan';
import type { Finding } from '../findings/vocabulary';
import type { Done, Outcome } from './item';
import { readLines, type Mend } from './lines';
import { plannedById } from './planned';

const decisionSchema = z.object({
  id: z.string(),
  /** 'none' takes a decision back. */
  decision: z.enum(['accept', 'reject', 'none']),
  reason: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;

export interface Reviewed {
  /** The last decision about each item. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** What must be appended before the next line: whatever ended the last session may have cut its last line. */
  readonly mend: Mend;
}

/** @throws ReviewInvalidError where a line before the last cannot be read */
export function readDecisions(text: string): Reviewed {
  const decisions = new Map<string, Decision>();
  const mend = readLines(text, (line, number, isLast) => {
    const decision = decisionIn(line);
    if (decision !== undefined) decisions.set(decision.id, decision);
    else if (!isLast) throw new ReviewInvalidError('review.jsonl', number, 'it is not as it was written');
    return decision !== undefined;
  });
  return { decisions, mend };
}

function decisionIn(line: string): Decision | undefined {
  try {
    return decisionSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export const decisionLine = (decision: Decision): string => `${JSON.stringify(decision)}\n`;

const WORDS: Readonly<Record<string, Decision['decision']>> = {
  accept: 'accept',
  accepted: 'accept',
  yes: 'accept',
  '1': 'accept',
  reject: 'reject',
  rejected: 'reject',
  no: 'reject',
  '0': 'reject',
  none: 'none',
};

/**
 * Decisions out of a table with a column that names the item (id, item or file_name) and a column decision (reason, if any).
 * @returns nothing of a table with a row that is none @throws ReviewInvalidError
 */
export function decisionsOf(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  done: readonly Done[],
): readonly Decision[] {
  const column = (...names: readonly string[]): number =>
    header.findIndex((each) => names.includes(each.trim().toLowerCase()));
  const [item, decision, reason] = [column('id', 'item', 'file_name'), column('decision'), column('reason')];
  if (item < 0 || decision < 0)
    throw new ReviewInvalidError(name, 0, 'there is no column id (or file_name) or no column decision');
  const ids = new Map(
    done.flatMap((each) => [each.item.id, each.row['file_name'] ?? ''].map((key) => [key, each.item.id] as const)),
  );
  return rows.flatMap((cells, index) => {
    const [key, said] = [(cells[item] ?? '').trim(), (cells[decision] ?? '').trim().toLowerCase()];
    if (said === '') return [];
    const [id, decided] = [ids.get(key), WORDS[said]];
    if (id === undefined) throw new ReviewInvalidError(name, index + 1, `“${key}” is no result of this run`);
    if (decided === undefined) throw new ReviewInvalidError(name, index + 1, `“${said}” is neither accept nor reject`);
    return [{ id, decision: decided, reason: (cells[reason] ?? '').trim() }];
  });
}

/** By a review, else by the receipt: no line of it is red. */
export function isAccepted({ item, row }: Done, decisions: ReadonlyMap<string, Decision>): boolean {
  const { decision = 'none' } = decisions.get(item.id) ?? {};
  return decision === 'none' ? row['receipt'] !== 'red' : decision === 'accept';
}

/** Of a run of a plan: what was accepted, and what it was planned as. */
export function acceptedOf({
  outcomes,
  plan,
  decisions,
}: {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly plan: Plan | undefined;
  readonly decisions: ReadonlyMap<string, Decision>;
}): readonly AcceptedItem[] {
  const planned = plan === undefined ? new Map<string, GeneratedItem>() : plannedById(plan);
  return doneOf(outcomes.values()).flatMap((done) => {
    const { id } = done.item;
    const item = planned.get(id);
    return item !== undefined && isAccepted(done, decisions) ? [{ id, item }] : [];
  });
}

export function doneOf(outcomes: Iterable<Outcome>): readonly Done[] {
  return [...outcomes].flatMap((outcome) => (outcome.status === 'done' ? [outcome] : []));
}

/** Real films once more, as many of each class as results were accepted: what the results must beat. */
export function controlArm(plan: Plan, accepted: readonly Done[]): readonly ControlItem[] {
  const planned = plannedById(plan);
  const left = new Map<string, number>();
  for (const { item } of accepted) {
    const name = planned.get(item.id)?.class ?? '';
    left.set(name, (left.get(name) ?? 0) + 1);
  }
  return plan.control.filter(({ class: name }) => {
    const more = left.get(name) ?? 0;
    left.set(name, more - 1);
    return more > 0;
  });
}

/** What a run teaches the next plan. */
export function measuredOf(
  planned: ReadonlyMap<string, GeneratedItem>,
  done: readonly Done[],
  decisions: ReadonlyMap<string, Decision>,
): ReadonlyMap<Finding, Measured> {
  const measured = new Map<Finding, Measured>();
  for (const each of done) {
    const finding = planned.get(each.item.id)?.finding;
    if (finding === undefined) continue;
    const { made, accepted } = measured.get(finding) ?? { made: 0, accepted: 0 };
    measured.set(finding, { made: made + 1, accepted: accepted + (isAccepted(each, decisions) ? 1 : 0) });
  }
  return measured;
}

export interface ClassReview {
  readonly class: string;
  readonly results: number;
  readonly accepted: number;
  /** Of which somebody has decided. */
  readonly reviewed: number;
}

/** By the class that results are for; without a plan by what was asked. */
export function classReviews(
  done: readonly Done[],
  plan: Plan | undefined,
  decisions: ReadonlyMap<string, Decision>,
): readonly ClassReview[] {
  const planned = plan === undefined ? undefined : plannedById(plan);
  const classes = new Map<string, Done[]>();
  for (const each of done) {
    const name = planned?.get(each.item.id)?.class ?? each.item.request;
    classes.set(name, [...(classes.get(name) ?? []), each]);
  }
  return [...classes].map(([name, all]) => ({
    class: name,
    results: all.length,
    accepted: all.filter((each) => isAccepted(each, decisions)).length,
    reviewed: all.filter(({ item }) => (decisions.get(item.id)?.decision ?? 'none') !== 'none').length,
  }));
}
