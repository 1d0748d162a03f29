// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { signedArea } from '../geometry/contour';
import { MaskOutline } from './mask-outline';

function discMask(width: number, height: number, cx: number, cy: number, radius: number) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= radius) data[y * width + x] = 255;
    }
  }
  return { width, height, data };
}

describe('mask outline', () => {
  it('lies on the edge of a disc, also where it is traced on a coarser grid', () => {
    for (const side of [300, 2500]) {
      const mask = discMask(side, side, side / 2, side / 2, side / 4);
      const outline = new MaskOutline(mask);
      outline.update(mask);
      const loops = outline.loops();
      expect(loops).toHaveLength(1);
      for (const loop of loops) {
        for (let i = 0; i < loop.length; i += 2) {
          const r = Math.hypot((loop[i] ?? 0) - side / 2, (loop[i + 1] ?? 0) - side / 2);
          expect(Math.abs(r - side / 4)).toBeLessThan(1.5);
        }
      }
    }
  });

  it('takes up a stroke from its bounds alone', () => {
    const before = discMask(2100, 1400, 500, 500, 200);
    const after = discMask(2100, 1400, 500, 500, 300);
    const whole = new MaskOutline(after);
    whole.update(after);
    const partial = new MaskOutline(before);
    partial.update(before);
    expect(partial.loops().map(signedArea)).not.toEqual(whole.loops().map(signedArea));
    partial.update(after, { x: 199, y: 199, width: 602, height: 602 });
    expect(partial.loops().map(signedArea)).toEqual(whole.loops().map(signedArea));
  });

  it('does not leave the image', () => {
    const mask = { width: 1501, height: 1001, data: new Uint8Array(1501 * 1001).fill(255) };
    const outline = new MaskOutline(mask);
    outline.update(mask);
    for (const loop of outline.loops()) {
      loop.forEach((value, index) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(index % 2 === 0 ? 1501 : 1001);
      });
    }
    expect(outline.loops().length).toBe(1);
  });

  it('is nothing for an empty mask', () => {
    const mask = { width: 20, height: 20, data: new Uint8Array(400) };
    const outline = new MaskOutline(mask);
    outline.update(mask);
    expect(outline.loops()).toEqual([]);
  });
});
