import { describe, expect, it } from 'vitest';
import type { Finding } from '../../findings/vocabulary';
import { RULERS, line, made, type Case } from '../testing/receipts';
import type { ReceiptLine } from './line';
import { receiptOf } from './receipt';

describe('a finding that the second reader cannot tell', () => {
  const blind = (given: Case): readonly ReceiptLine[] =>
    receiptOf(made(given), 0, { ...RULERS, unreadable: new Set<Finding>(['nodule', 'hernia']) }).lines;

  it('does not count among those that should stay', () => {
    const moved = { findings: { hernia: [0.1, 0.9] as const } };
    expect(line('others', moved).verdict).toBe('red');
    expect(blind(moved).find(({ id }) => id === 'others')?.verdict).toBe('green');
  });

  it('is no red, either, when it is not seen to have come', () => {
    const unseen = { edit: { finding: 'nodule' as const }, findings: { nodule: [0.1, 0.1] as const } };
    expect(line('effect', unseen).verdict).toBe('red');
    expect(blind(unseen)[0]?.verdict).toBe('amber');
  });

  it('is no green when it was asked for', () => {
    const came = { edit: { finding: 'nodule' as const }, findings: { nodule: [0.1, 0.9] as const } };
    expect(line('effect', came).verdict).toBe('green');
    expect(blind(came)[0]?.verdict).toBe('amber');
    expect(blind(came)[0]?.reason).toMatch(/hardly tell nodule/);
  });
});

describe('what is drawn denser than lung', () => {
  const opaque = { findings: { lung_opacity: [0.2, 0.9] as const, pneumonia: [0.1, 0.7] as const } };
  const drawn = (finding: Finding): ReceiptLine | undefined => {
    const result = made({ ...opaque, edit: { finding } });
    const recipe = {
      ...result.recipe,
      drawn: [{ finding, severity: 2, places: [], amount: 1, unit: 'share' as const, options: {} }],
    };
    return receiptOf({ ...result, recipe }, 0, RULERS).lines.find(({ id }) => id === 'others');
  };

  it('may make the film opaque, which a nodule may not', () => {
    expect(drawn('effusion')?.verdict).toBe('green');
    expect(drawn('nodule')?.verdict).toBe('red');
  });
});

describe('borders under what was drawn', () => {
  it('are no proof that the anatomy moved', () => {
    const measures = { anatomy: { lungs: 0.8, heart: 0.99 } };
    expect(line('anatomy', { measures }).verdict).toBe('red');
    const result = made({ measures, edit: { finding: 'effusion' } });
    const recipe = {
      ...result.recipe,
      drawn: [
        { finding: 'effusion' as const, severity: 2, places: [], amount: 1, unit: 'share' as const, options: {} },
      ],
    };
    const told = receiptOf({ ...result, recipe }, 0, RULERS).lines.find(({ id }) => id === 'anatomy');
    expect(told?.verdict).toBe('amber');
    expect(told?.reason).toMatch(/hides or moves them/);
  });
});
