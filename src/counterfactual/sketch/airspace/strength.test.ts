import { describe, expect, it } from 'vitest';
import type { SketchAmount } from '../sketch';
import { strengthOf, type Strengths } from './strength';

const ASKED: SketchAmount = { unit: 'share', min: 0.02, max: 0.7, bySeverity: [0.05, 0.2, 0.4, 0.6] };
const STRENGTHS: Strengths = [0.04, 0.1, 0.3, 0.5, 0.8, 0.9];

describe('the strength of a filling', () => {
  it('is the measured one at each grade and at both ends, and linear between', () => {
    expect([0.02, 0.05, 0.2, 0.4, 0.6, 0.7].map((amount) => strengthOf(ASKED, STRENGTHS, amount))).toEqual([
      ...STRENGTHS,
    ]);
    expect(strengthOf(ASKED, STRENGTHS, 0.3)).toBeCloseTo(0.4);
    expect(strengthOf(ASKED, STRENGTHS, 2)).toBe(0.9);
  });
});
