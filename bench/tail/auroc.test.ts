import { describe, expect, it } from 'vitest';
import { aurocOf, type Scored } from './auroc';

const scored = (values: readonly number[], positive: boolean): readonly Scored[] =>
  values.map((value, at) => ({ value, positive, patient: `${String(positive)} ${String(at)}` }));

describe('the area under the curve', () => {
  it('is the share of pairs in the right order, ties half', () => {
    expect(aurocOf([...scored([3, 4], true), ...scored([1, 2], false)])?.auroc).toBe(1);
    expect(aurocOf([...scored([1, 4], true), ...scored([2, 3], false)])?.auroc).toBe(0.5);
    expect(aurocOf([...scored([2], true), ...scored([2], false)])?.auroc).toBe(0.5);
    expect(aurocOf(scored([1, 2], true))).toBeUndefined();
  });

  it('lies in its interval, which is wider for fewer patients', () => {
    const of = (count: number) =>
      aurocOf([
        ...scored(
          Array.from({ length: count }, (_, at) => (at % 7) + 2),
          true,
        ),
        ...scored(
          Array.from({ length: count }, (_, at) => at % 7),
          false,
        ),
      ]);
    const [few, many] = [of(10), of(80)];
    const width = (found: ReturnType<typeof of>): number => (found ? found.interval[1] - found.interval[0] : NaN);
    expect(many?.interval[0]).toBeLessThanOrEqual(many?.auroc ?? 0);
    expect(many?.interval[1]).toBeGreaterThanOrEqual(many?.auroc ?? 1);
    expect(width(few)).toBeGreaterThan(width(many));
  });
});
