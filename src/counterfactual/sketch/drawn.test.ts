import { describe, expect, it } from 'vitest';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { Edit, Reading } from '../edit';
import type { Source } from '../source';
import { fakeRadiograph } from '../testing/fakes';
import { requireDrawable } from './drawn';
import { smoothChest, smoothProbabilities } from './testing/chests';
import { waysOf } from './ways';

const source = {
  radiograph: fakeRadiograph(256, 256, 12),
  anatomy: { probabilities: smoothProbabilities() },
} as unknown as Pick<Source, 'radiograph' | 'anatomy'>;
const reading: Reading = {
  findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0])) as Record<Finding, number>,
  zoneSeverity: [0, 0, 0, 0, 0, 0],
  opacityMap: new Float32Array(1024),
};
const own = smoothChest().cardiothoracicRatio;

describe('a heart that is asked for', () => {
  const asks = (kind: 'add' | 'grade', amount: number) => () => {
    const edit: Edit = { kind, finding: 'cardiomegaly', places: ['mediastinum'], severity: 1, sketch: { amount } };
    const { drawn } = waysOf(edit, reading, 'auto');
    expect(drawn).toHaveLength(1);
    for (const drawing of drawn) requireDrawable(source, drawing, true);
  };

  it('is drawn narrower where it is wider than asked, and refused where it is as wide', () => {
    expect(asks('add', own - 0.04)).not.toThrow();
    expect(asks('add', own)).toThrow(/already takes/);
    expect(asks('add', own + 0.06)).not.toThrow();
  });

  it('may be changed to a ratio that is smaller', () => {
    expect(asks('grade', own - 0.04)).not.toThrow();
  });
});
