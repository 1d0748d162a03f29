import { describe, expect, it } from 'vitest';

import { toPresentation } from '../imaging/presentation';
import { openRadiograph } from './open';
import { chestAttributes, words, writeDicom, type Attributes } from './testing/write-dicom';

const W = 70;
const H = 66;
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const open = (fields: Attributes = {}) =>
  openRadiograph(
    writeDicom({ attributes: chestAttributes(W, H, 12, { '7fe00010': ['OW', words(values)], ...fields }) }),
    'chest.dcm',
  );

describe('falling grey tables', () => {
  const falling = (first: number): Attributes => ({
    '00283002': ['US', [4096, first, 12]],
    '00283006': ['US', Array.from({ length: 4096 }, (_, i) => 4095 - i)],
  });
  const noWindow: Attributes = { '00281050': ['DS', ''], '00281051': ['DS', ''] };
  const negative = async (fields: Attributes) => {
    const plain = toPresentation(await open());
    const shown = toPresentation(await open(fields));
    return Math.max(...shown.map((grey, i) => Math.abs(grey - (1 - (plain[i] as number)))));
  };

  it('of the modality show the negative', async () => {
    const fields: Attributes = { '00283000': ['SQ', [falling(0)]] };
    expect(await negative(fields)).toBeLessThan(0.001);
    expect((await open(fields)).notes.join()).toMatch(/inverted/);
    expect(await negative({ ...fields, '00280004': ['CS', 'MONOCHROME1'] })).toBeGreaterThan(0.9);
  });

  it('of the modality show it also where no window is stated', async () => {
    const r = await open({ ...noWindow, '00283000': ['SQ', [falling(0)]] });
    const [darkest, brightest] = [Math.max(...values), Math.min(...values)].map((value) => values.indexOf(value));
    const grey = toPresentation(r);
    expect([grey[darkest as number], grey[brightest as number]]).toEqual([0, 1]);
  });

  it('of the VOI show the negative, and after a falling modality table the picture itself', async () => {
    const voi: Attributes = { ...noWindow, '00283010': ['SQ', [falling(0)]] };
    expect(await negative(voi)).toBeLessThan(0.001);
    expect(await negative({ ...voi, '00283000': ['SQ', [falling(0)]] })).toBeGreaterThan(0.9);
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
