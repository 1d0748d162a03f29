import { describe, expect, it } from 'vitest';
import type { AttemptRecord } from '../../run/folder';
import { itemsOf, type Outcome, type RunItem } from '../../run/item';
import { isToMake, jobsToAdd, queueReport } from './jobs';

const ITEMS = itemsOf(['a.png', 'b.png', 'c.png'], ['no opacity'], [1]);
const [FIRST, SECOND, THIRD] = ITEMS as readonly [RunItem, RunItem, RunItem];
const done = (item: RunItem): Outcome => ({ status: 'done', item, files: [], row: {}, milliseconds: 1 });
const failed = (item: RunItem): Outcome => ({
  status: 'failed',
  item,
  error: { code: 'c', message: 'm', advice: 'a' },
});

function tried(...outcomes: readonly Outcome[]): AttemptRecord {
  const failures = new Map<string, number>();
  for (const { item, status } of outcomes)
    if (status === 'failed') failures.set(item.id, (failures.get(item.id) ?? 0) + 1);
  return { outcomes: new Map(outcomes.map((each) => [each.item.id, each])), failures };
}

describe('the jobs of a run', () => {
  it('are what is not made yet, under names that are no numbers', () => {
    const digits = { ...FIRST, id: '1234567890123456' };
    const jobs = jobsToAdd([digits, SECOND, THIRD], tried(done(SECOND), failed(THIRD)), false);
    expect(jobs.map(({ id }) => id)).toEqual(['item-1234567890123456']);
  });

  it('that are tried again have names of their own, the same for every worker and others after each failure', () => {
    const again = (...before: readonly Outcome[]) =>
      jobsToAdd(ITEMS, tried(done(FIRST), done(SECOND), ...before), true);
    const [once] = again(failed(THIRD));
    expect(again(failed(THIRD))).toEqual([once]);
    expect(once?.data).toEqual({ item: THIRD, failures: 1 });
    const ids = [again(), again(failed(THIRD)), again(failed(THIRD), failed(THIRD))].map(([job]) => job?.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('are made unless that was done meanwhile, or has failed since', () => {
    const job = { item: FIRST, failures: 1 };
    expect(isToMake(job, tried(failed(FIRST)))).toBe(true);
    expect(isToMake(job, tried(failed(FIRST), failed(FIRST)))).toBe(false);
    expect(isToMake(job, tried(done(FIRST)))).toBe(false);
  });
});

describe('the report of a run by a queue', () => {
  const jobs = jobsToAdd(ITEMS, tried(), false);
  const dead = [{ data: { item: SECOND, failures: 0 }, failedReason: 'stalled' }];

  it('tells what no worker could finish, and of no other run', () => {
    const other = { data: { item: { ...SECOND, id: 'f' }, failures: 0 }, failedReason: 'x' };
    expect(queueReport(ITEMS, jobs, tried(done(FIRST), failed(THIRD)), [...dead, other], 1)).toEqual({
      outcomes: [done(FIRST), failed(THIRD)],
      made: 1,
      failed: 1,
      stopped: false,
      dead: [{ item: SECOND, reason: 'stalled' }],
    });
  });

  it('says that it was stopped while something is left, also of what is tried again', () => {
    expect(queueReport(ITEMS, jobs, tried(done(FIRST)), dead, 1).stopped).toBe(true);
    const before = tried(done(FIRST), done(SECOND), failed(THIRD));
    expect(queueReport(ITEMS, jobsToAdd(ITEMS, before, true), before, [], 0).stopped).toBe(true);
  });
});
