// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampPlacement,
  fit,
  framed,
  imageRectangle,
  imageToView,
  panBy,
  pixelAspect,
  pixelAt,
  viewToImage,
  visibleRectangle,
  zoomAt,
  type Geometry,
  type Placement,
} from './view-transform';

const size = fc.integer({ min: 2, max: 4000 });
const offset = fc.double({ min: -50, max: 50, noNaN: true });
const geometries: fc.Arbitrary<Geometry> = fc.record({
  imageWidth: size,
  imageHeight: size,
  aspect: fc.constantFrom<readonly [number, number]>([1, 1], [1.25, 1], [1, 2]),
  viewWidth: size,
  viewHeight: size,
});
const placements: fc.Arbitrary<Placement> = fc.record({
  scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
  translation: fc.tuple(offset, offset),
});

describe('view transform', () => {
  it('goes to the view and back to the same image point', () => {
    fc.assert(
      fc.property(geometries, placements, offset, offset, (geometry, placement, x, y) => {
        const back = viewToImage(geometry, placement, imageToView(geometry, placement, { x, y }));
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('frames a part of the image: all of it in view, in the middle', () => {
    const geometry: Geometry = { imageWidth: 2000, imageHeight: 2400, aspect: [1, 1], viewWidth: 700, viewHeight: 500 };
    const placement = framed(geometry, { x: 300, y: 1500, width: 400, height: 200 });
    const from = imageToView(geometry, placement, { x: 300, y: 1500 });
    const to = imageToView(geometry, placement, { x: 700, y: 1700 });
    expect([(from.x + to.x) / 2, (from.y + to.y) / 2]).toEqual([350, 250]);
    expect(to.x - from.x).toBeCloseTo(500);
    expect(from.y).toBeGreaterThan(0);
  });

  it('fits the image inside the view and touches two opposite sides', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const box = imageRectangle(geometry, fit(geometry));
        expect(box.width).toBeLessThanOrEqual(geometry.viewWidth + 1e-6);
        expect(box.height).toBeLessThanOrEqual(geometry.viewHeight + 1e-6);
        const slack = Math.min(geometry.viewWidth - box.width, geometry.viewHeight - box.height);
        expect(slack).toBeCloseTo(0, 6);
        expect(box.x + box.width / 2).toBeCloseTo(geometry.viewWidth / 2, 6);
      }),
    );
  });

  it('keeps the image point under the pointer while zooming', () => {
    const geometry: Geometry = { imageWidth: 2000, imageHeight: 1600, aspect: [1, 1], viewWidth: 800, viewHeight: 600 };
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 700, noNaN: true }),
        fc.double({ min: 100, max: 500, noNaN: true }),
        fc.double({ min: 0.8, max: 8, noNaN: true }),
        (x, y, factor) => {
          const before = fit(geometry);
          const after = zoomAt(geometry, before, { x, y }, factor);
          const anchor = imageToView(geometry, after, viewToImage(geometry, before, { x, y }));
          expect(anchor.x).toBeCloseTo(x, 6);
          expect(anchor.y).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  it('never loses the image, however far it is panned or shrunk', () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: -1e5, max: 1e5, noNaN: true }), (geometry, far) => {
        const box = imageRectangle(geometry, panBy(geometry, clampPlacement(geometry, fit(geometry)), far, -far));
        expect(box.x).toBeLessThan(geometry.viewWidth);
        expect(box.x + box.width).toBeGreaterThan(0);
        expect(box.y).toBeLessThan(geometry.viewHeight);
        expect(box.y + box.height).toBeGreaterThan(0);
      }),
    );
  });

  it('pans by screen pixels whatever the zoom', () => {
    const geometry: Geometry = { imageWidth: 500, imageHeight: 500, aspect: [1, 2], viewWidth: 800, viewHeight: 800 };
    const placement: Placement = { scale: 1.5, translation: [3, -4] };
    const before = imageToView(geometry, placement, { x: 10, y: 20 });
    const after = imageToView(geometry, panBy(geometry, placement, 30, -12), { x: 10, y: 20 });
    expect(after.x - before.x).toBeCloseTo(30, 9);
    expect(after.y - before.y).toBeCloseTo(-12, 9);
  });

  it('stretches the longer side of a pixel that is not square', () => {
    expect(pixelAspect([0.1, 0.2])).toEqual([2, 1]);
    expect(pixelAspect([0.3, 0.1])).toEqual([1, 0.3 / 0.1]);
    expect(pixelAspect()).toEqual([1, 1]);
    expect(pixelAspect([0, 0.1])).toEqual([1, 1]);
  });

  it('knows which part of the image is in view', () => {
    const geometry: Geometry = { imageWidth: 400, imageHeight: 300, aspect: [1, 1], viewWidth: 200, viewHeight: 100 };
    expect(visibleRectangle(geometry, fit(geometry))).toEqual({ x: 0, y: 0, width: 400, height: 300 });
    expect(visibleRectangle(geometry, { scale: 2, translation: [0, 0] })).toEqual({
      x: 150,
      y: 125,
      width: 100,
      height: 50,
    });
    expect(visibleRectangle(geometry, { scale: 2, translation: [180, 0] })).toEqual({
      x: 0,
      y: 125,
      width: 70,
      height: 50,
    });
    expect(visibleRectangle(geometry, { scale: 2, translation: [900, 0] }).width).toBe(0);
  });

  it('names the pixel under a point and nothing outside the image', () => {
    const geometry: Geometry = { imageWidth: 4, imageHeight: 3, aspect: [1, 1], viewWidth: 1, viewHeight: 1 };
    expect(pixelAt(geometry, { x: 3.99, y: 0 })).toEqual({ x: 3, y: 0 });
    expect(pixelAt(geometry, { x: 4, y: 0 })).toBeUndefined();
    expect(pixelAt(geometry, { x: 0, y: -0.01 })).toBeUndefined();
  });
});
