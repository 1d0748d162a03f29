import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CounterpartError } from '../../errors';
import { decodeJpeg } from './decode';
import { DCT_FIXTURES, FIXTURE_HEIGHT, FIXTURE_WIDTH, LOSSLESS_FIXTURES, fixtureSample } from './testing/fixtures';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const any = (): void => undefined;

describe('JPEG by the discrete cosine transform', () => {
  it.each(Object.entries(DCT_FIXTURES))(
    'decodes %s as libjpeg-turbo does, up to rounding',
    (name, { file, decoded }) => {
      const image = decodeJpeg(bytesOf(file), name, any);
      const raw = bytesOf(decoded);
      const expected = image.precision === 8 ? raw : new Uint16Array(raw.buffer);
      expect([image.width, image.height]).toEqual([FIXTURE_WIDTH, FIXTURE_HEIGHT]);
      expect(image.data.length).toBe(expected.length);
      const errors = Array.from(image.data, (value, i) => Math.abs(value - (expected[i] as number)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(2);
    },
  );

  it('keeps the twelve bits of extended JPEG', () => {
    const image = decodeJpeg(bytesOf(DCT_FIXTURES.grey12.file), 'grey12', any);
    expect(image.precision).toBe(12);
    expect(Math.max(...image.data)).toBeGreaterThan(2048);
  });
});

describe('lossless JPEG', () => {
  it.each(Object.entries(LOSSLESS_FIXTURES))('%s decodes to exactly what was encoded', (name, file) => {
    const image = decodeJpeg(bytesOf(file), name, any);
    const bits = image.precision as 8 | 12 | 16;
    const expected = Array.from({ length: FIXTURE_WIDTH * FIXTURE_HEIGHT }, (_, i) =>
      fixtureSample(i % FIXTURE_WIDTH, Math.floor(i / FIXTURE_WIDTH), bits),
    );
    expect(Array.from(image.data)).toEqual(expected);
  });
});

describe('damaged JPEG', () => {
  const files = [...Object.values(DCT_FIXTURES).map(({ file }) => file), ...Object.values(LOSSLESS_FIXTURES)].map(
    bytesOf,
  );

  it('says that a file cut in half is incomplete', () => {
    for (const bytes of files) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * 0.8));
      expect(() => decodeJpeg(cut, 'half.jpg', any)).toThrow(expect.objectContaining({ code: 'truncated-image' }));
    }
  });

  it('ends in an image or a named error whatever is changed', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...files), flips, fc.nat(), (bytes, changes, cut) => {
        const damaged = bytes.slice(0, bytes.length - (cut % 3 === 0 ? cut % bytes.length : 0));
        for (const [at, value] of changes) damaged[at % bytes.length] = value;
        try {
          const small = ({ width, height }: { width: number; height: number }): void => {
            if (width * height > 1e6) throw new RangeError('large');
          };
          expect(decodeJpeg(damaged, 'damaged.jpg', small).data.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof RangeError && error.message === 'large'))
            expect(error).toBeInstanceOf(CounterpartError);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('shows the header to the caller before anything is allocated', () => {
    const bytes = bytesOf(DCT_FIXTURES.greyBaseline.file).slice();
    const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    bytes.set([0x4e, 0x20, 0x4e, 0x20], at + 5);
    expect(() =>
      decodeJpeg(bytes, 'vast.jpg', ({ width }) => {
        throw new RangeError(String(width));
      }),
    ).toThrow('20000');
  });
});
