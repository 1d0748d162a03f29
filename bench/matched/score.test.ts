import { describe, expect, it } from 'vitest';
import { foundOut } from './score';

const key = [
  { pair: 1, finding: 'edema', drawn: 'left', real: 'a', onto: 'b' },
  { pair: 2, finding: 'edema', drawn: 'right', real: 'c', onto: 'd' },
  { pair: 3, finding: 'mass', drawn: 'left', real: 'e', onto: 'f' },
] as const;

describe('answers to a matched sheet', () => {
  it('are counted by finding and together, and those that are missing are left out', () => {
    const lines = foundOut(key, [
      { pair: '1', drawn: 'Left', sure: 'sure' },
      { pair: '2', drawn: 'left', sure: 'unsure' },
      { pair: '3', drawn: '', sure: '' },
    ]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^edema: 1 of 2 \(50 % \[9, 91\]\), sure in 1, right in 1 of these$/);
    expect(lines[1]).toMatch(/^all: 1 of 2/);
  });

  it('of another sheet are refused', () => {
    expect(() => foundOut(key, [{ pair: '9', drawn: 'left', sure: '' }])).toThrow(/no pair 9/);
  });
});
