// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentationTable } from '../../imaging/presentation';
import type { Radiograph } from '../../imaging/radiograph';
import { testRadiograph } from '../../imaging/testing/radiographs';
import { clampWindow, cornerstoneVoi, dragWindow, previewTable, stepWindow, windowRange } from './window';

const window = { windowCenter: 2048, windowWidth: 1000 };
const radiograph = (fields: Partial<Radiograph> = {}): Radiograph => testRadiograph({ window, ...fields });

describe('window and level', () => {
  it('widens to the right and brightens upwards', () => {
    const widened = dragWindow(window, 100, 0, 4096, false);
    expect(widened.windowWidth).toBeGreaterThan(window.windowWidth);
    expect(widened.windowCenter).toBe(window.windowCenter);
    expect(dragWindow(window, 0, -50, 4096, false).windowCenter).toBeLessThan(window.windowCenter);
    expect(dragWindow(window, 0, -50, 4096, true).windowCenter).toBeGreaterThan(window.windowCenter);
  });

  it('moves in proportion to the range of the image', () => {
    const small = dragWindow(window, 60, 0, 255, false).windowWidth - window.windowWidth;
    const large = dragWindow(window, 60, 0, 2550, false).windowWidth - window.windowWidth;
    expect(large / small).toBeCloseTo(10, 9);
  });

  it('never closes', () => {
    expect(dragWindow(window, -1e6, 0, 4096, false).windowWidth).toBe(1);
    expect(clampWindow({ windowCenter: 5, windowWidth: -3 }).windowWidth).toBe(1);
  });

  it('goes there and back with opposite keys', () => {
    const there = stepWindow(window, 1, -1, 4095, false);
    const back = stepWindow(there, -1, 1, 4095, false);
    expect(back.windowCenter).toBeCloseTo(window.windowCenter, 9);
    expect(back.windowWidth).toBeCloseTo(window.windowWidth, 9);
  });

  it('reaches far enough on a narrow window of a 16 bit image', () => {
    expect(windowRange({ bitsStored: 16, rescaleSlope: 1, window: { windowCenter: 1, windowWidth: 10 } })).toBeCloseTo(
      6553.5,
    );
    expect(windowRange({ bitsStored: 8, rescaleSlope: 1, window: { windowCenter: 128, windowWidth: 256 } })).toBe(256);
  });
});

describe('what the renderer is told', () => {
  it('draws the same grey as the presentation table', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 2, max: 400 }), (windowCenter, windowWidth) => {
        const drawnOf: Radiograph = {
          id: 'r',
          name: 'r',
          format: 'png',
          width: 1,
          height: 1,
          pixels: new Uint8Array(1),
          bitsStored: 8,
          signed: false,
          photometricInterpretation: 'MONOCHROME2',
          rescaleSlope: 1,
          rescaleIntercept: 0,
          window: { windowCenter, windowWidth },
          synthetic: true,
          notes: [],
        };
        const { table } = presentationTable(drawnOf);
        const voi = cornerstoneVoi(drawnOf.window);
        for (let stored = 0; stored < 256; stored += 5) {
          const drawn = ((stored - voi.windowCenter) / voi.windowWidth + 0.5) * 255;
          expect(Math.min(255, Math.max(0, drawn))).toBeCloseTo((table[stored] ?? NaN) * 255, 3);
        }
      }),
    );
  });

  it('shows a preview unchanged under the file’s own window', () => {
    const same = previewTable(radiograph(), window, false);
    const mirrored = previewTable(radiograph({ photometricInterpretation: 'MONOCHROME1' }), window, false);
    for (let grey = 0; grey < 256; grey++) {
      expect(same[grey]).toBe(grey);
      expect(mirrored[grey]).toBe(grey);
    }
    expect(previewTable(radiograph(), window, true)[0]).toBe(255);
  });

  it('shows a preview of a sigmoid unchanged under its own window, and as any of its greys under another', () => {
    const sigmoid = radiograph({ windowFunction: 'SIGMOID' });
    expect(Array.from(previewTable(sigmoid, window, false))).toEqual(Array.from({ length: 256 }, (_, grey) => grey));
    const other = { windowCenter: 1800, windowWidth: 1500 };
    const moved = previewTable(sigmoid, other, false);
    const [own, under] = [presentationTable(sigmoid).table, presentationTable(sigmoid, other).table];
    for (const stored of [1200, 1700, 2048, 2500, 2900]) {
      const grey = Math.round(255 * (own[stored] as number));
      expect(Math.abs((moved[grey] as number) - 255 * (under[stored] as number))).toBeLessThan(3);
    }
  });

  it('brightens a preview with the window', () => {
    const brighter = previewTable(radiograph(), { ...window, windowCenter: 1800 }, false);
    expect(brighter[128]).toBeGreaterThan(150);
  });
});
