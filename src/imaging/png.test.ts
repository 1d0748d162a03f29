import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CounterpartError } from '../errors';
import { decodePng, encodePng, isEncodedWith, readPngText, RADIOGRAPH_KEYWORD } from './png';
import { readPngChunks, writePng, type PngChunk } from './png-chunks';
import { encodeGreyPng } from './png-encode';
import { toPresentation } from './presentation';
import type { Radiograph } from './radiograph';
import { countDifferences } from './testing/compare';
import { anyRadiograph, testRadiograph } from './testing/radiographs';

const size = { width: 64, height: 66 };
const noise = (length: number, levels: number): number[] =>
  Array.from({ length }, (_, i) => (i * 7919 + (i >> 3)) % levels);
const grey8 = Uint8Array.from(noise(64 * 66, 256));
const withCode = (code: string): unknown => expect.objectContaining({ code });

/** The same fields at a size that may be opened. */
const openable = anyRadiograph.map((r): Radiograph => {
  const pixels =
    r.pixels.constructor === Int16Array
      ? new Int16Array(64 * 66)
      : r.pixels.constructor === Uint8Array
        ? new Uint8Array(64 * 66)
        : new Uint16Array(64 * 66);
  pixels.forEach((_, i) => {
    pixels[i] = r.pixels[(i * 31) % r.pixels.length] as number;
  });
  return { ...r, ...size, pixels };
});

describe('a radiograph saved as PNG', () => {
  it('opens again with the same stored values and the same picture', () => {
    fc.assert(
      fc.property(openable, (r) => {
        const back = decodePng(encodePng(r, {}), 'saved.png');
        expect(countDifferences(back.pixels, r.pixels)).toBe(0);
        const { id: _, name: __, format: ___, pixels: ____, ...rest } = r;
        expect(back).toMatchObject(rest);
        expect(countDifferences(toPresentation(back), toPresentation(r))).toBe(0);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('keeps spacing, view, padding, age group and origin', () => {
    const fields = {
      ...size,
      pixelSpacing: [0.2, 0.15],
      viewPosition: 'PA',
      pixelPadding: [0, 4],
      paediatric: true,
      synthetic: true,
    } as const;
    const r = testRadiograph({ ...fields, pixels: new Uint16Array(64 * 66) });
    expect(decodePng(encodePng(r, {}), 'saved.png')).toMatchObject(fields);
  });

  it('carries any text by keyword', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
        const text = { recipe: JSON.stringify({ value }), 'Counterpart recipe': value };
        expect(readPngText(encodePng(testRadiograph(), text))).toMatchObject(text);
      }),
      { numRuns: 30 },
    );
    expect(() => encodePng(testRadiograph(), { ['ключ']: 'x' })).toThrow(RangeError);
  });

  it('is smaller than its values', () => {
    const smooth = Uint16Array.from({ length: 512 * 512 }, (_, i) => 2000 + 1000 * Math.sin(i / 40000) + (i % 4));
    const bytes = encodePng(testRadiograph({ width: 512, height: 512, pixels: smooth }), {});
    expect(bytes.length).toBeLessThan(smooth.byteLength / 2);
  });

  it('leaves out a description that does not fit, and says so', () => {
    const chunks = readPngChunks(encodePng(testRadiograph({ ...size, pixels: grey8, bitsStored: 8 }), {}), 'x');
    const lies = JSON.stringify({ version: 1, bitsStored: 12 });
    const data = new TextEncoder().encode(`${RADIOGRAPH_KEYWORD}\0${lies}`);
    const swapped = chunks.map((chunk): PngChunk => (chunk.type === 'iTXt' ? { type: 'tEXt', data } : chunk));
    const r = decodePng(writePng(swapped), 'lies.png');
    expect(r.notes).toHaveLength(1);
    expect(r.bitsStored).toBe(8);
  });
});

describe('other PNG files', () => {
  it('shows 8-bit grey as it is', () => {
    const r = decodePng(encode({ ...size, data: grey8, channels: 1, depth: 8 }), 'grey.png');
    expect(countDifferences(r.pixels, grey8)).toBe(0);
    expect(toPresentation(r)[5]).toBeCloseTo((grey8[5] as number) / 255, 6);
    expect(r.synthetic).toBe(false);
  });

  it('reads 16-bit grey, interlaced or not, and finds a window', () => {
    const data = Uint16Array.from(noise(64 * 66, 4096));
    for (const interlace of ['null', 'Adam7'] as const) {
      const r = decodePng(encode({ ...size, data, channels: 1, depth: 16 }, { interlace }), 'wide.png');
      expect(countDifferences(r.pixels, data)).toBe(0);
      expect(r.window.windowWidth).toBeLessThan(4097);
    }
  });

  it('reads equal colour channels, alpha and palettes as grey', () => {
    const interleave = (channels: number, last?: number): Uint8Array =>
      Uint8Array.from({ length: grey8.length * channels }, (_, i) =>
        last !== undefined && i % channels === channels - 1 ? last : (grey8[Math.floor(i / channels)] as number),
      );
    const open = (channels: number, data: Uint8Array): Radiograph =>
      decodePng(encode({ ...size, data, channels, depth: 8 }), 'x.png');
    expect(countDifferences(open(3, interleave(3)).pixels, grey8)).toBe(0);
    expect(countDifferences(open(4, interleave(4, 255)).pixels, grey8)).toBe(0);
    expect(countDifferences(open(2, interleave(2, 255)).pixels, grey8)).toBe(0);
    const faded = open(4, interleave(4, 0));
    expect(faded.pixels.every((value) => value === 0)).toBe(true);
    expect(faded.notes).toEqual(['Transparent pixels are shown as black.']);
    const palette = Array.from({ length: 256 }, (_, i) => [255 - i, 255 - i, 255 - i]);
    const indexed = decodePng(encode({ ...size, data: grey8, channels: 1, depth: 8, palette }), 'palette.png');
    expect(
      countDifferences(
        indexed.pixels,
        grey8.map((value) => 255 - value),
      ),
    ).toBe(0);
  });

  it.each([1, 2, 4] as const)('scales %i-bit grey to 8 bits', (depth) => {
    const perRow = Math.ceil((64 * depth) / 8);
    const data = Uint8Array.from(noise(perRow * 66, 256));
    const header = readPngChunks(encodeGreyPng(64, 66, grey8), 'x')[0] as PngChunk;
    const ihdr = header.data.slice();
    ihdr[8] = depth;
    const idat = readPngChunks(encodeGreyPng(perRow, 66, data), 'x')[1] as PngChunk;
    const r = decodePng(
      writePng([{ type: 'IHDR', data: ihdr }, idat, { type: 'IEND', data: new Uint8Array(0) }]),
      'few.png',
    );
    const greatest = 2 ** depth - 1;
    expect(r.pixels[0]).toBe((((data[0] as number) >> (8 - depth)) / greatest) * 255);
    const third = 2 * depth;
    const expected = ((data[third >> 3] as number) >> (8 - depth - (third & 7))) & greatest;
    expect(r.pixels[2]).toBe((expected / greatest) * 255);
  });

  it('refuses colour', () => {
    const data = Uint8Array.from(noise(64 * 66 * 3, 256));
    expect(() => decodePng(encode({ ...size, data, channels: 3, depth: 8 }), 'holiday.png')).toThrow(
      withCode('colour-image'),
    );
  });

  it('checks the size before reading on', () => {
    const header = encodeGreyPng(64, 66, grey8).slice(0, 40);
    new DataView(header.buffer).setUint32(16, 20000);
    new DataView(header.buffer).setUint32(20, 20000);
    expect(() => decodePng(header, 'vast.png')).toThrow(withCode('image-too-large'));
    expect(() => decodePng(encodeGreyPng(1, 1, Uint8Array.of(3)), 'dot.png')).toThrow(withCode('image-too-small'));
  });
});

describe('damaged PNG files', () => {
  const file = encodePng(testRadiograph({ ...size, pixels: Uint16Array.from(noise(64 * 66, 4096)) }), { recipe: '{}' });

  it('says when one is cut short, anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: file.length - 1 }), (length) => {
        expect(() => decodePng(file.subarray(0, length), 'cut.png')).toThrow(withCode('truncated-image'));
      }),
    );
  });

  it('notices every changed byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = file.slice();
        damaged[at] = (damaged[at] as number) ^ flip;
        expect(() => decodePng(damaged, 'damaged.png')).toThrow(CounterpartError);
      }),
    );
  });

  it('refuses pixels that are too few although all checksums are right', () => {
    const [header, ...rest] = readPngChunks(encodeGreyPng(64, 66, grey8), 'x') as [PngChunk, ...PngChunk[]];
    const data = header.data.slice();
    new DataView(data.buffer).setUint32(4, 67);
    expect(() => decodePng(writePng([{ type: 'IHDR', data }, ...rest]), 'short.png')).toThrow(
      withCode('corrupt-image'),
    );
  });
});

describe('a file that can be handed on as it is', () => {
  const text = { Software: 'Counterpart', Recipe: '{"seed":1}' };
  const made = {
    ...testRadiograph({ ...size, pixels: new Uint16Array(64 * 66) }),
    synthetic: true,
    credit: 'Somebody',
  };
  const file = encodePng(made, text);
  /** The file with its description as somebody changed it. */
  const described = (changed: (json: string) => string): Uint8Array => {
    const chunks = readPngChunks(file, 'a.png').map((chunk) => {
      const whole = Buffer.from(chunk.data).toString('utf8');
      const at = whole.indexOf('{');
      if (!whole.startsWith(RADIOGRAPH_KEYWORD)) return chunk;
      return { ...chunk, data: new Uint8Array(Buffer.from(whole.slice(0, at) + changed(whole.slice(at)))) };
    });
    return writePng(chunks);
  };

  it('is one that would be written so', () => {
    expect(isEncodedWith(file, 'a.png', text)).toBe(true);
    expect(described((json) => json)).toEqual(file);
    fc.assert(
      fc.property(openable, (r) => {
        expect(isEncodedWith(encodePng({ ...r, synthetic: true }, text), 'a.png', text)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['says something else', encodePng(made, { ...text, Recipe: '{"seed":2}' })],
    ['says more', encodePng(made, { ...text, Patient: 'somebody' })],
    ['is not stated to be synthetic', encodePng({ ...made, synthetic: false }, text)],
    ['describes nothing', encodeGreyPng(64, 66, new Uint8Array(64 * 66))],
    ['has colours', encode({ ...size, data: new Uint8Array(64 * 66 * 3), channels: 3 })],
    ['goes on behind its end', Uint8Array.of(...file, 1)],
    ['describes what has no name here', described((json) => json.replace('{', '{"patientName":"Doe^Jane",'))],
    ['describes more of its window', described((json) => json.replace('"windowWidth"', '"of":"Doe","windowWidth"'))],
    ['describes something twice', described((json) => json.replace('{', '{"credit":"Doe^Jane",'))],
    ['has blanks in what it describes', described((json) => `${json} `)],
    [
      'describes other bits than it has',
      writePng(
        readPngChunks(file, 'a.png').map((chunk) =>
          chunk.type === 'IHDR' ? { ...chunk, data: chunk.data.with(8, 8) } : chunk,
        ),
      ),
    ],
  ])('is none that %s', (_, other) => {
    expect(isEncodedWith(other, 'a.png', text)).toBe(false);
  });

  it('is none whose bytes were damaged, which is said', () => {
    const damaged = file.with(file.length - 40, (file[file.length - 40] as number) ^ 1);
    expect(() => isEncodedWith(damaged, 'a.png', text)).toThrow(withCode('corrupt-image'));
  });
});
