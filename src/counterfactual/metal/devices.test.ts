import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../imaging/resample';
import { lungShare } from '../realism/realism';
import { metalIn, withMetal } from './devices';
import { fakeRegions } from '../testing/fakes';

const REGIONS = fakeRegions();
const LUNGS = lungShare(REGIONS);
const pixel = (x: number, y: number): number => y * GRID_SIZE + x;

/** Lungs at -0.4, everything else at 0.4, with a patch of its own where one is asked for. */
function film(patch: (x: number, y: number) => number | undefined = () => undefined): Float32Array {
  return LUNGS.map((share, at) => patch(at % GRID_SIZE, Math.floor(at / GRID_SIZE)) ?? 0.4 - 0.8 * share);
}

/** The middle of the widest row of the first lung. */
function middle(): readonly [number, number] {
  let [best, at] = [0, [0, 0] as readonly [number, number]];
  for (let y = 0; y < GRID_SIZE; y++) {
    const row = [...LUNGS.subarray(pixel(0, y), pixel(GRID_SIZE / 2, y))];
    const inside = row.flatMap((share, x) => (share === 1 ? [x] : []));
    if (inside.length > best) [best, at] = [inside.length, [inside[inside.length >> 1] as number, y]];
  }
  return at;
}

const [X, Y] = middle();
const box = (x: number, y: number, half: number): boolean => Math.abs(x - X) <= half && Math.abs(y - Y) <= half;

describe('metal over a lung', () => {
  const device = film((x, y) => (box(x, y, 5) ? 0.8 : undefined));

  it('is found where it is denser than the mediastinum and has an edge, with what lies between its parts', () => {
    const metal = metalIn(device, REGIONS);
    expect(metal?.[pixel(X, Y)]).toBe(1);
    expect(metal?.[pixel(X + 20, Y)]).toBe(0);
    const parts = film((x, y) => (box(x, y, 5) && Math.abs(x - X) > 1 ? 0.8 : undefined));
    expect(metalIn(parts, REGIONS)?.[pixel(X, Y)]).toBe(1);
  });

  it.each([
    ['a clear film', film()],
    ['opacity as dense as the mediastinum', film((x, y) => (box(x, y, 8) ? 0.39 : undefined))],
    [
      'dense opacity without an edge',
      film((x, y) => {
        const near = Math.max(0, 1 - Math.hypot(x - X, y - Y) / 28);
        return near > 0 ? Math.min(0.45, -0.4 + 1.4 * near) : undefined;
      }),
    ],
    ['metal beside the lungs', film((x, y) => (x < 6 && y < 6 ? 0.9 : undefined))],
  ])('is not %s', (_, image) => {
    expect(metalIn(image, REGIONS)).toBeUndefined();
  });

  it('is not looked for without a mediastinum to compare with', () => {
    expect(metalIn(device, new Float32Array(REGIONS.length))).toBeUndefined();
  });

  it('stays where the rest becomes darker, and may become denser', () => {
    const metal = metalIn(device, REGIONS);
    const darker = withMetal(
      device,
      device.map((value) => value - 0.3),
      metal,
    );
    expect(darker[pixel(X, Y)]).toBe(device[pixel(X, Y)]);
    expect(darker[pixel(X + 20, Y)]).toBeCloseTo((device[pixel(X + 20, Y)] ?? 0) - 0.3, 6);
    const denser = device.map((value) => value + 0.1);
    expect(withMetal(device, denser, metal)).toEqual(denser);
    expect(withMetal(device, denser, undefined)).toBe(denser);
  });
});
