import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CounterpartError } from '../errors';
import { presentationTable, toPresentation } from '../imaging/presentation';
import { countDifferences } from '../imaging/testing/compare';
import { rangeOfWindow } from '../imaging/window';
import { openRadiograph } from './open';
import { DICOM_JPEG_FIXTURES } from './testing/jpeg-fixtures';
import { chestAttributes, encodeRle, words, writeDicom, type Attributes } from './testing/write-dicom';
import { DEFLATED, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './transfer-syntax';
import { writeCounterfactual } from './write-counterfactual';

const W = 70;
const H = 66;
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const chest = (fields: Attributes = {}, bitsStored = 12): Attributes =>
  chestAttributes(W, H, bitsStored, { '7fe00010': ['OW', words(values)], ...fields });
const open = (fields: Attributes = {}, bitsStored = 12) =>
  openRadiograph(writeDicom({ attributes: chest(fields, bitsStored) }), 'chest.dcm');
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('DICOM files', () => {
  it.each([
    ['implicit little endian', IMPLICIT_LITTLE],
    ['explicit little endian', EXPLICIT_LITTLE],
    ['deflated', DEFLATED],
    ['explicit big endian', EXPLICIT_BIG],
  ])('opens %s with its values unchanged', async (_, transferSyntax) => {
    const pixelData = words(values, transferSyntax !== EXPLICIT_BIG);
    const r = await openRadiograph(
      writeDicom({ transferSyntax, attributes: chest({ '7fe00010': ['OW', pixelData] }) }),
      'a.dcm',
    );
    expect(countDifferences(r.pixels, values)).toBe(0);
    expect(r).toMatchObject({
      format: 'dicom',
      name: 'a.dcm',
      width: W,
      height: H,
      bitsStored: 12,
      signed: false,
      synthetic: false,
    });
    expect(r).toMatchObject({
      window: { windowCenter: 2048, windowWidth: 4096 },
      viewPosition: 'PA',
      paediatric: false,
      notes: [],
    });
    expect(r.pixelSpacing).toEqual([0.15, 0.15]);
  });

  it.each([
    ['implicit little endian', IMPLICIT_LITTLE],
    ['explicit little endian', EXPLICIT_LITTLE],
    ['explicit big endian', EXPLICIT_BIG],
  ])('opens a bare %s data set, and says that it is one', async (_, transferSyntax) => {
    const pixelData = words(values, transferSyntax !== EXPLICIT_BIG);
    const bytes = writeDicom({ transferSyntax, meta: false, attributes: chest({ '7fe00010': ['OW', pixelData] }) });
    const r = await openRadiograph(bytes, 'bare');
    expect(countDifferences(r.pixels, values)).toBe(0);
    expect(r.notes).toEqual(['The file has no DICOM preamble or meta information.']);
  });

  it('opens a file that has meta information but no preamble', async () => {
    const r = await openRadiograph(writeDicom({ preamble: false, attributes: chest() }), 'x');
    expect(countDifferences(r.pixels, values)).toBe(0);
  });

  it('opens 8-bit pixels, also in big endian words', async () => {
    const grey = Uint8Array.from(values, (value) => value >> 4);
    const swapped = grey.map((_, i) => grey[i ^ 1] as number);
    const little = await open({ '7fe00010': ['OW', grey] }, 8);
    expect(countDifferences(little.pixels, grey)).toBe(0);
    const attributes = chestAttributes(W, H, 8, { '7fe00010': ['OW', swapped] });
    const big = await openRadiograph(writeDicom({ transferSyntax: EXPLICIT_BIG, attributes }), 'big');
    expect(countDifferences(big.pixels, grey)).toBe(0);
  });

  it('opens a 12-bit image of 2,000 pixels a side', async () => {
    const large = Uint16Array.from({ length: 2000 * 2000 }, (_, i) => (i * 7) % 4096);
    const bytes = writeDicom({ attributes: chestAttributes(2000, 2000, 12, { '7fe00010': ['OW', words(large)] }) });
    const r = await openRadiograph(bytes, 'large.dcm');
    expect(countDifferences(r.pixels, large)).toBe(0);
  });

  it('opens RLE, one and two bytes a pixel, in one or several fragments', async () => {
    const high = Uint8Array.from(values, (value) => value >> 8);
    const low = Uint8Array.from(values, (value) => value & 255);
    const rle = encodeRle([high, low]);
    const { '7fe00010': _, ...attributes } = chest();
    for (const fragments of [[rle], [rle.subarray(0, 100), rle.subarray(100)]]) {
      const r = await openRadiograph(
        writeDicom({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments }),
        'rle',
      );
      expect(countDifferences(r.pixels, values)).toBe(0);
    }
    const bytes = writeDicom({
      transferSyntax: '1.2.840.10008.1.2.5',
      attributes: chestAttributes(W, H, 8),
      fragments: [encodeRle([high])],
    });
    expect(countDifferences((await openRadiograph(bytes, 'rle8')).pixels, high)).toBe(0);
  });

  it.each(DICOM_JPEG_FIXTURES)('opens $title', async ({ transferSyntax, bits, file, tolerance }) => {
    const bytes = writeDicom({ transferSyntax, attributes: chestAttributes(64, 64, bits), fragments: [bytesOf(file)] });
    const r = await openRadiograph(bytes, 'jpeg.dcm');
    // The pictured formula: two ramps, in the full range of the bits.
    const expected = Array.from({ length: 4096 }, (_, i) => ((i % 64) + Math.floor(i / 64)) * 2 ** (bits - 7));
    const errors = expected.map((value, i) => Math.abs(value - (r.pixels[i] as number)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  });

  it('keeps a JPEG of 8 bits in a file of 12 as words, so that it can be written again', async () => {
    const eight = DICOM_JPEG_FIXTURES.find(({ bits }) => bits === 8);
    const attributes = chestAttributes(64, 64, 12);
    const bytes = writeDicom({
      transferSyntax: eight?.transferSyntax ?? '',
      attributes,
      fragments: [bytesOf(eight?.file ?? '')],
    });
    const r = await openRadiograph(bytes, 'jpeg.dcm');
    expect([r.bitsStored, r.pixels.BYTES_PER_ELEMENT]).toEqual([12, 2]);
    const again = await openRadiograph(writeCounterfactual(r, { version: '', description: '', recipe: '' }), 'x.dcm');
    expect(countDifferences(again.pixels, r.pixels)).toBe(0);
    expect(again.notes.join()).not.toMatch(/bits/);
  });

  it('keeps nothing that identifies the patient', async () => {
    const r = await open({
      '00100010': ['PN', 'Secret^Name'],
      '00100020': ['LO', 'ID-4711'],
      '00100030': ['DA', '19500101'],
    });
    expect(JSON.stringify({ ...r, pixels: [] })).not.toMatch(/Secret|4711|1950/);
  });
});

describe('stored values', () => {
  it('drops what lies above BitsStored, such as overlays', async () => {
    const dirty = values.map((value, i) => value | ((i % 16) << 12));
    expect(countDifferences((await open({ '7fe00010': ['OW', words(dirty)] })).pixels, values)).toBe(0);
  });

  it('shifts values whose high bit is not BitsStored - 1', async () => {
    const r = await open({ '00280102': ['US', [15]], '7fe00010': ['OW', words(values.map((value) => value << 4))] });
    expect(countDifferences(r.pixels, values)).toBe(0);
  });

  it('extends the sign of two’s complement in fewer than 16 bits', async () => {
    const signed = Int16Array.from(values, (value) => value - 2048);
    const r = await open({
      '00280103': ['US', [1]],
      '00280120': ['SS', [-2048]],
      '7fe00010': ['OW', words(signed.map((value) => value & 4095))],
    });
    expect(countDifferences(r.pixels, signed)).toBe(0);
    expect(r).toMatchObject({ signed: true, pixelPadding: [-2048, -2048] });
  });
});

describe('grey levels', () => {
  it('shows MONOCHROME1 and an inverse LUT shape as negatives', async () => {
    const plain = toPresentation(await open());
    const inverted = [
      await open({ '00280004': ['CS', 'MONOCHROME1'] }),
      await open({ '00280004': ['CS', 'MONOCHROME1'], '20500020': ['CS', 'INVERSE'] }),
      await open({ '20500020': ['CS', 'INVERSE'] }),
    ];
    for (const r of inverted) expect(toPresentation(r)[3]).toBeCloseTo(1 - (plain[3] as number), 6);
    expect(inverted[2]?.notes).toHaveLength(1);
  });

  it('applies rescale and the exact linear function', async () => {
    const r = await open({
      '00281053': ['DS', '2'],
      '00281052': ['DS', '-100'],
      '00281050': ['DS', '900'],
      '00281051': ['DS', '1000'],
      '00281056': ['CS', 'LINEAR_EXACT'],
    });
    const { table } = presentationTable(r);
    expect(table[250]).toBeCloseTo(0, 5);
    expect(table[500]).toBeCloseTo(0.5, 5);
    expect(table[750]).toBeCloseTo(1, 5);
  });

  it('finds a window where the file has none, an ill-formed one or one that shows nothing', async () => {
    const { '00281050': _, '00281051': __, ...without } = chest();
    const none = await openRadiograph(writeDicom({ attributes: without }), 'x');
    expect(none.notes).toEqual([]);
    const [low, high] = rangeOfWindow(none.window);
    expect(low).toBeGreaterThan(10);
    expect(high).toBeLessThan(4086);
    for (const width of ['0', '-5', 'wide'])
      expect((await open({ '00281051': ['DS', width] })).window).toEqual(none.window);
    const off = await open({ '00281050': ['DS', '30000'], '00281051': ['DS', '100'] });
    expect(off.window).toEqual(none.window);
    expect(off.notes).toHaveLength(1);
  });

  it('leaves padding out of the window it computes', async () => {
    const padded = values.map((value, i) => (i < 2000 ? 4095 : value % 1000));
    const fields: Attributes = {
      '00281050': ['DS', ''],
      '00281051': ['DS', ''],
      '00280120': ['US', [4095]],
      '7fe00010': ['OW', words(padded)],
    };
    expect(rangeOfWindow((await open(fields)).window)[1]).toBeLessThan(1000);
  });
});

describe('notes', () => {
  it.each([
    ['raw values', { '00080068': ['CS', 'FOR PROCESSING'] }, /raw/],
    ['an overlay', { '60000010': ['US', [H]], '60000011': ['US', [W]] }, /overlay/],
    ['an ill-formed date', { '00080020': ['DA', '2024.02.30'] }, /study date/],
    ['an impossible date', { '00080020': ['DA', '20240230'] }, /study date/],
    ['another body part', { '00180015': ['CS', 'HAND'] }, /HAND/],
    ['an uncertain modality', { '00080060': ['CS', 'OT'] }, /OT/],
    ['an ill-formed age', { '00101010': ['AS', 'old'] }, /age/],
    ['pixels that are not square', { '00280030': ['DS', '0.2\\0.1'] }, /square/],
    ['an ill-formed spacing', { '00280030': ['DS', '0\\x'] }, /spacing/],
    ['an impossible high bit', { '00280102': ['US', [3]] }, /high bit/],
    ['a rescale slope of 0', { '00281053': ['DS', '0'] }, /rescale/],
  ] as const)('mention %s', async (_, fields: Attributes, expected) => {
    expect((await open(fields)).notes.join()).toMatch(expected);
  });

  it.each([
    ['004Y', true],
    ['017Y', true],
    ['018Y', false],
    ['200M', true],
    ['300M', false],
    ['010D', true],
  ])('read the age %s as under 18: %s', async (age, paediatric) => {
    expect((await open({ '00101010': ['AS', age] })).paediatric).toBe(paediatric);
  });

  it('take the age from the dates where it is not stated', async () => {
    const at = async (birth: string) => (await open({ '00101010': ['AS', ''], '00100030': ['DA', birth] })).paediatric;
    expect([await at('20100301'), await at('19800301'), await at('20300101')]).toEqual([true, false, undefined]);
  });
});

describe('refusals', () => {
  it.each([
    ['CT', { '00080060': ['CS', 'CT'] }, 'not-a-radiograph', /CT/],
    ['a lateral view', { '00185101': ['CS', 'LL'] }, 'lateral-view', /LL/],
    ['RGB', { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] }, 'unsupported-photometric', /RGB/],
    ['a palette without tables', { '00280004': ['CS', 'PALETTE COLOR'] }, 'unsupported-photometric', /PALETTE COLOR/],
    ['1-bit pixels', { '00280100': ['US', [1]], '00280101': ['US', [1]] }, 'unsupported-bits', /1 bits/],
    ['64-bit pixels', { '00280100': ['US', [64]] }, 'unsupported-bits', /64/],
    ['1 x 1 pixel', { '00280010': ['US', [1]], '00280011': ['US', [1]] }, 'image-too-small', /1 × 1/],
    [
      '20,000 x 20,000 pixels',
      { '00280010': ['US', [20000]], '00280011': ['US', [20000]] },
      'image-too-large',
      /20000/,
    ],
    ['too few pixels', { '7fe00010': ['OW', words(values.subarray(0, 100))] }, 'pixel-data-too-short', /200 bytes/],
    ['no pixels', { '7fe00010': ['OW', new Uint8Array(0)] }, 'no-pixel-data', /without an image/],
  ] as const)('of %s name the file and the reason', async (_, fields: Attributes, expected, reason) => {
    const error: unknown = await open(fields).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CounterpartError)) throw error;
    expect(error.code).toBe(expected);
    expect(error.message).toContain('chest.dcm');
    expect(error.message).toMatch(reason);
    expect(error.advice).toMatch(/\w+ \w+/);
  });

  it('name a transfer syntax that cannot be read', async () => {
    const { '7fe00010': _, ...attributes } = chest();
    const bytes = writeDicom({
      transferSyntax: '1.2.840.10008.1.2.4.110',
      attributes,
      fragments: [new Uint8Array(20)],
    });
    await expect(openRadiograph(bytes, 'jxl.dcm')).rejects.toThrow(/JPEG XL Lossless \(1\.2\.840[.\d]*\.110\)/);
    const unknown = writeDicom({ transferSyntax: '1.2.3', attributes: chest() });
    await expect(openRadiograph(unknown, 'odd.dcm')).rejects.toThrow(code('unsupported-transfer-syntax'));
  });

  it('tell a report from an image', async () => {
    const { '7fe00010': _, ...attributes } = chest({ '00080060': ['CS', 'SR'] });
    await expect(openRadiograph(writeDicom({ attributes }), 'report.dcm')).rejects.toThrow(code('no-pixel-data'));
  });

  it('say that a file is empty or no image', async () => {
    await expect(openRadiograph(new Uint8Array(0), 'nothing.dcm')).rejects.toThrow(code('empty-file'));
    await expect(openRadiograph(new TextEncoder().encode('hello, this is a letter'), 'letter.dcm')).rejects.toThrow(
      code('not-an-image'),
    );
    await expect(openRadiograph(Uint8Array.of(7), 'byte.png')).rejects.toThrow(code('not-an-image'));
  });

  it('say that a file was cut in its pixels, in every encoding', async () => {
    const rle = encodeRle([
      Uint8Array.from(values, (value) => value >> 8),
      Uint8Array.from(values, (value) => value & 255),
    ]);
    const { '7fe00010': _, ...attributes } = chest();
    const files = [
      ...[IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED].map((transferSyntax) =>
        writeDicom({ transferSyntax, attributes: chest() }),
      ),
      writeDicom({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments: [rle] }),
    ];
    for (const bytes of files) {
      await expect(openRadiograph(bytes.subarray(0, bytes.length * 0.7), 'cut.dcm')).rejects.toThrow(
        code('truncated-dicom'),
      );
    }
  });
});

describe('what a file contains', () => {
  it('decides, not what it is called', async () => {
    const png = encode({ width: 64, height: 64, data: new Uint8Array(4096), channels: 1, depth: 8 });
    expect((await openRadiograph(png, 'really.dcm')).format).toBe('png');
    expect((await openRadiograph(writeDicom({ attributes: chest() }), 'really.jpg')).format).toBe('dicom');
  });

  it('ends in a radiograph or a named error, whatever was changed or cut', async () => {
    const { '7fe00010': _, ...attributes } = chestAttributes(64, 64, 12);
    const small = Uint16Array.from({ length: 4096 }, (__, i) => i);
    const rle = encodeRle([Uint8Array.from(small, (v) => v >> 8), Uint8Array.from(small, (v) => v & 255)]);
    const files = [
      ...[IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED].map((transferSyntax) =>
        writeDicom({ transferSyntax, attributes: { ...attributes, '7fe00010': ['OW', words(small)] } }),
      ),
      writeDicom({
        transferSyntax: IMPLICIT_LITTLE,
        meta: false,
        attributes: { ...attributes, '7fe00010': ['OW', words(small)] },
      }),
      writeDicom({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments: [rle] }),
      ...DICOM_JPEG_FIXTURES.map(({ transferSyntax, bits, file }) =>
        writeDicom({ transferSyntax, attributes: chestAttributes(64, 64, bits), fragments: [bytesOf(file)] }),
      ),
      encode({ width: 64, height: 64, data: small, channels: 1, depth: 16 }),
    ];
    // Most changes go to the header, where they matter.
    const change = fc.tuple(fc.oneof(fc.nat(700), fc.nat()), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 5 }),
        fc.option(fc.nat()),
        async (bytes, changes, cut) => {
          const damaged = bytes.slice(0, cut === null ? bytes.length : cut % bytes.length);
          for (const [at, value] of changes) if (damaged.length > 0) damaged[at % damaged.length] = value;
          try {
            const r = await openRadiograph(damaged, 'damaged');
            expect(r.pixels.length).toBe(r.width * r.height);
            expect(toPresentation(r).every((grey) => grey >= 0 && grey <= 1)).toBe(true);
          } catch (error) {
            if (!(error instanceof CounterpartError)) throw error;
            expect(error.message).toContain('damaged');
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});

const sample = join(process.env['COUNTERPART_DATA'] ?? '../shared/data', 'dicom/CR-MONO1-10-chest.dcm');

describe.skipIf(!existsSync(sample))('a real CR of 1995 (skipped where the shared data is absent)', () => {
  it('opens without preamble, in MONOCHROME1 with 10 bits, with notes on its dates', async () => {
    const r = await openRadiograph(new Uint8Array(readFileSync(sample)), 'CR-MONO1-10-chest.dcm');
    expect(r).toMatchObject({
      width: 440,
      height: 440,
      bitsStored: 10,
      photometricInterpretation: 'MONOCHROME1',
      viewPosition: 'PA',
    });
    expect(r.notes.join(' ')).toMatch(/no DICOM preamble.*Ill-formed/);
    // Air beside the patient is dark, the mediastinum bright.
    const grey = toPresentation(r);
    expect(grey[220 * 440 + 220]).toBeGreaterThan(0.5);
  });
});
