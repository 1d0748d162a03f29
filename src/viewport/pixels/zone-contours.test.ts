// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { zoneContours } from './zone-contours';

function blob(cx: number, cy: number, radius: number, peak = 1): Float32Array {
  return Float32Array.from({ length: 32 * 32 }, (_, index) => {
    const r = Math.hypot((index % 32) + 0.5 - cx, Math.floor(index / 32) + 0.5 - cy);
    return peak / (1 + Math.exp(2 * (r - radius)));
  });
}

describe('zone contours', () => {
  it('turn a coarse map into a smooth outline about its label', () => {
    const [zone] = zoneContours([{ label: 'Right upper', map: blob(10, 12, 6), size: 32 }]);
    expect(zone?.label).toBe('Right upper');
    expect(zone?.labelAt.x).toBeCloseTo(10 / 32, 2);
    expect(zone?.labelAt.y).toBeCloseTo(12 / 32, 2);
    expect(zone?.loops).toHaveLength(1);
    for (const loop of zone?.loops ?? []) {
      for (let i = 0; i < loop.length; i += 2) {
        expect(Math.hypot((loop[i] ?? 0) - 10 / 32, (loop[i + 1] ?? 0) - 12 / 32)).toBeCloseTo(6 / 32, 2);
      }
    }
  });

  it('leave out a zone that is nowhere likely', () => {
    expect(zoneContours([{ label: 'Left lower', map: blob(20, 20, 6, 0.4), size: 32 }])).toEqual([]);
  });
});
