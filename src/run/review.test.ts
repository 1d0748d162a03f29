import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../counterfactual/edit';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import type { Plan } from '../dataset/plan/schema';
import type { Done } from './item';
import { itemsOfPlan, plannedById, plannedSink } from './planned';
import { acceptedOf, controlArm, decisionLine, decisionsOf, isAccepted, measuredOf, readDecisions } from './review';

const about = { class: 'Hernia', patient: 'p1', split: 'train', source: 'A', shows: ['No Finding'] };
const PLAN: Plan = {
  header: {
    format: 'counterpart-plan',
    version: 1,
    table: { names: ['t.csv'], dialect: 'hugging-face', films: 3 },
    options: { split: 'train', ratio: 0.25, seed: 1, uncertain: 'ignore', blank: 'ignore' },
    classes: [],
    secondsAnItem: 1,
    notes: [],
  },
  generated: [
    { arm: 'generated', how: 'sketch', ...about, film: 'a.png', finding: 'hernia', request: 'mild hernia', seed: 1 },
    { arm: 'generated', how: 'sketch', ...about, film: 'b.png', finding: 'hernia', request: 'mild hernia', seed: 1 },
    { arm: 'generated', how: 'keep', ...about, film: 'h.png', finding: 'hernia', request: 'no opacity', seed: 1 },
  ],
  control: ['h.png', 'i.png', 'h.png'].map((film) => ({
    arm: 'control',
    class: 'Hernia',
    film,
    patient: 'p',
    split: 'train',
    source: 'A',
  })),
};
const done = (at: number, receipt: string): Done => {
  const item = itemsOfPlan(PLAN)[at];
  if (item === undefined) throw new Error('no such item');
  return { status: 'done', item, files: [], row: { file_name: `images/${item.id}.png`, receipt }, milliseconds: 1 };
};
const DONE = [done(0, 'green'), done(1, 'red'), done(2, 'amber')];

describe('a planned result', () => {
  it.each([
    ['green', '1'],
    ['red', undefined],
  ])(
    'stays with its patient in its part of the split; what was to stay is labelled where the receipt is %s',
    async (receipt, hernia) => {
      const sink = plannedSink(
        {
          write: () =>
            Promise.resolve({
              files: ['x.png'],
              row: { file_name: 'x.png', split: 'generated', patient: 'hash', receipt },
            }),
        },
        PLAN,
      );
      const [, , keep] = itemsOfPlan(PLAN);
      if (keep === undefined) throw new Error('no such item');
      const { row } = await sink.write(keep, fakeRadiograph(8, 8, 8), {} as Counterfactual);
      expect(row).toMatchObject({
        patient: 'p1',
        split: 'train',
        class: 'Hernia',
        how: 'keep',
        film_shows: 'No Finding',
      });
      expect(row['hernia']).toBe(hernia);
      expect(Object.keys(row)[0]).toBe('file_name');
    },
  );
});

describe('a planned swap', () => {
  const borrowed = {
    ...PLAN,
    generated: [
      {
        arm: 'generated',
        how: 'swap',
        ...about,
        film: 'a.png',
        finding: 'hernia',
        request: 'hernia of another patient',
        seed: 2,
        variationOf: 'earlier',
        donor: { film: 'h.png', patient: 'p9', split: 'train', source: 'B' },
      },
    ],
  } as const satisfies Plan;

  it('says whose findings came, of which part of the split, and what it is another seed of', async () => {
    const [item] = itemsOfPlan(borrowed);
    if (item === undefined) throw new Error('no such item');
    expect(item).toMatchObject({ film: 'a.png', donor: { film: 'h.png', finding: 'hernia' } });
    const sink = plannedSink({ write: () => Promise.resolve({ files: [], row: { receipt: 'green' } }) }, borrowed);
    const { row } = await sink.write(item, fakeRadiograph(8, 8, 8), {} as Counterfactual);
    expect(row).toMatchObject({
      how: 'swap',
      patient: 'p1',
      donor_patient: 'p9',
      donor_split: 'train',
      donor_source: 'B',
    });
    expect(row['variation_of']).toBe('earlier');
    expect(row['hernia']).toBeUndefined();
  });

  it('has as many real films beside it as a drawing has', () => {
    const [item] = itemsOfPlan(borrowed);
    if (item === undefined) throw new Error('no such item');
    const accepted: Done = { status: 'done', item, files: [], row: { receipt: 'amber' }, milliseconds: 1 };
    expect(controlArm(borrowed, [accepted]).map(({ film }) => film)).toEqual(['h.png']);
    const found = acceptedOf({ outcomes: new Map([[item.id, accepted]]), plan: borrowed, decisions: new Map() });
    expect(found).toEqual([{ id: item.id, item: borrowed.generated[0] }]);
  });
});

describe('a review', () => {
  const header = ['file_name', 'decision', 'reason'];
  const rows = DONE.map(({ row }, at) => [
    row['file_name'] ?? '',
    ['reject', 'Accept', ''][at] ?? '',
    at === 0 ? 'too bright' : '',
  ]);

  it('is taken from a table, and goes before the receipt', () => {
    const said = decisionsOf('d.csv', header, rows, DONE);
    const decisions = readDecisions(said.map(decisionLine).join('')).decisions;
    expect(DONE.map((each) => isAccepted(each, decisions))).toEqual([false, true, true]);
    expect(DONE.map((each) => isAccepted(each, new Map()))).toEqual([true, false, true]);
    expect(decisions.get(DONE[0]?.item.id ?? '')?.reason).toBe('too bright');
  });

  it('can be changed: the last decision holds, none takes it back', () => {
    const id = DONE[0]?.item.id ?? '';
    const text = (['reject', 'accept', 'none'] as const).map((decision) => decisionLine({ id, decision, reason: '' }));
    expect(readDecisions(text.slice(0, 2).join('')).decisions.get(id)?.decision).toBe('accept');
    expect(DONE.map((each) => isAccepted(each, readDecisions(text.join('')).decisions))).toEqual([true, false, true]);
    // Cut by a kill: the decision before it holds.
    expect(readDecisions(text.slice(0, 2).join('').slice(0, -5)).decisions.get(id)?.decision).toBe('reject');
  });

  it('takes nothing of a table with a row that is no decision', () => {
    const wrong =
      (cells: readonly string[], columns = header) =>
      () =>
        decisionsOf('d.csv', columns, [...rows, cells], DONE);
    expect(wrong(['images/other.png', 'accept'])).toThrow(
      /Row 4 of d.csv is no decision: “images\/other.png” is no result/,
    );
    expect(wrong([rows[0]?.[0] ?? '', 'perhaps'])).toThrow(/“perhaps” is neither/);
    expect(wrong([], ['picture', 'verdict'])).toThrow(/no column/);
  });

  it('gives the control arm as many films of each class as were accepted', () => {
    expect(controlArm(PLAN, DONE.slice(0, 2)).map(({ film }) => film)).toEqual(['h.png', 'i.png']);
    expect(controlArm(PLAN, [])).toEqual([]);
  });

  it('teaches the next plan what to expect', () => {
    expect([...measuredOf(plannedById(PLAN), DONE, new Map())]).toEqual([['hernia', { made: 3, accepted: 2 }]]);
  });
});
