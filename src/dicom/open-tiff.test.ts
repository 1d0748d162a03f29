import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRadiograph } from './open';
import { CounterpartError } from '../errors';
import { TIFF_FIXTURES, TIFF_HEIGHT, TIFF_WIDTH } from '../imaging/tiff/testing/fixtures';

const eight = (x: number, y: number): number => (3 * x + 2 * y) & 255;
const sixteen = (x: number, y: number): number => (700 * x + 131 * y) & 65535;

function pictured(width: number, height: number, value: (x: number, y: number) => number): readonly number[] {
  return Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
}

type Tags = Readonly<Record<number, number | readonly number[]>>;

/** A TIFF of our own making: tags as LONG, the parts of the picture behind them. */
function tiff(tags: Tags, parts: readonly Uint8Array[], littleEndian = true, next = 0): Uint8Array {
  const entries = Object.entries({ ...tags, 273: parts.map(() => 0), 279: parts.map(({ length }) => length) })
    .map(([tag, value]) => [Number(tag), typeof value === 'number' ? [value] : value] as const)
    .sort(([a], [b]) => a - b);
  const lists = entries.map(([, values]) => (values.length > 1 ? 4 * values.length : 0));
  const head = 14 + 12 * entries.length;
  const pixels = head + lists.reduce((sum, bytes) => sum + bytes, 0);
  const bytes = new Uint8Array(pixels + parts.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(littleEndian ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, entries.length, littleEndian);
  view.setUint32(10 + 12 * entries.length, next, littleEndian);
  let part = pixels;
  const offsets = parts.map((each) => {
    bytes.set(each, part);
    part += each.length;
    return part - each.length;
  });
  let list = head;
  entries.forEach(([tag, given], i) => {
    const at = 10 + 12 * i;
    const values = tag === 273 ? offsets : given;
    view.setUint16(at, tag, littleEndian);
    view.setUint16(at + 2, 4, littleEndian);
    view.setUint32(at + 4, values.length, littleEndian);
    const to = values.length > 1 ? list : at + 8;
    if (values.length > 1) view.setUint32(at + 8, list, littleEndian);
    values.forEach((value, j) => {
      view.setUint32(to + 4 * j, value, littleEndian);
    });
    list += lists[i] as number;
  });
  return bytes;
}

const PLAIN: Tags = { 256: 64, 257: 64, 258: 8, 259: 1, 262: 1, 277: 1, 278: 64 };
const plain = Uint8Array.from(pictured(64, 64, eight));

describe('a TIFF', () => {
  it.each(['lzw8', 'deflate8', 'lzw16differences', 'deflate16differences', 'packbits8'] as const)(
    'written by libtiff opens to the bit: %s',
    async (kind) => {
      const read = await openRadiograph(Buffer.from(TIFF_FIXTURES[kind], 'base64'), `${kind}.tif`);
      const bits = kind.includes('16') ? 16 : 8;
      const cut = kind === 'packbits8' ? 0xf0 : 0xffff;
      const value = bits === 16 ? sixteen : eight;
      expect([read.format, read.width, read.height, read.bitsStored]).toEqual(['tiff', TIFF_WIDTH, TIFF_HEIGHT, bits]);
      expect([...read.pixels]).toEqual(pictured(TIFF_WIDTH, TIFF_HEIGHT, (x, y) => value(x, y) & cut));
    },
  );

  it('of 16 bits opens in either byte order, signed or not, in strips of any height', async () => {
    for (const littleEndian of [true, false]) {
      const rows = (from: number, to: number): Uint8Array => {
        const view = new DataView(new ArrayBuffer(128 * (to - from)));
        pictured(64, to - from, (x, y) => sixteen(x, y + from)).forEach((value, i) => {
          view.setUint16(2 * i, value, littleEndian);
        });
        return new Uint8Array(view.buffer);
      };
      const strips = [rows(0, 30), rows(30, 60), rows(60, 64)];
      const read = await openRadiograph(tiff({ ...PLAIN, 258: 16, 278: 30 }, strips, littleEndian), 'a.tif');
      expect([...read.pixels]).toEqual(pictured(64, 64, sixteen));
      const signed = await openRadiograph(tiff({ ...PLAIN, 258: 16, 278: 30, 339: 2 }, strips, littleEndian), 'b.tif');
      expect([...signed.pixels]).toEqual(pictured(64, 64, (x, y) => (sixteen(x, y) << 16) >> 16));
    }
  });

  /** Tiles have tags of their own: those of strips are renamed. */
  function tiles(tags: Tags, size: readonly [number, number], parts: readonly Uint8Array[]): Uint8Array {
    const none = parts.map(() => 0);
    const sized = { ...PLAIN, ...tags, 322: size[0], 323: size[1], 324: none, 325: none };
    const bytes = tiff(sized, parts);
    const view = new DataView(bytes.buffer);
    for (let at = 10; at < 10 + 12 * view.getUint16(8, true); at += 12) {
      const tag = view.getUint16(at, true);
      const renamed = { 273: 324, 279: 325, 324: 60000, 325: 60001 }[tag];
      if (renamed !== undefined) view.setUint16(at, renamed, true);
    }
    return bytes;
  }

  it('in tiles is put together, and its rims are cut', async () => {
    const tile = (left: number, top: number): Uint8Array =>
      deflateSync(Uint8Array.from(pictured(48, 48, (x, y) => eight(x + left, y + top))));
    const parts = [tile(0, 0), tile(48, 0), tile(0, 48), tile(48, 48)];
    const bytes = tiles({ 259: 8 }, [48, 48], parts);
    const read = await openRadiograph(bytes, 'tiles.tif');
    expect([...read.pixels]).toEqual(pictured(64, 64, eight));
  });

  it('whose zero is white is MONOCHROME1, with its values as they are stored', async () => {
    const read = await openRadiograph(tiff({ ...PLAIN, 262: 0 }, [plain]), 'white.tif');
    expect(read.photometricInterpretation).toBe('MONOCHROME1');
    expect([...read.pixels]).toEqual([...plain]);
  });

  it('with grey in a palette or in three colours is grey, and with more pictures says so', async () => {
    const map = [0, 1, 2].flatMap(() => Array.from({ length: 256 }, (_, i) => (255 - i) * 257));
    const palette = await openRadiograph(tiff({ ...PLAIN, 262: 3, 320: map }, [plain], true, 8), 'palette.tif');
    expect([...palette.pixels]).toEqual([...plain].map((value) => 255 - value));
    expect(palette.notes).toEqual(['The file holds several pictures; the first is shown.']);
    const rgb = Uint8Array.from([...plain].flatMap((value) => [value, value, value]));
    const colours = await openRadiograph(tiff({ ...PLAIN, 258: [8, 8, 8], 262: 2, 277: 3 }, [rgb]), 'rgb.tif');
    expect([...colours.pixels]).toEqual([...plain]);
  });

  it.each([
    ['12 bits', { 258: 12 }, '12 bits a sample'],
    ['bits that are not stated', { 258: [] }, 'uses 1 bits a sample'],
    ['floating point', { 258: 16, 339: 3 }, 'floating point'],
    ['JPEG inside', { 259: 7 }, 'the compression 7'],
    ['CMYK', { 262: 5, 277: 4 }, 'the colour model 5'],
    ['turned', { 274: 6 }, 'stored turned'],
    ['planes', { 258: [8, 8, 8], 262: 2, 277: 3, 284: 2 }, 'a plane for each colour'],
  ] as const)('that cannot be read is refused by name: %s', async (_, tags, reason) => {
    await expect(openRadiograph(tiff({ ...PLAIN, ...tags }, [plain]), 'odd.tif')).rejects.toMatchObject({
      code: 'unsupported-image',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('takes no more than its picture has room for, however much its data unfolds to', async () => {
    const bomb = deflateSync(new Uint8Array(1 << 24));
    const read = await openRadiograph(tiff({ ...PLAIN, 259: 8 }, [bomb]), 'bomb.tif');
    expect(read.pixels).toHaveLength(64 * 64);
    await expect(openRadiograph(tiff({ ...PLAIN, 256: 60_000 }, [bomb]), 'wide.tif')).rejects.toMatchObject({
      code: 'image-too-large',
    });
  });

  it('whose tiles unfold to more in all than its picture is refused, or takes of each what it has room for', async () => {
    const bomb = deflateSync(new Uint8Array(1 << 22));
    // Each tile is as wide as half the picture and thousands of times as high: of the height nothing is unfolded in vain.
    const tall = await openRadiograph(tiles({ 259: 8 }, [32, 1 << 16], [bomb, bomb]), 'tall.tif');
    expect(tall.pixels).toHaveLength(64 * 64);
    const wide = tiles({ 259: 8 }, [1 << 22, 64], [bomb]);
    await expect(openRadiograph(wide, 'wide.tif')).rejects.toThrow('unfold to more than its picture');
    // Little is asked of each, and much comes out at once.
    const strips = tiff(
      { ...PLAIN, 259: 8, 257: 256, 278: 1 },
      Array.from({ length: 256 }, () => bomb.subarray(0, 1100)),
    );
    await expect(openRadiograph(strips, 'strips.tif')).rejects.toThrow('unfold to more than its picture');
  });

  it('opens in tiles that are much larger than it is', async () => {
    const tile = Uint8Array.from(pictured(1024, 1024, (x, y) => eight(x, y)));
    const read = await openRadiograph(tiles({}, [1024, 1024], [tile]), 'large.tif');
    expect([...read.pixels]).toEqual([...plain]);
  });

  it('that is damaged or cut off is an error with a name, or a picture', async () => {
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % below;
    };
    for (const text of Object.values(TIFF_FIXTURES)) {
      for (let mutant = 0; mutant < 40; mutant++) {
        const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
        for (let change = 0; change < 4; change++) bytes[4 + random(bytes.length - 4)] = random(256);
        const cut = mutant % 4 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
        const failure = await openRadiograph(cut, 'mutant.tif').then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure !== undefined) expect(failure).toBeInstanceOf(CounterpartError);
      }
    }
  });
});
