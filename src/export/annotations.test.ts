import { describe, expect, it } from 'vitest';
import { boxesOf, isUnclear, packedCounts, runLengths } from './annotations';
import { rowOf } from './row';
import { fakeResult, line, type Case } from './testing/fakes';

/** Two regions with a hole and a lone pixel, in the top left corner and elsewhere. */
function mask() {
  const [width, height] = [70, 64];
  const data = new Uint8Array(width * height);
  const fill = (x0: number, y0: number, x1: number, y1: number): void => {
    for (let y = y0; y < y1; y++) data.fill(200, y * width + x0, y * width + x1);
  };
  fill(7, 10, 14, 20);
  fill(40, 30, 69, 62);
  data[31 * width + 50] = 127;
  data[0] = 255;
  return { width, height, data };
}

describe('a mask as annotations', () => {
  it('is packed as pycocotools packs it', () => {
    const { size, counts, area } = runLengths(mask());
    expect(size).toEqual([64, 70]);
    expect(area).toBe(998);
    expect(counts.reduce((sum, count) => sum + count)).toBe(64 * 70);
    // pycocotools.mask.encode of the same array.
    expect(packedCounts(counts)).toBe(
      '01Y>9]C00000000000dd1f0fZN000000000000000000QOQOm0o020000000000000000000000000000000000R1',
    );
  });

  it('has a box a region, and none for a speck', () => {
    expect(boxesOf(mask())).toEqual([
      { x: 7, y: 10, width: 7, height: 10 },
      { x: 40, y: 30, width: 29, height: 32 },
    ]);
  });
});

describe('a picture of which it is not known whether what was asked came', () => {
  it('is told from one in which it came, and from one from which something went', () => {
    const unclear = (given: Case): boolean => {
      const result = fakeResult(given);
      return isUnclear(rowOf(result), result.counterfactual.recipe.edit);
    };
    expect(unclear({ lines: [line('effect', 'amber')] })).toBe(true);
    expect(unclear({})).toBe(false);
    expect(unclear({ edit: { kind: 'remove', severity: 0 }, lines: [line('effect', 'amber')] })).toBe(false);
  });
});
