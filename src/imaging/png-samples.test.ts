import { decode } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readPngChunks, writePng } from './png-chunks';
import { decodePngSamples } from './png-samples';

interface Kind {
  readonly depth?: number;
  readonly colour?: number;
  readonly interlace?: number;
  readonly filters?: readonly number[];
  /** Fewer than there should be. */
  readonly missing?: number;
}

const [WIDTH, HEIGHT] = [11, 13];
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Of each pass of Adam7: columns and rows of 11 x 13. */
const PASSES = [
  [2, 2],
  [1, 2],
  [3, 2],
  [3, 4],
  [6, 3],
  [5, 7],
  [11, 6],
] as const;

/** Rows of noise behind the filters, taken in turn: whatever the bytes are, they unfilter to something. */
function png({ depth = 8, colour = 0, interlace = 0, filters = [0], missing = 0 }: Kind): Uint8Array {
  const header = new Uint8Array(13);
  header.set([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, depth, colour, 0, 0, interlace]);
  const bits = depth * (CHANNELS[colour] ?? 1);
  const passes = interlace === 0 ? ([[WIDTH, HEIGHT]] as const) : PASSES;
  const lengths = passes.flatMap(([columns, rows]) => new Array<number>(rows).fill(Math.ceil((columns * bits) / 8)));
  const bytes = lengths.flatMap((length, row) => [
    filters[row % filters.length] ?? 0,
    ...Array.from({ length }, (_, at) => ((row * 31 + at) * 7919) % 251),
  ]);
  return writePng([
    { type: 'IHDR', data: header },
    ...(colour === 3 ? [{ type: 'PLTE', data: Uint8Array.from({ length: 768 }, (_, at) => (at * 37) % 256) }] : []),
    { type: 'IDAT', data: zlibSync(Uint8Array.from(bytes.slice(0, bytes.length - missing))) },
    { type: 'IEND', data: new Uint8Array(0) },
  ]);
}

const opened = (kind: Kind) => decodePngSamples(readPngChunks(png(kind), 'a.png'));

describe('samples of a PNG', () => {
  it.each([
    [0, [1, 2, 4, 8, 16]],
    [2, [8, 16]],
    [3, [1, 2, 4, 8]],
    [4, [8, 16]],
    [6, [8, 16]],
  ])('of colour type %i are those of another decoder, whatever bits, filters and interlacing', (colour, depths) => {
    for (const depth of depths)
      for (const interlace of depth < 8 ? [0] : [0, 1])
        for (const filters of [[0], [1], [2], [3], [4], [4, 3, 2, 1, 0], [0, 4, 1, 3, 2]]) {
          const kind = { depth, colour, interlace, filters };
          const { data, width, height, channels } = decode(png(kind));
          expect(opened(kind)).toMatchObject({ width, height, depth, channels, data });
        }
  });

  it.each([
    ['there is no such filter', { filters: [0, 5] }],
    ['a byte is missing', { missing: 1 }],
    ['a byte of an interlaced one is missing', { missing: 1, interlace: 1 }],
    ['there are no such bits', { depth: 3 }],
    ['there is no such colour type', { colour: 5 }],
    ['colours have bits that they cannot', { depth: 4, colour: 2 }],
    ['it is interlaced otherwise', { interlace: 2 }],
  ])('are none where %s', (_, kind) => {
    expect(() => opened(kind)).toThrow(Error);
  });
});
