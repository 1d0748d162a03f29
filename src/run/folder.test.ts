import { describe, expect, it } from 'vitest';
import { appendDecisions, keepPlan, openRun } from './folder';
import { lineOf } from './journal';
import { memoryFiles } from './testing/memoryFiles';

const item = (id: string) => ({ id, film: `${id}.png`, request: 'no opacity', seed: 1 });
const done = (id: string) => lineOf({ status: 'done', item: item(id), files: [], row: {}, milliseconds: 1 });
const failed = (id: string) =>
  lineOf({ status: 'failed', item: item(id), error: { code: 'c', message: 'm', advice: 'a' } });

describe('the folder of a run', () => {
  it('is put together of all its parts; what one part has done no other has failed', async () => {
    const files = memoryFiles();
    await files.append('journal-1-of-2.jsonl', done('a') + failed('b'));
    await files.append('journal-2-of-2.jsonl', failed('a') + done('b'));
    const { outcomes } = await openRun(files);
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('that holds no run says so', async () => {
    await expect(openRun(memoryFiles('pictures'))).rejects.toThrow(/pictures holds no journal/);
  });

  it('keeps one plan', async () => {
    const files = memoryFiles('set');
    await keepPlan(files, 'one');
    await keepPlan(files, 'one');
    await expect(keepPlan(files, 'two')).rejects.toThrow(/set holds the results of another plan/);
    expect(files.text('plan.jsonl')).toBe('one');
  });

  it('takes decisions after one that was cut short, again and again', async () => {
    const files = memoryFiles();
    await files.append('journal.jsonl', done('a') + done('b'));
    const decide = (id: string, decision: 'accept' | 'reject') =>
      appendDecisions(files, [{ id, decision, reason: '' }]);
    await decide('a', 'reject');
    await files.append('review.jsonl', '{"id":"b","decis');
    await decide('b', 'accept');
    await decide('a', 'accept');
    const { decisions } = await openRun(files);
    expect([...decisions.values()].map(({ id, decision }) => [id, decision])).toEqual([
      ['a', 'accept'],
      ['b', 'accept'],
    ]);
  });
});
