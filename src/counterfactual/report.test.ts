import { describe, expect, it } from 'vitest';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import type { Edit, Reading } from './edit';
import { reportTexts } from './report';

const reading = (zoneSeverity: readonly number[] = [0, 0, 0, 0, 0, 0], ...called: readonly Finding[]): Reading => ({
  findings: Object.fromEntries(
    FINDINGS.map((finding) => [finding, called.includes(finding) ? 0.9 : 0.1]),
  ) as Reading['findings'],
  zoneSeverity,
  opacityMap: new Float32Array(0),
});
const texts = (before: Reading, edit: Partial<Edit> & Pick<Edit, 'finding' | 'kind'>) =>
  reportTexts(
    {
      before,
      recipe: { edit: { places: [], severity: 2, ...edit } } as Parameters<typeof reportTexts>[0]['recipe'],
    },
    {},
  );

describe('a counterfactual as a report', () => {
  it('denies before what comes, and keeps what is seen', () => {
    expect(
      texts(reading([0, 0, 1.3, 0, 0, 0], 'cardiomegaly'), {
        kind: 'add',
        finding: 'effusion',
        places: ['left_lower'],
      }),
    ).toEqual({
      before: 'Cardiomegaly. Mild right lower zone opacity. No effusion.',
      after: 'Cardiomegaly. Moderate left lower zone effusion. Mild right lower zone opacity.',
    });
  });

  it('denies after what goes from everywhere, and grades zone by zone', () => {
    const seen = reading([0, 0, 2, 0, 0, 3]);
    expect(
      texts(seen, { kind: 'remove', finding: 'lung_opacity', places: ['right_lower', 'left_lower'], severity: 0 })
        .after,
    ).toBe('No opacity.');
    expect(texts(seen, { kind: 'remove', finding: 'lung_opacity', places: ['left_lower'], severity: 0 }).after).toBe(
      'Moderate right lower zone opacity.',
    );
    expect(
      texts(seen, {
        kind: 'grade',
        finding: 'lung_opacity',
        places: ['right_lower', 'left_lower'],
        severity: 1,
        severities: { right_lower: 1, left_lower: 1.5 },
      }).after,
    ).toBe('Mild to moderate left lower zone opacity. Mild right lower zone opacity.');
  });

  it('speaks of several edits, and of a clear chest', () => {
    expect(
      texts(reading(), {
        kind: 'add',
        finding: 'nodule',
        places: ['right_upper'],
        severity: 1,
        further: [{ finding: 'pneumothorax', severities: { left_upper: 3 } }],
      }),
    ).toEqual({
      before: 'No nodule or pneumothorax.',
      after: 'Severe left upper zone pneumothorax. Mild right upper zone nodule.',
    });
    expect(texts(reading(), { kind: 'remove', finding: 'effusion', severity: 0 }).before).toBe('Normal chest.');
  });
});
