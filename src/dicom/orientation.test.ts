import { describe, expect, it } from 'vitest';

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
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('the patient’s orientation', () => {
  const at = (pixels: ArrayLike<number>, width: number, x: number, y: number) => pixels[y * width + x];

  it.each([
    ['L\\F', (x: number, y: number) => [x, y]],
    ['R\\F', (x: number, y: number) => [W - 1 - x, y]],
    ['L\\H', (x: number, y: number) => [x, H - 1 - y]],
    ['R\\H', (x: number, y: number) => [W - 1 - x, H - 1 - y]],
    ['F\\L', (x: number, y: number) => [y, x]],
    ['H\\R', (x: number, y: number) => [W - 1 - y, H - 1 - x]],
    ['F\\R', (x: number, y: number) => [y, H - 1 - x]],
    ['H\\L', (x: number, y: number) => [W - 1 - y, x]],
  ] as const)('%s is turned until the patient’s left is at the right and the feet below', async (stated, stands) => {
    const r = await open({ '00200020': ['CS', stated], '00280030': ['DS', '0.2\\0.1'] });
    const turned = stated !== 'L\\F';
    const side = /^[HF]/.test(stated);
    expect([r.width, r.height]).toEqual(side ? [H, W] : [W, H]);
    expect(r.pixelSpacing).toEqual(side ? [0.1, 0.2] : [0.2, 0.1]);
    for (const [x, y] of [
      [0, 0],
      [3, 1],
      [10, 40],
      [61, 5],
    ] as const) {
      const [u, v] = stands(x, y) as [number, number];
      expect(at(r.pixels, r.width, x, y)).toBe(at(values, W, u, v));
    }
    expect(/turned upright/.test(r.notes.join())).toBe(turned);
  });

  it('keeps a turned picture from passing for the instance as stored, whose masks would lie mirrored on it', async () => {
    const named: Attributes = {
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1'],
      '0020000d': ['UI', '1.2.3'],
      '0020000e': ['UI', '1.2.4'],
    };
    expect((await open({ ...named, '00200020': ['CS', 'L\\F'] })).dicomReference).toBeDefined();
    expect((await open({ ...named, '00200020': ['CS', 'R\\F'] })).dicomReference).toBeUndefined();
  });

  it('that no frontal view has is told, and refused where nothing says that the view is frontal', async () => {
    const lateral: Attributes = { '00200020': ['CS', 'A\\F'] };
    expect((await open(lateral)).notes.join()).toMatch(/A\\F.*check the sides/);
    await expect(open({ ...lateral, '00185101': ['CS', ''] })).rejects.toThrow(code('lateral-view'));
  });
});

describe('coded views', () => {
  const coded = (meaning: string): Attributes => ({
    '00185101': ['CS', ''],
    '00540220': ['SQ', [{ '00080100': ['SH', '1'], '00080104': ['LO', meaning] }]],
  });

  it('that are lateral are refused; a decubitus film is a frontal one', async () => {
    await expect(open(coded('left lateral'))).rejects.toThrow(code('lateral-view'));
    await expect(open(coded('postero-anterior'))).resolves.toMatchObject({ width: W });
    await expect(open(coded('AP left lateral decubitus'))).resolves.toMatchObject({ width: W });
    const contradicted = await open({ ...coded('left lateral'), '00185101': ['CS', 'PA'] });
    expect(contradicted.notes.join()).toMatch(/coded as lateral/);
  });
});
