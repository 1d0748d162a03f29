import fc from 'fast-check';
import { expect, it } from 'vitest';

import { changedBox, presentationDifference } from './difference';
import { SizeMismatchError } from './errors';
import { addPresentationResidual } from './presentation';
import { worstError } from './testing/compare';
import { filledMask, testRadiograph } from './testing/radiographs';

it('is 0 between equal radiographs and the added residual after an edit, in either polarity', () => {
  for (const photometricInterpretation of ['MONOCHROME1', 'MONOCHROME2'] as const) {
    const before = testRadiograph({ photometricInterpretation, pixels: new Uint16Array(64 * 80).fill(2000) });
    expect(presentationDifference(before, before).every((value) => value === 0)).toBe(true);
    const residual = Float32Array.from(before.pixels, (_, i) => (i % 2 === 0 ? 0.2 : -0.1));
    const after = { ...before, pixels: addPresentationResidual(before, residual, filledMask(64, 80, 255)).pixels };
    expect(worstError(presentationDifference(before, after), residual)).toBeLessThan(5e-4);
  }
});

it('refuses radiographs of different sizes', () => {
  expect(() => presentationDifference(testRadiograph(), testRadiograph({ width: 80, height: 64 }))).toThrow(
    SizeMismatchError,
  );
});

it('counts stored values that are not the same, and tells the box that holds them', () => {
  const side = fc.integer({ min: 1, max: 9 });
  const places = fc.array(fc.nat(80), { maxLength: 6 });
  const kinds = fc.constantFrom(Uint8Array, Uint16Array, Int16Array);
  fc.assert(
    fc.property(side, side, places, kinds, fc.nat(2), (width, height, changes, Kind, shift) => {
      const before = new Kind(shift + width * height).subarray(shift).map((_, i) => (i * 37) % 120);
      const after = before.slice();
      for (const at of changes) if (at < after.length) after[at] = (before[at] ?? 0) ^ 5;
      const found = Array.from(after.keys()).filter((i) => after[i] !== before[i]);
      const [columns, rows] = [found.map((i) => i % width), found.map((i) => Math.floor(i / width))];
      const [x, y] = [Math.min(...columns), Math.min(...rows)];
      const box = { x, y, width: Math.max(...columns) - x + 1, height: Math.max(...rows) - y + 1 };
      expect(changedBox({ width, height, pixels: before }, after)).toEqual({
        changed: found.length,
        box: found.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : box,
      });
    }),
  );
});
