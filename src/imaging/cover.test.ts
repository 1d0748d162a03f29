import { describe, expect, it } from 'vitest';
import { blackOf, clipped, withBoxes } from './cover';
import type { Radiograph } from './radiograph';
import { testRadiograph } from './testing/radiographs';

const film = (fields: Partial<Radiograph>): Radiograph => testRadiograph(fields);

describe('black', () => {
  it('is the end of the range that shows darker', () => {
    expect(blackOf(film({ photometricInterpretation: 'MONOCHROME2', bitsStored: 12, signed: false }))).toBe(0);
    expect(blackOf(film({ photometricInterpretation: 'MONOCHROME1', bitsStored: 12, signed: false }))).toBe(4095);
    expect(blackOf(film({ photometricInterpretation: 'MONOCHROME2', bitsStored: 12, signed: true }))).toBe(-2048);
    const falling = { rescaleSlope: -1, rescaleIntercept: 4095, bitsStored: 12, signed: false } as const;
    expect(blackOf(film({ photometricInterpretation: 'MONOCHROME2', ...falling }))).toBe(4095);
    expect(blackOf(film({ photometricInterpretation: 'MONOCHROME1', ...falling }))).toBe(0);
  });
});

describe('boxes', () => {
  it('fill what of them lies in the picture, and leave the picture that was given as it is', () => {
    const cells = new Uint8Array(12).fill(5);
    const boxes = [
      { x: 2, y: 1, width: 9, height: 1 },
      { x: -3, y: -3, width: 4, height: 4 },
      { x: 9, y: 9, width: 2, height: 2 },
    ];
    expect(Array.from(withBoxes(cells, 4, boxes, 0))).toEqual([0, 5, 5, 5, 5, 5, 0, 0, 5, 5, 5, 5]);
    expect(cells.every((value) => value === 5)).toBe(true);
    expect(clipped({ x: 4, y: 0, width: 2, height: 2 }, 4, 3)).toBeUndefined();
  });
});
