import { parseDicom, type DataSet } from 'dicom-parser';
import { describe, expect, it } from 'vitest';

import { encodePng } from '../imaging/png';
import { toPresentation } from '../imaging/presentation';
import type { Radiograph } from '../imaging/radiograph';
import { openRadiograph } from './open';
import { chestAttributes, words, writeDicom, type Attributes } from './testing/write-dicom';
import { writeCounterfactual } from './write-counterfactual';

const W = 70;
const H = 66;
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const open = (fields: Attributes = {}) =>
  openRadiograph(
    writeDicom({ attributes: chestAttributes(W, H, 12, { '7fe00010': ['OW', words(values)], ...fields }) }),
    'chest.dcm',
  );

/** A table of 4096 entries from `first` on. */
const table = (bits: number, entry: (index: number) => number, first = 0): Attributes => ({
  '00283002': ['US', [4096, first, bits]],
  '00283006': ['US', Array.from({ length: 4096 }, (_, i) => entry(i))],
});
const noWindow: Attributes = { '00281050': ['DS', ''], '00281051': ['DS', ''] };
const log = (value: number): number => Math.round((4095 * Math.log1p(value)) / Math.log(4096));
const modality = (entry: (index: number) => number): Attributes => ({ '00283000': ['SQ', [table(12, entry)]] });
const voi = (entry: (index: number) => number, first = 0): Attributes => ({
  ...noWindow,
  '00283010': ['SQ', [table(12, entry, first)]],
});
/** Greatest difference of what is shown from what PS3.3 C.11 asks for. */
const off = (r: Radiograph, expected: (stored: number) => number): number =>
  Math.max(...toPresentation(r).map((grey, i) => Math.abs(grey - expected(values[i] as number))));
const linear = (value: number): number => value / 4095;
const sigmoid = (value: number): number => 1 / (1 + Math.exp((-4 * (value - 2000)) / 900));
const SIGMOID: Attributes = {
  '00281050': ['DS', '2000'],
  '00281051': ['DS', '900'],
  '00281056': ['CS', 'SIGMOID'],
};

const CURVES: readonly (readonly [title: string, fields: Attributes, shown: (stored: number) => number])[] = [
  ['a modality table before the window', modality(log), (value) => linear(log(value))],
  ['a modality table that falls', modality((i) => 4095 - i), (value) => 1 - linear(value)],
  [
    'a modality table of MONOCHROME1',
    { ...modality(log), '00280004': ['CS', 'MONOCHROME1'] },
    (value) => 1 - linear(log(value)),
  ],
  ['a VOI table', voi(log), (value) => linear(log(value))],
  ['a VOI table that falls', voi((i) => 4095 - log(i)), (value) => 1 - linear(log(value))],
  [
    'a VOI table of MONOCHROME1, its input raised',
    { ...voi(log, 100), '00280004': ['CS', 'MONOCHROME1'] },
    (value) => 1 - linear(log(Math.max(0, value - 100))),
  ],
  ['two tables that fall', { ...modality((i) => 4095 - i), ...voi((i) => 4095 - i) }, (value) => linear(value)],
  ['a sigmoid', SIGMOID, sigmoid],
  ['a sigmoid of MONOCHROME1', { ...SIGMOID, '00280004': ['CS', 'MONOCHROME1'] }, (value) => 1 - sigmoid(value)],
];

describe('tables and sigmoids', () => {
  it.each(CURVES)('%s: shown exactly, and still so in what is written', async (_, fields, shown) => {
    const r = await open(fields);
    expect(off(r, shown)).toBeLessThan(1e-6);
    expect(r.notes).toEqual([]);
    const options = { version: '1', description: '', recipe: '{}' };
    // A VOI table of 12 bits is written with 16: an image of this class may have 8 or 16.
    expect(off(await openRadiograph(writeCounterfactual(r, options), 'written.dcm'), shown)).toBeLessThan(1e-5);
    expect(off(await openRadiograph(encodePng(r, {}), 'written.png'), shown)).toBeLessThan(1e-6);
  });

  it('are written as they came, a table beside a window too', async () => {
    const written = async (fields: Attributes): Promise<DataSet> =>
      parseDicom(writeCounterfactual(await open(fields), { version: '1', description: '', recipe: '{}' }));
    const sigmoidal = await written(SIGMOID);
    expect(['x00281050', 'x00281051', 'x00281056'].map((tag) => sigmoidal.string(tag))).toEqual([
      '2000',
      '900',
      'SIGMOID',
    ]);
    const { '00281050': _, '00281051': __, ...beside } = voi((i) => 4095 - log(i), 7);
    const both = await written({ ...beside, ...modality(log) });
    expect(both.string('x00281050')).toBe('2048');
    const [modalityItem, voiItem] = ['x00283000', 'x00283010'].map((tag) => both.elements[tag]?.items?.[0]?.dataSet);
    expect([0, 1, 2].map((at) => voiItem?.uint16('x00283002', at))).toEqual([4096, 7, 16]);
    expect(voiItem?.uint16('x00283006', 900)).toBe(Math.round(((4095 - log(900)) * 65535) / 4095));
    expect(modalityItem?.uint16('x00283006', 900)).toBe(log(900));
    expect(both.elements['x00281053']).toBeUndefined();
  });

  it('find a window behind a table where none is stated', async () => {
    const r = await open({ ...modality((i) => 4095 - i), ...noWindow });
    const [darkest, brightest] = [Math.max(...values), Math.min(...values)].map((value) => values.indexOf(value));
    const grey = toPresentation(r);
    expect([grey[darkest as number], grey[brightest as number]]).toEqual([0, 1]);
  });

  it('are left out with a note where they are constant or cut off', async () => {
    const flat = await open(modality(() => 7));
    expect(off(flat, linear)).toBeLessThan(1e-6);
    expect(flat.notes.join()).toMatch(/modality table is ill-formed/);
    const short: Attributes = { '00283002': ['US', [4096, 0, 12]], '00283006': ['US', [1, 2, 3]] };
    expect((await open({ ...noWindow, '00283010': ['SQ', [short]] })).notes.join()).toMatch(/VOI table cannot be used/);
  });

  it('hold 65536 entries, and inputs below zero', async () => {
    const wide = new Uint8Array(2 * 65536);
    new Uint16Array(wide.buffer).forEach((_, i, all) => (all[i] = i));
    const item: Attributes = { '00283002': ['US', [0, 0x8000, 16]], '00283006': ['OW', wide] };
    const r = await open({
      ...noWindow,
      '00280103': ['US', [1]],
      '00283010': ['SQ', [item]],
    });
    const expected = (value: number): number => ((value > 2047 ? value - 4096 : value) + 32768) / 65535;
    expect(off(r, expected)).toBeLessThan(1e-6);
    const bytes = writeCounterfactual(r, { version: '1', description: '', recipe: '{}' });
    expect(off(await openRadiograph(bytes, 'written.dcm'), expected)).toBeLessThan(1e-6);
  });
});

describe('values no detector has', () => {
  it.each([
    { '00281053': ['DS', '-1e308'] },
    { '00281052': ['DS', '1e308'] },
    { '00281053': ['DS', '1e-308'] },
    { '00281050': ['DS', '1e308'] },
    { '00281051': ['DS', '1e308'] },
  ] satisfies Attributes[])('are left out with a note: %o', async (fields: Attributes) => {
    const r = await open(fields);
    expect(r.notes).toHaveLength(1);
    const grey = toPresentation(r);
    expect(grey.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Math.max(...grey) - Math.min(...grey)).toBeGreaterThan(0.9);
  });

  it('a window narrower than its function allows is read as an exact one', async () => {
    const r = await open({
      '00281053': ['DS', '0.0001'],
      '00281050': ['DS', '0.2048'],
      '00281051': ['DS', '0.4096'],
    });
    const plain = toPresentation(await open());
    expect(toPresentation(r)[5]).toBeCloseTo(plain[5] as number, 3);
    expect(r.notes.join()).toMatch(/narrower/);
  });
});
