import { parseDicom } from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { written } from '../../imaging/testing/writing';
import { chestAttributes, words, writeDicom, type Attributes } from '../testing/write-dicom';
import { deidentify, type DeidentifyOptions } from './deidentify';
import { Pseudonyms } from './pseudonyms';

const MOVED: DeidentifyOptions = { dates: 'moved', keepCharacteristics: false };
const IDENTITY: Attributes = { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'] };
const pseudonyms = () => Pseudonyms.of(new Uint8Array(32).fill(7));

describe('writing in the pixels of what is handed on', () => {
  it.each([
    ['says nothing of it', undefined, undefined, 'text seems to be burned into the pixels ('],
    ['says that none is', 'NO', undefined, 'although the file says that none is'],
    ['says that some is', 'YES', 'YES', 'text seems to be burned into the pixels ('],
  ])('names where text is found, in a file that %s', async (_, claim, left, warning) => {
    const size = 128;
    const pixels = new Uint16Array(size * size).fill(900);
    const box = written(pixels, size, 'LEONARD', { x: 20, y: 30 }, { grey: 4000 });
    const attributes = {
      ...IDENTITY,
      ...chestAttributes(size, size, 12, { '7FE00010': ['OW', words(pixels)] }),
      ...(claim !== undefined && { '00280301': ['CS', claim] as const }),
    };
    const made = await deidentify(writeDicom({ attributes }), 'film.dcm', await pseudonyms(), MOVED);
    expect(made.warnings).toHaveLength(1);
    expect(made.warnings[0]).toContain(warning);
    const [found, ...others] = made.text ?? [];
    expect(others).toEqual([]);
    expect(found?.x).toBeLessThanOrEqual(box.x);
    expect((found?.x ?? 0) + (found?.width ?? 0)).toBeGreaterThanOrEqual(box.x + box.width);
    const read = parseDicom(made.bytes);
    expect(read.string('x00280301')).toBe(left);
    expect(read.string('x00120063')).toContain('Pixels searched for text');
    const covered = { ...MOVED, boxes: made.text, allCovered: true };
    const again = await deidentify(writeDicom({ attributes }), 'film.dcm', await pseudonyms(), covered);
    expect(again).toMatchObject({ warnings: [], text: [] });
    const elsewhere = { ...covered, boxes: [{ x: 0, y: 0, width: 9, height: 9 }] };
    const missed = await deidentify(writeDicom({ attributes }), 'film.dcm', await pseudonyms(), elsewhere);
    expect(missed.warnings[0]).toContain('text still seems to be burned');
  });

  it.each([
    ['says nothing of it', undefined, undefined, 'the file does not say'],
    ['says that none is', 'NO', undefined, 'the file says that no text is burned into the pixels'],
    ['says that some is', 'YES', 'YES', 'text is burned into the pixels, as the file says'],
  ])('is not found where pixels cannot be read, in a file that %s', async (_, claim, left, warning) => {
    const { '7fe00010': _pixels, ...chest } = chestAttributes(64, 64);
    const attributes = {
      ...IDENTITY,
      ...chest,
      ...(claim !== undefined && { '00280301': ['CS', claim] as const }),
    };
    const file = writeDicom({ transferSyntax: '1.2.840.10008.1.2.4.90', attributes, fragments: [Uint8Array.of(1, 2)] });
    const made = await deidentify(file, 'film.dcm', await pseudonyms(), MOVED);
    expect(made.text).toBeUndefined();
    expect(made.warnings).toHaveLength(1);
    expect(made.warnings[0]).toContain(warning);
    expect(made.warnings[0]).toContain('could not be searched');
    const read = parseDicom(made.bytes);
    expect(read.string('x00120063')).toContain('Pixels not searched for text');
    expect(read.string('x00280301')).toBe(left);
    expect(made.done.some(({ tag }) => tag === '00280301')).toBe(claim === 'NO');
    const looked = await deidentify(file, 'film.dcm', await pseudonyms(), { ...MOVED, allCovered: true });
    expect(parseDicom(looked.bytes).string('x00280301')).toBe(claim);
  });
});
