import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../imaging/radiograph';
import { applyMaskDelta, maskDelta } from './maskDelta';

const WIDTH = 9;
const HEIGHT = 7;
const masks = fc
  .uint8Array({ minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT })
  .map((data): Mask => ({ width: WIDTH, height: HEIGHT, data }));
const maybe = fc.option(masks, { nil: undefined });

/** An empty mask and no mask are the same. */
const values = (mask: Mask | undefined) => [...(mask?.data ?? new Uint8Array(WIDTH * HEIGHT))];

describe('mask deltas', () => {
  it('lead from one mask to the other and back, whichever they are', () => {
    fc.assert(
      fc.property(maybe, maybe, (before, after) => {
        const delta = maskDelta(before, after);
        if (delta === undefined) {
          expect(values(after)).toEqual(values(before));
          return;
        }
        expect(values(applyMaskDelta(before, delta, 'after'))).toEqual(values(after));
        expect(values(applyMaskDelta(after, delta, 'before'))).toEqual(values(before));
      }),
    );
  });

  it('hold only the box that changed', () => {
    const before: Mask = { width: 1000, height: 1000, data: new Uint8Array(1_000_000) };
    const after: Mask = { ...before, data: before.data.slice() };
    after.data[500 * 1000 + 700] = 255;
    after.data[502 * 1000 + 690] = 255;
    expect(maskDelta(before, after)?.box).toEqual({ x: 690, y: 500, width: 11, height: 3 });
  });

  it('leave the given mask as it was', () => {
    const before: Mask = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
    const delta = maskDelta(before, { ...before, data: Uint8Array.of(255, 255) });
    if (delta === undefined) throw new Error('the masks differ');
    applyMaskDelta(before, delta, 'after');
    expect([...before.data]).toEqual([0, 255]);
  });

  it('end in no mask when nothing is painted any more', () => {
    const painted: Mask = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
    const delta = maskDelta(painted, undefined);
    if (delta === undefined) throw new Error('the masks differ');
    expect(applyMaskDelta(painted, delta, 'after')).toBeUndefined();
  });
});
