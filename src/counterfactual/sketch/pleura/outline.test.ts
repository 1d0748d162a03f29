import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airDepth } from './outline';

const share = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('air beside a lung', () => {
  it('is nowhere thinner when there is more of it', () => {
    fc.assert(
      fc.property(
        fc.tuple(share, share, share),
        fc.double({ min: 0, max: 1.2, noNaN: true }),
        fc.double({ min: 180, max: 320, noNaN: true }),
        fc.double({ min: 4, max: 140, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (chance, down, heightMm, amount, more) => {
          const [less, greater] = [amount, amount + more].map((mm) => airDepth(mm, down, heightMm, chance));
          // Between the steps at which smaller ones are looked at, by less than anyone sees.
          expect(greater).toBeGreaterThanOrEqual((less as number) - 0.1);
        },
      ),
    );
  });

  it('stays at the base of a lung that falls from 70 to 90 mm', () => {
    const base = (mm: number): number => airDepth(mm, 0.95, 240, [0.5, 0.5, 0.9]);
    expect(base(90)).toBeGreaterThanOrEqual(base(70));
    expect(base(70)).toBeGreaterThan(0);
  });
});
