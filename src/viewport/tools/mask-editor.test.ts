// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SizeMismatchError } from '../../imaging/errors';
import { emptyMask, fillPolygon, paintStroke } from '../../imaging/mask';
import { strokeInto } from '../../imaging/mask-stroke';
import type { Mask } from '../../imaging/radiograph';
import { signedArea } from '../geometry/contour';
import { MaskOutline } from '../pixels/mask-outline';
import { ERASED, MaskEditor, PAINTED } from './mask-editor';

const size = { width: 120, height: 90 };
const brush = (radius: number) => ({ radius, hardness: 1 });

function editorOf(): { editor: MaskEditor; steps: Mask[] } {
  const steps: Mask[] = [];
  return { editor: new MaskEditor(size, (mask) => steps.push(mask)), steps };
}

describe('mask editor', () => {
  it('paints what the imaging layer would paint on the whole mask', () => {
    const coordinate = fc.double({ min: -30, max: 150, noNaN: true });
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(points, fc.double({ min: 0.6, max: 25, noNaN: true }), (stroke, radius) => {
        const { editor } = editorOf();
        editor.begin(PAINTED);
        for (const point of stroke) editor.extend([point], brush(radius));
        editor.commit();
        const whole = paintStroke(emptyMask(size.width, size.height), stroke, radius, PAINTED);
        const painted = editor.mask ?? emptyMask(size.width, size.height);
        expect(painted.data.every((value, index) => value === whole.data[index])).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('hands out one mask a stroke and never changes it afterwards', () => {
    const { editor, steps } = editorOf();
    editor.begin(PAINTED);
    editor.extend(
      [
        { x: 20, y: 20 },
        { x: 40, y: 20 },
      ],
      brush(6),
    );
    editor.extend([{ x: 60, y: 30 }], brush(6));
    expect(steps).toHaveLength(0);
    editor.commit();
    const kept = steps[0]?.data.slice();
    editor.begin(ERASED);
    editor.extend([{ x: 20, y: 20 }], brush(10));
    editor.commit();
    expect(steps).toHaveLength(2);
    expect(steps[0]?.data).toEqual(kept);
    expect(steps[1]?.data[20 * size.width + 20]).toBe(0);
    expect(steps[1]?.data[30 * size.width + 60]).toBe(255);
  });

  it('forgets a cancelled stroke, outline included', () => {
    const { editor, steps } = editorOf();
    editor.fill(
      [
        { x: 10, y: 10 },
        { x: 50, y: 10 },
        { x: 50, y: 50 },
        { x: 10, y: 50 },
      ],
      PAINTED,
    );
    const before = editor.outline.loops().map((loop) => [...loop]);
    editor.begin(PAINTED);
    editor.extend([{ x: 90, y: 40 }], brush(15));
    expect(editor.outline.loops()).toHaveLength(2);
    editor.cancel();
    editor.commit();
    expect(editor.outline.loops().map((loop) => [...loop])).toEqual(before);
    expect(steps).toHaveLength(1);
  });

  it('says nothing of a stroke that changed nothing', () => {
    const { editor, steps } = editorOf();
    editor.begin(ERASED);
    editor.extend([{ x: 30, y: 30 }], brush(5));
    editor.commit();
    editor.begin(PAINTED);
    editor.extend([{ x: -300, y: 30 }], brush(5));
    editor.commit();
    expect(steps).toHaveLength(0);
    expect(editor.mask).toBeUndefined();
  });

  it('fills a polygon like the imaging layer', () => {
    const { editor, steps } = editorOf();
    const corners = [
      { x: 5.5, y: 7 },
      { x: 140, y: 20 },
      { x: 60, y: 80.2 },
    ];
    editor.fill(corners, PAINTED);
    expect(steps[0]?.data).toEqual(fillPolygon(emptyMask(size.width, size.height), corners, PAINTED).data);
  });

  it('takes a mask from outside and gives up its stroke', () => {
    const { editor, steps } = editorOf();
    editor.begin(PAINTED);
    editor.extend([{ x: 30, y: 30 }], brush(5));
    const outside = paintStroke(emptyMask(size.width, size.height), [{ x: 80, y: 60 }], 9, PAINTED);
    editor.replace(outside);
    editor.commit();
    expect(editor.mask).toBe(outside);
    expect(editor.isPainting).toBe(false);
    expect(editor.outline.loops()).toHaveLength(1);
    expect(steps).toHaveLength(0);
  });

  it('refuses a mask of another image', () => {
    expect(() => editorOf().editor.replace(emptyMask(3, 3))).toThrow(SizeMismatchError);
  });

  it('keeps the outline of a large mask in step with its strokes, however they are batched', () => {
    const large = { width: 1400, height: 1100 };
    const point = fc.record({ x: fc.integer({ min: -50, max: 1450 }), y: fc.integer({ min: -50, max: 1150 }) });
    const batches = fc.array(fc.array(point, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        batches,
        fc.constantFrom(1, 0.5, 0),
        fc.constantFrom<0 | 255>(PAINTED, ERASED),
        (strokes, hardness, value) => {
          const editor = new MaskEditor(large, () => undefined);
          editor.replace(paintStroke(emptyMask(large.width, large.height), [{ x: 700, y: 500 }], 300, PAINTED));
          editor.begin(value);
          for (const points of strokes) {
            editor.extend(points, { radius: 120, hardness });
            editor.outline.tiles();
          }
          editor.commit();
          const whole = new MaskOutline(large);
          if (editor.mask) whole.update(editor.mask);
          expect(editor.outline.loops()).toEqual(whole.loops());
          expect(editor.outline.tiles()).toEqual(whole.tiles());
        },
      ),
      { numRuns: 12 },
    );
  });

  it('shows a wide soft stroke to its end while it goes on, and takes back what is given up', () => {
    const large = { width: 1400, height: 1100 };
    const areaOf = (outline: MaskOutline) =>
      outline
        .loops()
        .map(signedArea)
        .reduce((sum, area) => sum + area, 0);
    const points = [
      { x: 300, y: 300 },
      { x: 420, y: 330 },
      { x: 520, y: 420 },
      { x: 700, y: 400 },
    ];
    const editor = new MaskEditor(large, () => undefined);
    editor.begin(PAINTED);
    points.forEach((point, i) => {
      editor.extend([point], { radius: 200, hardness: 0 });
      const whole = emptyMask(large.width, large.height);
      strokeInto(whole, points.slice(0, i + 1), { radius: 200, hardness: 0 }, PAINTED);
      const expected = new MaskOutline(large);
      expected.update(whole);
      expect(areaOf(editor.outline) / areaOf(expected)).toBeCloseTo(1, 2);
      expect(areaOf(editor.outline) / areaOf(expected)).toBeCloseTo(1, 2);
    });
    editor.cancel();
    expect(editor.outline.loops()).toEqual([]);
  });

  it('paints anew with a brush that changes under the hand', () => {
    const { editor } = editorOf();
    editor.begin(PAINTED);
    editor.extend([{ x: 40, y: 40 }], brush(4));
    editor.extend([{ x: 41, y: 40 }], brush(20));
    editor.commit();
    expect(editor.mask?.data[40 * size.width + 25]).toBe(255);
  });
});
