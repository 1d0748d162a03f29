import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyMask, encodeMaskPng, featherMask, paintDisc } from './mask';
import { decodeMaskPng, fitMask, MaskColourError, MaskOfNothingError, MaskSizeError } from './mask-file';
import { encodeGreyPng } from './png-encode';
import type { Mask } from './radiograph';

const disc = paintDisc(emptyMask(100, 80), 45, 40, 21, 255);
const area = ({ data }: Mask): number => data.reduce((sum, value) => sum + value / 255, 0);

describe('a mask from a PNG', () => {
  it('is the mask that was saved, soft values too', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.integer({ min: 1, max: 97 }), (first, step) => {
        const data = new Uint8Array(64 * 70).map((_, i) => (i === 0 ? 255 : (first + i * step) % 256));
        const read = decodeMaskPng(encodeMaskPng({ width: 64, height: 70, data }), 'mask.png');
        expect(Buffer.from(read.data).equals(Buffer.from(data))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('takes zeros and ones for black and white, and 16 bits for 8', () => {
    const ones = disc.data.map((value) => value / 255);
    expect(decodeMaskPng(encodeGreyPng(100, 80, ones), 'ones.png')).toEqual(disc);
    expect(
      decodeMaskPng(
        encodeGreyPng(
          100,
          80,
          Uint16Array.from(disc.data, (value) => value * 257),
        ),
        'deep.png',
      ),
    ).toEqual(disc);
  });

  it('is refused by name when it is in colour or has nothing in it', () => {
    const colour = encode({
      width: 64,
      height: 64,
      channels: 3,
      data: new Uint8Array(64 * 64 * 3).map((_, i) => [200, 30, 90][i % 3] ?? 0),
    });
    expect(() => decodeMaskPng(colour, 'red.png')).toThrow(MaskColourError);
    expect(() => decodeMaskPng(encodeMaskPng(emptyMask(64, 64)), 'black.png')).toThrow(MaskOfNothingError);
    expect(() => decodeMaskPng(encodeGreyPng(64, 64, new Uint8Array(4096).fill(3)), 'labels.png')).toThrow(
      /labels\.png/,
    );
  });
});

describe('fitting a mask to a radiograph', () => {
  it('leaves one of its size alone', () => {
    expect(fitMask(disc, { width: 100, height: 80 }, 'm')).toEqual({ mask: disc });
  });

  it('resamples one of its shape, says so, and keeps a hard mask hard', () => {
    for (const by of [0.7, 3]) {
      const size = { width: 100 * by, height: 80 * by };
      const { mask, resampled } = fitMask(disc, size, 'm');
      expect(resampled).toEqual({ width: 100, height: 80 });
      expect(mask.data.every((value) => value === 0 || value === 255)).toBe(true);
      expect(area(mask) / (area(disc) * by * by)).toBeCloseTo(1, 1);
    }
    const { mask: soft } = fitMask(featherMask(disc, 9), { width: 200, height: 160 }, 'm');
    expect(soft.data.some((value) => value > 0 && value < 255)).toBe(true);
  });

  it('refuses one of another shape', () => {
    expect(() => fitMask(disc, { width: 100, height: 100 }, 'wide.png')).toThrow(MaskSizeError);
    expect(() => fitMask(disc, { width: 80, height: 100 }, 'wide.png')).toThrow(/wide\.png is 100 × 80/);
  });
});
