import { describe, expect, it } from 'vitest';
import { openRadiograph } from './open';
import { chestAttributes, words, writeDicom, type Attributes } from './testing/write-dicom';

const indices = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * 7) % 256);
const KEYS = ['01', '02', '03'] as const;

/** Entries by channel (0: red) and index; `bits` of 8 or 16. */
function palette(bits: 8 | 16, entry: (channel: number, index: number) => number, first = 0): Attributes {
  return Object.fromEntries(
    KEYS.flatMap((key, channel) => [
      [`002811${key}`, ['US', [256, first, bits]]],
      [`002812${key}`, ['OW', words(Array.from({ length: 256 }, (_, index) => entry(channel, index)))]],
    ]),
  ) as Attributes;
}

const open = (fields: Attributes) =>
  openRadiograph(
    writeDicom({
      attributes: {
        ...chestAttributes(64, 64, 8),
        '00280004': ['CS', 'PALETTE COLOR'],
        '7FE00010': ['OW', indices],
        ...fields,
      },
    }),
    'palette.dcm',
  );

describe('a palette', () => {
  it('whose tables hold grey is read as what they say, of 8 or 16 bits', async () => {
    const eight = await open(palette(8, (_, index) => 255 - index));
    expect([eight.bitsStored, eight.photometricInterpretation]).toEqual([8, 'MONOCHROME2']);
    expect([...eight.pixels]).toEqual([...indices].map((index) => 255 - index));
    const sixteen = await open(palette(16, (_, index) => index * 257));
    expect(sixteen.bitsStored).toBe(16);
    expect([...sixteen.pixels]).toEqual([...indices].map((index) => index * 257));
  });

  it('is shown under no window and no rescale, which do not apply to it', async () => {
    const read = await open({ ...palette(8, (_, index) => index), '00281050': ['DS', '20'], '00281051': ['DS', '3'] });
    expect(read.window).toEqual({ windowCenter: 128, windowWidth: 256 });
  });

  it('has the entry of its end for what lies beyond it', async () => {
    const read = await open(palette(8, (_, index) => index, 100));
    expect([...read.pixels]).toEqual([...indices].map((index) => Math.max(0, index - 100)));
  });

  it('of colours is refused by name', async () => {
    await expect(open(palette(8, (channel, index) => (channel === 0 ? index : 0)))).rejects.toMatchObject({
      code: 'colour-image',
    });
  });
});
