import { describe, expect, it } from 'vitest';
import { toPresentation } from '../../imaging/presentation';
import { joinedBytes } from '../../imaging/bytes';
import { parseDataSet } from '../data-set';
import { openRadiograph } from '../open';
import { DICOM_JPEG_FIXTURES } from '../testing/jpeg-fixtures';
import { chestAttributes, encodeRle, words, writeDicom, type Attributes, type DicomFile } from '../testing/write-dicom';
import { deidentify, type DeidentifyOptions } from './deidentify';
import { Pseudonyms } from './pseudonyms';

const [W, H] = [70, 66];
const values = Uint16Array.from({ length: W * H }, (_, i) => 1000 + ((i * 37) % 2000));
const BOX = { x: 60, y: 2, width: 20, height: 3 };
const inBox = (i: number): boolean => i % W >= 60 && i / W >= 2 && i / W < 5;
const IDENTITY: Attributes = { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7'] };

async function cleaned(file: DicomFile, more: Partial<DeidentifyOptions> = {}) {
  const pseudonyms = await Pseudonyms.of(new Uint8Array(32).fill(7));
  const options = { dates: 'moved', keepCharacteristics: false, boxes: [BOX], ...more } as const;
  const bytes = writeDicom({ ...file, attributes: { ...IDENTITY, ...file.attributes } });
  return deidentify(bytes, 'chest.dcm', pseudonyms, options);
}

const mono = (fields: Attributes = {}): DicomFile => ({
  attributes: chestAttributes(W, H, 12, { '7fe00010': ['OW', words(values)], ...fields }),
});

describe('boxes over burned-in text', () => {
  it.each([
    ['MONOCHROME2', {}, 0],
    ['MONOCHROME1', { '00280004': ['CS', 'MONOCHROME1'] }, 4095],
    ['shown inverted', { '00281053': ['DS', '-1'], '00281052': ['DS', '4095'] }, 4095],
    ['signed', { '00280103': ['US', [1]], '00281052': ['DS', '2048'] }, -2048],
    ['beside overlay bits', { '00280102': ['US', [15]], '7fe00010': ['OW', words(values.map((v) => v << 4))] }, 0],
  ] satisfies [string, Attributes, number][])('are black and all else is as it was: %s', async (_, fields, black) => {
    const before = await openRadiograph(writeDicom(mono(fields)), 'chest.dcm');
    const { bytes } = await cleaned(mono(fields));
    const after = await openRadiograph(bytes, 'chest.dcm');
    const expected = Array.from(before.pixels, (value, i) => (inBox(i) ? black : value));
    expect(Array.from(after.pixels)).toEqual(expected);
    const grey = toPresentation({ ...after, window: before.window });
    expect(grey.filter((value, i) => inBox(i) && value > 0)).toHaveLength(0);
  });

  it('are in every frame', async () => {
    const pixels = joinedBytes([words(values), words(values)]);
    const { bytes } = await cleaned(mono({ '00280008': ['IS', '2'], '7fe00010': ['OW', pixels] }));
    for (const frame of [1, 2]) {
      const { pixels: kept } = await openRadiograph(bytes, 'chest.dcm', frame);
      expect(Array.from(kept)).toEqual(Array.from(values, (value, i) => (inBox(i) ? 0 : value)));
    }
  });

  it.each([
    ['one', {}, 'its one frame'],
    ['two', { '00280008': ['IS', '2'] }, 'its 2 frames'],
  ] satisfies [string, Attributes, string][])(
    'are in pictures beyond those that are stated: %s of three and a half',
    async (_, stated, said) => {
      const half = values.subarray(0, values.length / 2);
      const all = joinedBytes([words(values), words(values), words(values), words(half)]);
      const { bytes, warnings } = await cleaned(mono({ ...stated, '7fe00010': ['OW', all] }), { allCovered: true });
      const kept = parseDataSet(bytes, '')?.dataSet.encoded('x7fe00010') ?? new Uint8Array();
      const black = words(values.map((value, i) => (inBox(i) ? 0 : value)));
      const expected = joinedBytes([black, black, black, black.subarray(0, 2 * half.length)]);
      expect(Buffer.from(kept).equals(Buffer.from(expected))).toBe(true);
      expect(warnings.join()).toContain(`holds more than ${said}`);
    },
  );

  it('leave it said how many frames there are, where fewer are held than stated', async () => {
    const { bytes, warnings } = await cleaned(mono({ '00280008': ['IS', '9'] }), { allCovered: true });
    expect(parseDataSet(bytes, '')?.dataSet.decimals('x00280008')).toEqual([1]);
    expect(warnings).toEqual([]);
  });

  const rle = (of: Uint16Array): Uint8Array =>
    encodeRle([Uint8Array.from(of, (v) => v >> 8), Uint8Array.from(of, (v) => v & 255)]);
  const compressed = (stated: string, frames: number): DicomFile => ({
    transferSyntax: '1.2.840.10008.1.2.5',
    attributes: chestAttributes(W, H, 12, { '00280008': ['IS', stated] }),
    fragments: Array.from({ length: frames }, (_, frame) => rle(values.map((value) => value + frame))),
  });

  it('are in every frame of what was compressed, and their number is what is held', async () => {
    for (const stated of ['2', '5']) {
      const { bytes } = await cleaned(compressed(stated, 2));
      expect(parseDataSet(bytes, '')?.dataSet.decimals('x00280008')).toEqual([2]);
      for (const frame of [1, 2]) {
        const { pixels } = await openRadiograph(bytes, 'chest.dcm', frame);
        expect(Array.from(pixels)).toEqual(Array.from(values, (value, i) => (inBox(i) ? 0 : value + frame - 1)));
      }
    }
  });

  it.each(['1', '2'])('are refused where compressed pictures are more than stated: three, not %s', async (stated) => {
    await expect(cleaned(compressed(stated, 3))).rejects.toMatchObject({ code: 'not-deidentified' });
  });

  it('are refused where the pixels end before the picture does, in colours too', async () => {
    const colours: Attributes = {
      '00280002': ['US', [3]],
      '00280004': ['CS', 'RGB'],
      '7fe00010': ['OB', new Uint8Array(W * H * 3 - 2)],
    };
    const short = { attributes: chestAttributes(W, H, 8, colours) };
    await expect(cleaned(short)).rejects.toMatchObject({ code: 'not-deidentified' });
    await expect(cleaned(mono({ '7fe00010': ['OW', new Uint8Array(W * H)] }))).rejects.toMatchObject({
      code: 'not-deidentified',
    });
  });

  it('are in what was compressed, which is written without compression', async () => {
    const { bytes } = await cleaned(compressed('1', 1));
    const { pixels } = await openRadiograph(bytes, 'chest.dcm');
    expect(Array.from(pixels)).toEqual(Array.from(values, (value, i) => (inBox(i) ? 0 : value)));
    expect(parseDataSet(bytes, '')?.dataSet.transferSyntax).toBe('1.2.840.10008.1.2.1');
  });

  it('leave it said that something was lost before', async () => {
    const eight = DICOM_JPEG_FIXTURES.find(({ transferSyntax }) => transferSyntax.endsWith('.50'));
    const fragments = [Uint8Array.from(atob(eight?.file ?? ''), (c) => c.charCodeAt(0))];
    const jpeg = (fields: Attributes = {}): DicomFile => ({
      transferSyntax: '1.2.840.10008.1.2.4.50',
      attributes: chestAttributes(64, 64, 8, fields),
      fragments,
    });
    const file = jpeg();
    const before = await openRadiograph(writeDicom({ ...file, attributes: { ...IDENTITY, ...file.attributes } }), 'j');
    const { bytes } = await cleaned(file, { boxes: [{ x: 0, y: 0, width: 64, height: 1 }] });
    const after = await openRadiograph(bytes, 'j');
    expect(Array.from(after.pixels)).toEqual(Array.from(before.pixels, (value, i) => (i < 64 ? 0 : value)));
    expect(after.lossy).toEqual(before.lossy);
    expect([after.lossy?.methods, after.lossy?.ratios.length]).toEqual([['ISO_10918_1'], 1]);
    // Lost once before, by another method: both stand, in their order.
    const stated: Attributes = {
      '00282110': ['CS', '01'],
      '00282112': ['DS', '12.5'],
      '00282114': ['CS', 'ISO_15444_1'],
    };
    const twice = await cleaned(jpeg(stated), { boxes: [{ x: 0, y: 0, width: 64, height: 1 }] });
    expect((await openRadiograph(twice.bytes, 'j')).lossy).toEqual({
      methods: ['ISO_15444_1', 'ISO_10918_1'],
      ratios: [12.5, ...(before.lossy?.ratios ?? [])],
    });
  });

  it('are black in colours, pixel by pixel or plane by plane', async () => {
    const plane = Uint8Array.from(values, (value) => value >> 4);
    const rgb = Uint8Array.from({ length: 3 * plane.length }, (_, i) => plane[Math.floor(i / 3)] as number);
    for (const [planar, pixels] of [
      [0, rgb],
      [1, joinedBytes([plane, plane, plane])],
    ] as const) {
      const fields: Attributes = {
        '00280002': ['US', [3]],
        '00280004': ['CS', 'RGB'],
        '00280006': ['US', [planar]],
        '7fe00010': ['OW', pixels],
      };
      const { bytes } = await cleaned({ attributes: chestAttributes(W, H, 8, fields) });
      const { pixels: kept } = await openRadiograph(bytes, 'chest.dcm');
      expect(Array.from(kept)).toEqual(Array.from(plane, (value, i) => (inBox(i) ? 0 : value)));
    }
  });

  it('are stated; that nothing is burned in any more only where somebody says that all is covered', async () => {
    const some = await cleaned(mono());
    const all = await cleaned(mono({ '00280301': ['CS', 'YES'] }), { allCovered: true });
    const said = ({ bytes }: typeof some) => {
      const dataSet = parseDataSet(bytes, '')?.dataSet;
      return {
        burnedIn: dataSet?.text('x00280301'),
        method: dataSet?.texts('x00120063').at(-1),
        codes: dataSet?.items('x00120064').map((item) => item.text('x00080100')),
      };
    };
    const method = 'Boxes set to black: 1';
    expect(said(some)).toEqual({ burnedIn: undefined, method, codes: ['113100', '113107'] });
    expect(said(all)).toEqual({ burnedIn: 'NO', method, codes: ['113100', '113101', '113107'] });
    expect(some.warnings.join()).toMatch(/nobody said that they cover all/);
    expect(all.warnings).toEqual([]);
    expect(some.done).toContainEqual({ tag: '7FE00010', what: '1 box set to black' });
  });

  it.each([
    ['NO', undefined],
    ['YES', 'YES'],
  ])('leave no claim of the source that nothing is burned in: %s', async (claim, left) => {
    const { bytes, done } = await cleaned(mono({ '00280301': ['CS', claim] }));
    expect(parseDataSet(bytes, '')?.dataSet.text('x00280301')).toBe(left);
    expect(done.some(({ tag }) => tag === '00280301')).toBe(left === undefined);
  });

  it('beyond the picture are an error, since something else was meant', async () => {
    await expect(cleaned(mono(), { boxes: [{ ...BOX, x: 70 }] })).rejects.toThrow(/beyond its 70 × 66 pixels/);
  });
});
