import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNonZero, differBetween, finderIn, isAllZero } from './mask-words';

/** Mostly nothing and full, as masks are, and not always beginning at a word. */
const bytes = fc
  .record({
    values: fc.array(fc.constantFrom(0, 0, 0, 0, 255, 255, 255, 255, 7), { maxLength: 40 }),
    offset: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ values, offset }) => {
    const data = new Uint8Array(new ArrayBuffer(values.length + offset), offset);
    data.set(values);
    return data;
  });

describe('pixels taken four at a time', () => {
  it('are counted as one by one', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(countNonZero(data)).toBe(data.filter((value) => value !== 0).length);
        expect(isAllZero(data)).toBe(data.every((value) => value === 0));
      }),
    );
  });

  it('differ where one of them differs, and only between the bounds', () => {
    const change = fc.record({ at: fc.nat(39), by: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(bytes, fc.option(change), fc.nat(40), fc.nat(40), (data, changed, one, other) => {
        const copy = data.slice();
        if (changed && changed.at < copy.length) copy[changed.at] = changed.by;
        const [from, to] = [Math.min(one, other, data.length), Math.min(Math.max(one, other), data.length)];
        expect(differBetween(data, copy, from, to)).toBe(
          data.subarray(from, to).some((value, i) => value !== copy[from + i]),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('are found as one by one', () => {
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (data, one, other) => {
        const [from, to] = [Math.min(one, other, data.length), Math.min(Math.max(one, other), data.length)];
        const part = Array.from(data.subarray(from, to));
        const at = (index: number): number => (index < 0 ? to : from + index);
        const { first, last, notFull } = finderIn(data);
        expect(first(from, to)).toBe(at(part.findIndex((value) => value !== 0)));
        expect(last(from, to)).toBe(from + part.findLastIndex((value) => value !== 0));
        expect(notFull(from, to)).toBe(at(part.findIndex((value) => value !== 255)));
      }),
      { numRuns: 400 },
    );
  });
});
