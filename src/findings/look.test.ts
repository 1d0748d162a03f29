import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from './amounts';
import { roundedAmount } from './amountWords';
import { DRAWN_FINDINGS, drawnKind } from './drawn';
import type { FindingChange } from './change';
import { canonicalEdit, formatEdit, formatEdits } from './editText';
import { knowledgeOf } from './knowledge';
import { parseEdits } from './parseEdits';

const edits = (text: string): readonly FindingChange[] => {
  const parsed = parseEdits(text);
  return parsed.understood ? parsed.edits : [];
};
const unknown = (text: string): readonly string[] => parseEdits(text).unrecognised.map((each) => each.text);

describe('how a finding shall look, in words', () => {
  it.each([
    [
      '3 cm spiculated nodule in the right upper lobe',
      {
        finding: 'nodule',
        places: ['right_upper'],
        severity: 3,
        sketch: { amount: 30, options: { margin: 'spiculated' } },
      },
    ],
    ['25 mm left upper zone nodule', { finding: 'nodule', places: ['left_upper'], sketch: { amount: 25 } }],
    [
      'large calcified nodule in the left lower lobe',
      { finding: 'nodule', places: ['left_lower'], severity: 3, sketch: { options: { density: 'calcified' } } },
    ],
    [
      'cavitating right mid zone mass with a fluid level',
      { finding: 'mass', places: ['right_mid'], sketch: { options: { density: 'cavitating', fluid: 'level' } } },
    ],
    [
      'patchy left lower zone ground glass',
      { finding: 'lung_opacity', places: ['left_lower'], sketch: { options: { pattern: 'ground glass' } } },
    ],
    [
      'layering right pleural effusion',
      { finding: 'effusion', places: ['right_lower'], sketch: { options: { kind: 'layered' } } },
    ],
    [
      'subpulmonic effusion on the left',
      { finding: 'effusion', places: ['left_lower'], sketch: { options: { kind: 'subpulmonic' } } },
    ],
    ['right effusion, 35 %', { finding: 'effusion', places: ['right_lower'], sketch: { amount: 0.35 } }],
    [
      'perihilar opacity',
      { finding: 'lung_opacity', places: ['right_mid', 'left_mid'], sketch: { options: { pattern: 'perihilar' } } },
    ],
  ])('is read from “%s”', (text, expected) => {
    expect(edits(text)).toMatchObject([expected]);
    expect(unknown(text)).toEqual([]);
  });

  it('is a ratio where a number of that size stands right after cardiomegaly, and a grade where it cannot be one', () => {
    expect(edits('cardiomegaly 0.6')).toMatchObject([
      { kind: 'add', finding: 'cardiomegaly', sketch: { amount: 0.6 } },
    ]);
    expect(edits('Cardiomegaly 0.55 and small right effusion')).toMatchObject([
      { finding: 'cardiomegaly', sketch: { amount: 0.55 } },
      { finding: 'effusion', severity: 1 },
    ]);
    expect(unknown('cardiomegaly 0.6')).toEqual([]);
    for (const words of ['cardiomegaly 2', 'severity 0.6 cardiomegaly', 'edema 0.6'])
      expect(edits(words)[0]?.sketch).toBeUndefined();
  });

  it('goes to the finding that it stands with', () => {
    const [nodule, opacity] = edits(
      '2 cm spiculated nodule in the right upper lobe and patchy lobar left lower zone opacity',
    );
    expect(nodule?.sketch).toEqual({ amount: 20, options: { margin: 'spiculated' } });
    expect(opacity?.sketch).toEqual({ options: { pattern: 'lobar' } });
    expect(
      edits('right upper zone nodule, 12 mm, and left effusion of 20 %').map(({ sketch }) => sketch?.amount),
    ).toEqual([12, 0.2]);
  });

  it('asks for no more than there can be', () => {
    expect(edits('25 cm left upper zone mass')[0]?.sketch?.amount).toBe(100);
    expect(edits('left effusion of 300 %')[0]?.sketch?.amount).toBe(1);
  });

  it.each([
    ['25 cm left upper zone mass', ['25 cm → 100 mm']],
    ['left effusion of 300 %', ['300 % → 100 %']],
    ['2 mm left upper zone nodule', ['2 mm → 5 mm']],
    ['9 cm left upper zone nodule', ['nodule → mass']],
    ['12 cm nodule', ['12 cm → 100 mm', 'nodule → mass']],
    ['15 mm left upper zone mass', ['mass → nodule']],
    ['3 cm nodule and 3 cm mass', []],
  ])('says what of “%s” is drawn otherwise', (text, expected) => {
    const parsed = parseEdits(text);
    expect(parsed.understood && parsed.mended.map(({ text: said, read }) => `${said} → ${read}`)).toEqual(expected);
  });

  it('says which amounts are of no finding that is asked', () => {
    const parsed = parseEdits('right pneumothorax of 40 mm and left edema of 3 cm');
    expect(parsed.unrecognised.map(({ text }) => text)).toEqual(['3 cm']);
  });

  it('says nothing of findings that have no such look, and of what goes', () => {
    expect(edits('spiculated left edema')[0]?.sketch).toBeUndefined();
    expect(edits('remove the 3 cm spiculated right upper zone nodule')).toEqual([
      { kind: 'remove', finding: 'nodule', places: ['right_upper'], severity: 0 },
    ]);
  });

  it('still tells which words are not understood', () => {
    expect(unknown('3 cm frobnicated nodule in the left upper zone')).toEqual(['frobnicated']);
    expect(unknown('calcified lymph node and left effusion')).not.toEqual([]);
  });

  it('comes back from the words that it is written in', () => {
    const wishes = fc.constantFrom(...DRAWN_FINDINGS).chain((finding) => {
      const kind = drawnKind(finding);
      if (kind === undefined) throw new Error('It is drawn.');
      const options = fc.record(
        Object.fromEntries(
          kind.options.map(({ name, choices }) => [name, fc.constantFrom(...choices.map(({ choice }) => choice))]),
        ),
      );
      const amount = fc
        .double({ min: kind.amount.min, max: kind.amount.max, noNaN: true })
        .map((value) => amountOf(kind.amount, { amount: roundedAmount(value, kind.amount.unit), severity: 0 }));
      return fc.record({
        finding: fc.constant(finding),
        kind: fc.constantFrom('add' as const, 'grade' as const),
        place: fc.constantFrom(...knowledgeOf(finding).places),
        options,
        amount: fc.option(amount, { nil: undefined }),
      });
    });
    fc.assert(
      fc.property(wishes, ({ finding, kind, place, options, amount }) => {
        const edit: FindingChange = {
          kind,
          finding,
          places: [place],
          severity: 2,
          sketch: { options, ...(amount === undefined ? {} : { amount }) },
        };
        expect(edits(formatEdit(edit)), formatEdit(edit)).toEqual([canonicalEdit(edit)]);
        expect(unknown(formatEdit(edit))).toEqual([]);
      }),
    );
  });

  it('is written as one would say it', () => {
    expect(formatEdits(edits('spiculated nodule of 3 cm in the right upper lobe'))).toBe(
      '30 mm spiculated right upper zone nodule',
    );
    expect(formatEdits(edits('change the left subpulmonic effusion to 40 %'))).toBe(
      'change subpulmonic left lower zone effusion to 40 %',
    );
  });
});
