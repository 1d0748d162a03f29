import { describe, expect, it } from 'vitest';
import { labelsIn, labelsOf, rowOf } from './row';
import { fakeResult, line, type Case } from './testing/fakes';

const DRAWN = {
  finding: 'lung_opacity',
  severity: 3,
  places: ['left_lower'],
  amount: 0.6,
  unit: 'share',
  options: {},
} as const;

describe('the labels of a result', () => {
  it.each<[string, Case, object]>([
    ['came', {}, { lung_opacity: 1 }],
    ['did not come', { lines: [line('effect', 'amber')] }, {}],
    ['was not judged', { lines: [] }, {}],
    [
      'was drawn, which the reader cannot tell',
      { drawn: [DRAWN], lines: [line('effect', 'amber')] },
      { lung_opacity: 1 },
    ],
    ['was drawn, and is not seen', { drawn: [DRAWN], lines: [line('effect', 'red')] }, {}],
    ['went, and is called nowhere', { edit: { kind: 'remove', severity: 0 } }, { lung_opacity: 0 }],
    ['went there, and is called elsewhere', { edit: { kind: 'remove', severity: 0 }, probability: 0.6 }, {}],
    [
      'came with another that went',
      {
        edit: { further: [{ finding: 'effusion', severities: { left_lower: 0 } }] },
        lines: [line('effect', 'green'), line('effect-effusion', 'green')],
      },
      { lung_opacity: 1, effusion: 0 },
    ],
    [
      'came with another that did not',
      {
        edit: { further: [{ finding: 'effusion', severities: { left_lower: 2 } }] },
        lines: [line('effect', 'green'), line('effect-effusion', 'red')],
      },
      { lung_opacity: 1 },
    ],
  ])('say what was asked and %s, and are read back from its row', (_, given, labels) => {
    expect(labelsOf(fakeResult(given))).toEqual(labels);
    expect(labelsIn(rowOf(fakeResult(given)))).toEqual(labels);
  });
});
