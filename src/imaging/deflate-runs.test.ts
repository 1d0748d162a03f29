import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { deflateRuns } from './deflate-runs';
import { codesOf, lengthsOf } from './huffman-codes';

/** Without a comparison item by item, which would take longer than what is tried. */
function comesBack(bytes: Uint8Array): boolean {
  return Buffer.compare(unzlibSync(deflateRuns(bytes)), bytes) === 0;
}

describe('bytes deflated by runs', () => {
  it('come back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 600 }))), (runs) =>
        comesBack(Uint8Array.from(runs.flatMap(([value, length]) => new Array<number>(length).fill(value)))),
      ),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => comesBack(bytes)),
      { numRuns: 50 },
    );
  });

  it.each([0, 1, 2, 3, 257, 258, 259, 260, 65535, 65536, 65537, 200_000])('come back where there are %i', (length) => {
    for (const stretch of [1, 2, 3, 4, 300])
      expect(comesBack(Uint8Array.from({ length }, (_, at) => 7 * Math.floor(at / stretch)))).toBe(true);
  });

  it('take little room where they repeat one, and hardly more than there were where they are noise', () => {
    expect(deflateRuns(new Uint8Array(1 << 20)).length).toBeLessThan(1100);
    let state = 1;
    const noise = Uint8Array.from({ length: 1 << 18 }, () => (state = (state * 48271) % 2147483647) >> 8);
    expect(deflateRuns(noise).length).toBeLessThan(1.01 * noise.length);
    expect(comesBack(noise)).toBe(true);
  });

  it('come back where some are so rare that their codes would be too long', () => {
    // Each as often as the two rarer ones together: the deepest of trees.
    const counts = [1, 1];
    while (counts.length < 22) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
    const bytes = Uint8Array.from(counts.flatMap((count, value) => new Array<number>(count).fill(5 * value)));
    // No runs, which would be one token each.
    expect(comesBack(Uint8Array.from(bytes, (_, at) => bytes[(at * 7919) % bytes.length] ?? 0))).toBe(true);
  });
});

describe('codes', () => {
  it.each([7, 15])('are no longer than %i bits, and fill what is there', (limit) => {
    const counts = new Uint32Array(19);
    counts.forEach((_, at) => (counts[at] = 2 ** at));
    const lengths = lengthsOf(counts, limit);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(limit);
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
    expect(new Set(Array.from(codesOf(lengths), (code, at) => `${String(lengths[at])}:${String(code)}`)).size).toBe(19);
  });

  it('have one bit where there is one symbol', () => {
    expect([...lengthsOf(Uint32Array.of(0, 9, 0), 15)]).toEqual([0, 1, 0]);
  });
});
