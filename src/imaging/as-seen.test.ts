import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asSeen } from './as-seen';
import { decodePng, encodePng } from './png';
import { toPresentation } from './presentation';
import { decodeGreyPng } from './png-decode';
import { anyRadiograph, testRadiograph } from './testing/radiographs';

describe('a radiograph as it is seen', () => {
  it('has the greys of the screen as its samples, whatever the file’s polarity, depth and window', () => {
    fc.assert(
      fc.property(anyRadiograph, (r) => {
        const seen = asSeen(r);
        const grey = toPresentation(r);
        expect(Array.from(seen.pixels)).toEqual(Array.from(grey, (value) => Math.round(255 * value)));
        expect(Array.from(toPresentation(seen), (value) => Math.round(255 * value))).toEqual(Array.from(seen.pixels));
      }),
      { numRuns: 50 },
    );
  });

  it('is itself where it is seen as stored', () => {
    const pixels = Uint8Array.from({ length: 64 * 80 }, (_, i) => i & 255);
    const plain = testRadiograph({ pixels, bitsStored: 8, window: { windowCenter: 128, windowWidth: 256 } });
    expect(asSeen(plain)).toBe(plain);
    expect(asSeen({ ...plain, photometricInterpretation: 'MONOCHROME1' }).pixels[1]).toBe(254);
  });

  it('is a PNG of 8 bits that opens as synthetic, with its spacing and its view', () => {
    const r = testRadiograph({
      synthetic: true,
      windowFunction: 'SIGMOID',
      pixelPadding: [0, 0],
      pixelSpacing: [0.2, 0.2],
      viewPosition: 'AP',
    });
    const bytes = encodePng(asSeen(r), {});
    expect(decodeGreyPng(bytes, 'seen.png').depth).toBe(8);
    const { notes, ...read } = decodePng(bytes, 'seen.png');
    expect(notes).toEqual([]);
    expect(read).toMatchObject({ synthetic: true, pixelSpacing: [0.2, 0.2], viewPosition: 'AP', bitsStored: 8 });
    expect('windowFunction' in read || 'pixelPadding' in read).toBe(false);
  });
});
