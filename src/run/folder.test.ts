import { describe, expect, it } from 'vitest';
import { planText, readPlan, type Plan } from '../dataset/plan/schema';
import { appendDecisions, attemptsIn, keepPlan, openRun, refusePlanned, writeTableOfAll } from './folder';
import type { Outcome } from './item';
import { lineOf } from './journal';
import { itemsOfPlan } from './planned';
import { memoryFiles } from './testing/memoryFiles';

const item = (id: string) => ({ id, film: `${id}.png`, request: 'no opacity', seed: 1 });
const done = (id: string) => lineOf({ status: 'done', item: item(id), files: [], row: {}, milliseconds: 1 });
const failed = (id: string) =>
  lineOf({ status: 'failed', item: item(id), error: { code: 'c', message: 'm', advice: 'a' } });

/** Of one drawing into a film of this name. */
function plan(film: string): string {
  const made: Plan = {
    header: {
      format: 'counterpart-plan',
      version: 2,
      table: { names: [], dialect: 'huggingFace', films: 1 },
      options: { split: '', ratio: 0.25, seed: 1, uncertain: 'ignore', blank: 'ignore' },
      classes: [
        { name: 'hernia', finding: 'hernia', real: 0, target: 1, items: 1, acceptance: 1, measuredOn: 0, expected: 1 },
      ],
      secondsAnItem: 1,
      notes: [],
    },
    generated: [
      {
        arm: 'generated',
        how: 'sketch',
        class: 'hernia',
        film,
        patient: '',
        split: '',
        source: '',
        finding: 'hernia',
        shows: [],
        request: 'hernia',
        seed: 1,
      },
    ],
    control: [],
  };
  return planText(made);
}

describe('the folder of a run', () => {
  it('is put together of all its parts; what one part has done no other has failed', async () => {
    const files = memoryFiles();
    await files.append('journal-1-of-2.jsonl', done('a') + failed('b'));
    await files.append('journal-2-of-2.jsonl', failed('a') + done('b'));
    const { outcomes } = await openRun(files);
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('counts how often each item failed, in all parts', async () => {
    const files = memoryFiles();
    await files.append('journal.jsonl', failed('a') + failed('a'));
    await files.append('journal-worker-0a.jsonl', failed('a') + done('b'));
    expect([...(await attemptsIn(files)).failures]).toEqual([['a', 3]]);
  });

  it('has one table of all, whichever words and worker they are of', async () => {
    const files = memoryFiles();
    const row = (id: string): Outcome => ({
      status: 'done',
      item: item(id),
      files: [],
      row: { file_name: `${id}.png` },
      milliseconds: 1,
    });
    await files.append('journal-worker-0a.jsonl', lineOf(row('a')));
    await files.append('journal-worker-0b.jsonl', lineOf(row('b')));
    await writeTableOfAll(files, [row('b')]);
    expect(files.text('metadata.csv').trim().split('\r\n')).toEqual(['file_name', 'b.png', 'a.png']);
  });

  it('that holds no run says so', async () => {
    await expect(openRun(memoryFiles('pictures'))).rejects.toThrow(/pictures holds no journal/);
  });

  it('keeps one plan', async () => {
    const files = memoryFiles('set');
    await keepPlan(files, plan('one'));
    await keepPlan(files, plan('one'));
    await expect(keepPlan(files, plan('two'))).rejects.toThrow(/set holds the results of another plan/);
    expect(files.text('plan.jsonl')).toBe(plan('one'));
  });

  it('of a plan takes no results of words, begun or not', async () => {
    const files = memoryFiles('set');
    await refusePlanned(files);
    await keepPlan(files, plan('one'));
    await expect(refusePlanned(files)).rejects.toThrow(/set holds the run of a plan/);
  });

  it('of words takes no plan, and stays as it is', async () => {
    const files = memoryFiles('set');
    await files.append('journal-1-of-2.jsonl', done('a'));
    await expect(keepPlan(files, plan('one'))).rejects.toThrow(/results that are not of this plan/);
    expect(await files.names()).toEqual(['journal-1-of-2.jsonl']);
    await refusePlanned(files);
  });

  it('without its plan goes on when the plan comes back', async () => {
    const files = memoryFiles('set');
    const [item] = itemsOfPlan(readPlan(plan('one'), 'p'));
    if (item === undefined) throw new Error('the plan has no item');
    await files.append('journal.jsonl', lineOf({ status: 'done', item, files: [], row: {}, milliseconds: 1 }));
    await keepPlan(files, plan('one'));
    expect((await openRun(files)).plan?.generated).toHaveLength(1);
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
