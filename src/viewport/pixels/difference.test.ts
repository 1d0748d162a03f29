// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Radiograph } from '../../imaging/radiograph';
import { SizeMismatchError } from '../../imaging/errors';
import { differenceMap, legendLabels, legendLimit, legendStored } from './difference';

function radiograph(width: number, height: number, grey: number, change: Partial<Radiograph> = {}): Radiograph {
  return {
    id: 'r',
    name: 'r',
    format: 'png',
    width,
    height,
    pixels: new Uint8Array(width * height).fill(grey),
    bitsStored: 8,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 128, windowWidth: 256 },
    synthetic: true,
    notes: [],
    ...change,
  };
}

describe('difference map', () => {
  it('is positive where the result is brighter on the screen', () => {
    const brighter = differenceMap(radiograph(64, 64, 100), radiograph(64, 64, 151));
    expect(brighter.values[0]).toBeCloseTo(0.2, 4);
    const inverse = { photometricInterpretation: 'MONOCHROME1' } as const;
    const darker = differenceMap(radiograph(64, 64, 100, inverse), radiograph(64, 64, 151, inverse));
    expect(darker.values[0]).toBeCloseTo(-0.2, 4);
  });

  it('is zero for a null edit, whatever window the result carries', () => {
    const map = differenceMap(
      radiograph(64, 64, 90),
      radiograph(64, 64, 90, { window: { windowCenter: 60, windowWidth: 30 } }),
    );
    expect(map.values.every((value) => value === 0)).toBe(true);
    expect(map.limit).toBe(0.02);
  });

  it('is made from averaged pixels when the image is very large', () => {
    const map = differenceMap(radiograph(2400, 2400, 10), radiograph(2400, 2400, 20));
    expect([map.width, map.height]).toEqual([1200, 1200]);
    expect(map.values[77]).toBeCloseTo(10 / 255, 5);
  });

  it('refuses images of two sizes', () => {
    expect(() => differenceMap(radiograph(64, 64, 0), radiograph(64, 65, 0))).toThrow(SizeMismatchError);
  });

  it('ends its legend at a round number', () => {
    expect(legendLimit(0)).toBe(0.02);
    expect(legendLimit(0.11)).toBe(0.15);
    expect(legendLimit(1)).toBe(1);
    expect(legendLabels(0.2)).toEqual(['−20 %', '0', '+20 %']);
  });

  it('says the same in stored units, darker first whichever way the grey runs', () => {
    expect(legendStored(radiograph(64, 64, 0), 0.2)).toEqual(['−51', '0', '+51']);
    expect(legendStored(radiograph(64, 64, 0, { photometricInterpretation: 'MONOCHROME1' }), 0.2)).toEqual([
      '+51',
      '0',
      '−51',
    ]);
    expect(legendStored(radiograph(64, 64, 0, { rescaleSlope: 100 }), 0.2)).toEqual(['−0.5', '0', '+0.5']);
  });
});
