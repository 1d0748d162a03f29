import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SizeMismatchError } from './errors';
import type { GreyTable } from './grey-table';
import {
  addPresentationResidual,
  autoWindow,
  presentationSlope,
  presentationTable,
  toPresentation,
} from './presentation';
import { storedRange, type Radiograph } from './radiograph';
import { worstError } from './testing/compare';
import { anyRadiograph, filledMask, testRadiograph } from './testing/radiographs';

const row = (values: readonly number[], fields: Partial<Radiograph> = {}): Radiograph =>
  testRadiograph({
    width: values.length,
    height: 1,
    pixels: Int16Array.from(values),
    bitsStored: 16,
    signed: true,
    ...fields,
  });

describe('toPresentation', () => {
  it('follows the example of PS3.3 C.11.2.1.2.1: centre 2048, width 4096', () => {
    const r = row([-5, 0, 1, 2048, 4094, 4095, 5000]);
    const expected = [0, 0, 1 / 4095, (2048 - 2047.5) / 4095 + 0.5, 4094 / 4095, 1, 1];
    expect(worstError(toPresentation(r), expected)).toBeLessThan(1e-6);
  });

  it('makes a window of width 1 a step just above centre - 0.5', () => {
    const r = row([99, 100, 101], { window: { windowCenter: 100, windowWidth: 1 } });
    expect(Array.from(toPresentation(r))).toEqual([0, 1, 1]);
    const between = row([99, 100], { window: { windowCenter: 100.5, windowWidth: 1 } });
    expect(Array.from(toPresentation(between))).toEqual([0, 0]);
  });

  it('shows an 8-bit image under centre 128 and width 256 as value / 255', () => {
    const pixels = Uint8Array.from({ length: 256 }, (_, i) => i);
    const r = testRadiograph({
      width: 256,
      height: 1,
      pixels,
      bitsStored: 8,
      window: { windowCenter: 128, windowWidth: 256 },
    });
    const expected = Array.from(pixels, (value) => value / 255);
    expect(worstError(toPresentation(r), expected)).toBeLessThan(1e-6);
  });

  it('applies the rescale before the window', () => {
    const r = row([10], { rescaleSlope: 2, rescaleIntercept: -15, window: { windowCenter: 5.5, windowWidth: 11 } });
    expect(toPresentation(r)[0]).toBeCloseTo(0.5, 6);
  });

  it('shows MONOCHROME1 as the negative of MONOCHROME2', () => {
    fc.assert(
      fc.property(anyRadiograph, (r) => {
        const positive = toPresentation({ ...r, photometricInterpretation: 'MONOCHROME2' });
        const negative = toPresentation({ ...r, photometricInterpretation: 'MONOCHROME1' });
        const expected = positive.map((grey) => 1 - grey);
        expect(worstError(negative, expected)).toBeLessThan(1e-6);
      }),
    );
  });

  it('is monotone in the stored value and stays in [0, 1]', () => {
    fc.assert(
      fc.property(anyRadiograph, (r) => {
        const sign = Math.sign(presentationSlope(r));
        const grey = toPresentation(r);
        const order = Array.from(grey.keys()).sort((a, b) => (r.pixels[a] as number) - (r.pixels[b] as number));
        const ordered = order.map((at) => grey[at] as number);
        expect(ordered.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(ordered.every((value, i) => i === 0 || sign * (value - (ordered[i - 1] as number)) >= 0)).toBe(true);
      }),
    );
  });
});

describe('the table of greys', () => {
  it('is made once for a film and what is made of it, and anew for all that decides a grey', () => {
    const film = testRadiograph();
    const { table } = presentationTable(film);
    expect(presentationTable({ ...film, pixels: film.pixels.slice() }).table).toBe(table);
    const curve: GreyTable = { first: 0, bits: 8, entries: [0, 255] };
    const changes: readonly Partial<Radiograph>[] = [
      { pixels: new Uint8Array(film.pixels.length) },
      { pixels: new Int16Array(film.pixels.length) },
      { rescaleSlope: film.rescaleSlope + 1 },
      { rescaleIntercept: film.rescaleIntercept + 1 },
      { photometricInterpretation: 'MONOCHROME1' },
      { windowFunction: 'SIGMOID' },
      { voiTable: curve },
      { modalityTable: curve },
      { window: { ...film.window, windowCenter: film.window.windowCenter + 9 } },
      { window: { ...film.window, windowWidth: film.window.windowWidth + 9 } },
    ];
    for (const change of changes) {
      const own = presentationTable({ ...film, ...change });
      expect(own.table).not.toEqual(table);
      const { window } = { ...film, ...change };
      // Under its own window and as another's.
      expect(presentationTable(film, window).table).toEqual(change.window ? own.table : table);
    }
    expect(presentationTable(film).table).toEqual(table);
  });
});

describe('presentationSlope', () => {
  it('is the stored distance from black to white', () => {
    expect(presentationSlope(testRadiograph())).toBeCloseTo(4095);
    expect(presentationSlope(testRadiograph({ rescaleSlope: 0.5 }))).toBeCloseTo(8190);
    expect(presentationSlope(testRadiograph({ photometricInterpretation: 'MONOCHROME1' }))).toBeCloseTo(-4095);
    expect(presentationSlope(testRadiograph({ rescaleSlope: -1 }))).toBeCloseTo(-4095);
  });
});

describe('addPresentationResidual', () => {
  it('keeps every bit where the mask is 0, whatever the residual', () => {
    const residuals = fc.array(fc.float(), { minLength: 144, maxLength: 144 });
    fc.assert(
      fc.property(
        anyRadiograph,
        residuals,
        fc.array(fc.boolean(), { minLength: 144, maxLength: 144 }),
        (r, values, kept) => {
          const residual = Float32Array.from(values).subarray(0, r.pixels.length);
          const mask = filledMask(r.width, r.height, 255);
          mask.data.forEach((_, i) => {
            if (kept[i]) mask.data[i] = 0;
          });
          const { pixels, changed } = addPresentationResidual(r, residual, mask);
          const [least, greatest] = storedRange(r);
          const after = Array.from(pixels);
          const differs = after.map((value, i) => value !== r.pixels[i]);
          expect(differs.some((changedHere, i) => changedHere && kept[i])).toBe(false);
          expect(after.every((value) => value >= least && value <= greatest)).toBe(true);
          expect(changed).toBe(differs.filter(Boolean).length);
          expect(pixels.constructor).toBe(r.pixels.constructor);
        },
      ),
    );
  });

  it('makes the picture brighter by what was asked, in either polarity', () => {
    for (const photometricInterpretation of ['MONOCHROME1', 'MONOCHROME2'] as const) {
      const r = testRadiograph({ photometricInterpretation, pixels: new Uint16Array(64 * 80).fill(2000) });
      const residual = new Float32Array(r.pixels.length).fill(0.25);
      const edited = { ...r, pixels: addPresentationResidual(r, residual, filledMask(64, 80, 255)).pixels };
      expect((toPresentation(edited)[0] as number) - (toPresentation(r)[0] as number)).toBeCloseTo(0.25, 3);
      const half = { ...r, pixels: addPresentationResidual(r, residual, filledMask(64, 80, 51)).pixels };
      expect((toPresentation(half)[0] as number) - (toPresentation(r)[0] as number)).toBeCloseTo(0.05, 3);
    }
  });

  it('leaves the original alone', () => {
    const r = testRadiograph();
    const before = r.pixels.slice();
    addPresentationResidual(r, new Float32Array(r.pixels.length).fill(1), filledMask(64, 80, 255));
    expect(r.pixels).toEqual(before);
  });

  it('refuses a mask of another size', () => {
    const r = testRadiograph();
    expect(() => addPresentationResidual(r, new Float32Array(r.pixels.length), filledMask(10, 10, 255))).toThrow(
      SizeMismatchError,
    );
  });
});

describe('autoWindow', () => {
  it('spans the 0.5th to the 99.5th percentile', () => {
    const r = testRadiograph({ width: 1000, height: 1, pixels: Uint16Array.from({ length: 1000 }, (_, i) => i) });
    const { windowCenter, windowWidth } = autoWindow(r);
    expect(windowCenter - 0.5 - (windowWidth - 1) / 2).toBeCloseTo(4, 6);
    expect(windowCenter - 0.5 + (windowWidth - 1) / 2).toBeCloseTo(994, 6);
  });

  it('leaves padding out', () => {
    const pixels = Uint16Array.from({ length: 1000 }, (_, i) => (i < 500 ? 60000 : 1000 + (i % 100)));
    const window = autoWindow(
      testRadiograph({ width: 1000, height: 1, pixels, bitsStored: 16, pixelPadding: [60000, 60000] }),
    );
    expect(window.windowCenter + window.windowWidth / 2).toBeLessThan(1102);
  });

  it('still gives a window of at least one step for a constant image and for padding alone', () => {
    const pixels = new Uint16Array(100).fill(7);
    expect(autoWindow(testRadiograph({ width: 100, height: 1, pixels })).windowWidth).toBeGreaterThan(1);
    expect(
      autoWindow(testRadiograph({ width: 100, height: 1, pixels, pixelPadding: [7, 7] })).windowWidth,
    ).toBeGreaterThan(1);
  });
});

describe('a change of grey through a curve', () => {
  const log = (value: number): number => Math.round((4095 * Math.log1p(value)) / Math.log(4096));
  const table = (entry: (index: number) => number): GreyTable => ({
    first: 0,
    bits: 12,
    entries: Array.from({ length: 4096 }, (_, i) => entry(i)),
  });

  it.each([
    ['a sigmoid', { windowFunction: 'SIGMOID', window: { windowCenter: 2000, windowWidth: 1500 } }],
    ['a table', { voiTable: table(log) }],
    ['a falling table', { voiTable: table((i) => 4095 - log(i)) }],
    ['a modality table', { modalityTable: table((i) => log(i)) }],
    [
      'a falling modality table of MONOCHROME1',
      { modalityTable: table((i) => 4095 - log(i)), photometricInterpretation: 'MONOCHROME1' },
    ],
  ] as const)('comes out as asked, of %s', (_, fields) => {
    const r = testRadiograph(fields);
    const before = toPresentation(r);
    const residual = before.map((grey, i) => (i % 3 === 0 ? 0 : (0.5 - grey) * 0.4));
    const { pixels } = addPresentationResidual(r, residual, filledMask(r.width, r.height, 255));
    const after = toPresentation({ ...r, pixels });
    const { table: greys, offset } = presentationTable(r);
    for (let i = 0; i < after.length; i++) {
      const stored = (pixels[i] as number) + offset;
      const step = Math.max(
        ...[-1, 1].map((d) =>
          Math.abs((greys[Math.min(4095, Math.max(0, stored + d))] as number) - (after[i] as number)),
        ),
      );
      expect(Math.abs((after[i] as number) - (before[i] as number) - (residual[i] as number))).toBeLessThanOrEqual(
        step + 1e-6,
      );
      if (residual[i] === 0) expect(pixels[i]).toBe(r.pixels[i]);
    }
  });

  it('goes along the straight line where a table turns back', () => {
    const hill = table((i) => (i < 3000 ? i : 6000 - i));
    const r = testRadiograph({ voiTable: hill, pixels: new Uint16Array(64 * 80).fill(1000) });
    const { pixels } = addPresentationResidual(r, new Float32Array(64 * 80).fill(0.1), filledMask(64, 80, 255));
    const change = (pixels[0] as number) - 1000;
    expect(change).toBe(Math.round(0.1 * presentationSlope(r)));
    expect(change).toBeGreaterThan(0);
  });
});
