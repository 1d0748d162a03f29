import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyMask, paintDisc } from './mask';
import { packMask, unpackMask } from './mask-pack';

describe('a packed mask', () => {
  it('comes back as it was, hard or soft, empty or full', async () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));
    await fc.assert(
      fc.asyncProperty(
        size.chain(([width, height]) =>
          fc.record({
            width: fc.constant(width),
            height: fc.constant(height),
            data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
          }),
        ),
        async (mask) => {
          expect(await unpackMask(await packMask(mask))).toEqual(mask);
        },
      ),
      { numRuns: 30 },
    );
    expect(await unpackMask(await packMask(emptyMask(64, 80)))).toEqual(emptyMask(64, 80));
  });

  it('is small: of two megapixels with a lesion not a hundredth', async () => {
    const { pixels } = await packMask(paintDisc(emptyMask(1400, 1500), 700, 400, 200, 255));
    expect(pixels.length).toBeLessThan(8_000);
  });

  it('is none where its box or its pixels do not fit', async () => {
    const packed = await packMask(paintDisc(emptyMask(64, 80), 30, 30, 9, 255));
    expect(await unpackMask({ ...packed, width: 20 })).toBeUndefined();
    expect(await unpackMask({ ...packed, box: [0, 0, 10, 10] })).toBeUndefined();
    expect(await unpackMask({ ...packed, pixels: 'no base64' })).toBeUndefined();
  });

  it('is none where it claims to be larger than any radiograph', async () => {
    const nothing = { box: [0, 0, 0, 0], pixels: 'AwA=' } as const;
    expect(await unpackMask({ width: 1e9, height: 1e9, ...nothing })).toBeUndefined();
    expect(await unpackMask({ width: 8192, height: 8192, ...nothing })).toBeUndefined();
  });
});
