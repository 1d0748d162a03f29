// @vitest-environment node
import type { Viewport } from 'cornerstone-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentationTable } from '../../imaging/presentation';
import type { Radiograph } from '../../imaging/radiograph';
import { imageToView, pixelAspect, visibleRectangle, type Geometry } from '../geometry/view-transform';
import { cornerstoneViewport, createImageSource } from './cornerstone-image';

function radiograph(change: Partial<Radiograph> = {}): Radiograph {
  return {
    id: 'r',
    name: 'r',
    format: 'dicom',
    width: 515,
    height: 390,
    pixels: new Int16Array(515 * 390).fill(-7),
    bitsStored: 12,
    signed: true,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 2,
    rescaleIntercept: -1024,
    window: { windowCenter: 40, windowWidth: 400 },
    synthetic: true,
    notes: [],
    ...change,
  };
}

const WHOLE = { x: 0, y: 0, width: 515, height: 390 };

/** cornerstone-core's internal/calculateTransform without rotation and flip. */
function drawnAt(view: Geometry, viewport: Viewport, level: { columns: number; rows: number }, x: number, y: number) {
  const [ax, ay] = view.aspect;
  return {
    x: view.viewWidth / 2 + viewport.scale * ax * (x + viewport.translation.x - level.columns / 2),
    y: view.viewHeight / 2 + viewport.scale * ay * (y + viewport.translation.y - level.rows / 2),
  };
}

describe('cornerstone image', () => {
  it('carries the stored values and how they become light', () => {
    const pixels = new Int16Array(515 * 390);
    pixels.set([-300, 1200]);
    const { image } = createImageSource(radiograph({ pixels, photometricInterpretation: 'MONOCHROME1' })).at(
      1,
      WHOLE,
      Infinity,
    );
    expect(image.getPixelData()).toBe(pixels);
    expect([image.minPixelValue, image.maxPixelValue]).toEqual([-300, 1200]);
    expect([image.slope, image.intercept, image.invert]).toEqual([2, -1024, true]);
    expect([image.columns, image.rows]).toEqual([515, 390]);
  });

  it('has an identity of its own for every image and level', () => {
    const [a, b] = [createImageSource(radiograph()), createImageSource(radiograph())];
    const ids = [a.at(1, WHOLE, Infinity), a.at(0.4, WHOLE, Infinity), b.at(1, WHOLE, Infinity)].map(
      ({ image }) => image.imageId,
    );
    expect(new Set(ids).size).toBe(3);
    expect(b.at(1, WHOLE, Infinity)).toBe(b.at(1.5, { x: 3, y: 9, width: 400, height: 200 }, Infinity));
  });

  it('lies under the overlay at every level, also when the sides are odd and the pixels are not square', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 8, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.constantFrom<readonly [number, number]>([0.1, 0.1], [0.1, 0.15]),
        (scale, shift, pixelSpacing) => {
          const r = radiograph({ pixelSpacing });
          const geometry: Geometry = {
            imageWidth: 515,
            imageHeight: 390,
            aspect: pixelAspect(pixelSpacing),
            viewWidth: 700,
            viewHeight: 500,
          };
          const view = { window: r.window, scale, translation: [shift, -shift], inverted: false } as const;
          const level = createImageSource(r).at(scale, WHOLE, Infinity);
          const viewport = cornerstoneViewport(r, level, view, 1);
          const native = imageToView(geometry, view, { x: 96, y: 160 });
          const drawn = drawnAt(geometry, viewport, level.image, 96 / level.factor, 160 / level.factor);
          expect(drawn.x).toBeCloseTo(native.x, 6);
          expect(drawn.y).toBeCloseTo(native.y, 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('cuts a tile out of a large image and puts it where it belongs', () => {
    const [width, height] = [3000, 2000];
    const pixels = new Int16Array(width * height);
    for (let index = 0; index < pixels.length; index++) pixels[index] = (index % width) - 1500;
    const r = radiograph({ width, height, pixels });
    const geometry: Geometry = {
      imageWidth: width,
      imageHeight: height,
      aspect: [1, 1],
      viewWidth: 700,
      viewHeight: 500,
    };
    const view = { window: r.window, scale: 2, translation: [-600, 100], inverted: false } as const;
    const drawn = createImageSource(r).at(2, visibleRectangle(geometry, view), Infinity);
    expect(drawn.image.width).toBeLessThan(1200);
    expect(drawn.image.getPixelData()[0]).toBe(drawn.tile.x - 1500);
    const native = imageToView(geometry, view, { x: 2100, y: 900 });
    const at = drawnAt(
      geometry,
      cornerstoneViewport(r, drawn, view, 1),
      drawn.image,
      2100 - drawn.tile.x,
      900 - drawn.tile.y,
    );
    expect(at.x).toBeCloseTo(native.x, 6);
    expect(at.y).toBeCloseTo(native.y, 6);
  });

  it('inverts for MONOCHROME1 or on request, and not for both', () => {
    const invert = (photometricInterpretation: Radiograph['photometricInterpretation'], inverted: boolean): boolean => {
      const r = radiograph({ photometricInterpretation });
      const view = { window: r.window, scale: 1, translation: [0, 0], inverted } as const;
      return cornerstoneViewport(r, createImageSource(r).at(1, WHOLE, Infinity), view, 1).invert;
    };
    expect([invert('MONOCHROME2', false), invert('MONOCHROME2', true)]).toEqual([false, true]);
    expect([invert('MONOCHROME1', false), invert('MONOCHROME1', true)]).toEqual([true, false]);
  });

  it('draws a sigmoid or a table as the presentation has it, and not again while the window stays', () => {
    const pixels = new Int16Array(515 * 390).map((_, index) => (index % 700) - 300);
    const voiTable = { first: -500, bits: 12, entries: Array.from({ length: 1000 }, (_, i) => 4095 - i * 4) };
    for (const curve of [{ windowFunction: 'SIGMOID' as const }, { voiTable }, { modalityTable: voiTable }]) {
      const r = radiograph({
        pixels,
        rescaleSlope: 1,
        rescaleIntercept: 0,
        photometricInterpretation: 'MONOCHROME1',
        ...curve,
      });
      const drawn = createImageSource(r).at(1, WHOLE, Infinity);
      const view = { window: r.window, scale: 1, translation: [0, 0], inverted: false } as const;
      const { voiLUT, invert } = cornerstoneViewport(r, drawn, view, 1);
      const { table, offset } = presentationTable(r);
      expect([drawn.image.slope, drawn.image.intercept, invert]).toEqual([1, 0, false]);
      for (const stored of [-300, -7, 0, 399])
        expect(voiLUT?.lut[stored - voiLUT.firstValueMapped]).toBe(
          Math.round(255 * (table[stored + offset] as number)),
        );
      expect(cornerstoneViewport(r, drawn, { ...view, scale: 2 }, 1).voiLUT).toBe(voiLUT);
      const dragged = { ...view, window: { windowCenter: 41, windowWidth: 400 } };
      expect(cornerstoneViewport(r, drawn, dragged, 1).voiLUT).not.toBe(voiLUT);
    }
  });
});
