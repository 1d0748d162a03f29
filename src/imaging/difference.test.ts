import { expect, it } from 'vitest';

import { presentationDifference } from './difference';
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
