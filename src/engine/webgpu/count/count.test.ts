// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder';
import { lowerGraph } from '../../graph/lower';
import { upsampleView, wholeView } from '../../graph/view';
import { planKernels } from '../plan';
import { TILES, type TileName, uniformSchedule } from '../schedule';
import { workgroupBytes } from '../kernels/product-tiled';
import { transformFlops } from './arithmetic';
import { conflict, tileReads, worstConflict } from './banks';
import { countPlan, intensity, workgroupBytesOf } from './count';
import { paperTime, STATED_GPUS } from './paper';
import { distinct } from './traffic';

/** A 3x3 convolution of 8 x 8 pixels, 8 channels to 8. */
function plan(tile: TileName, parts = 1) {
  const g = new GraphBuilder('small');
  g.output('y', g.conv(g.input('x', [1, 8, 8, 8]), 8, 8));
  return planKernels(lowerGraph(g.build()), uniformSchedule(tile, parts), ({ winograd }) =>
    winograd ? 'single' : 'half',
  );
}

describe('the count of a dispatch', () => {
  it('is that of the hand for a product without workgroup memory', () => {
    const [count, ...others] = countPlan(plan('direct 1x1'));
    expect(others).toEqual([]);
    expect(count).toEqual({
      label: expect.any(String) as string,
      kernel: 'direct 1x1',
      // Two invocations across for eight columns, 32 rows: half of the pixels each.
      workgroups: 2,
      threads: 64,
      needed: 2 * 64 * 9 * 8 * 8 + 64 * 8,
      done: 2 * 64 * 9 * 8 * 8 + 64 * 8,
      // The picture, 72 x 8 halves, the bias.
      read: 64 * 8 * 4 + 72 * 8 * 2 + 8 * 4,
      written: 64 * 8 * 4,
      // Each invocation: 72 channels of a row, and of four columns; then its bias.
      asked: 128 * 72 * (4 + 8) + 128 * 16,
      workgroupBytes: 0,
      conflict: undefined,
    });
  });

  it('tells what a tile computes beyond the result, its memory and its conflicts', () => {
    const [count] = countPlan(plan('tiled 64x64'));
    expect(count?.needed).toBe(2 * 64 * 9 * 8 * 8 + 64 * 8);
    // 64 columns in place of 8, and 16 channels at a time in place of 8.
    expect(count?.done).toBe(2 * 64 * 9 * 16 * 64 + 64 * 8);
    expect(count?.workgroupBytes).toBe(workgroupBytes(TILES['tiled 64x64']));
    expect(count?.workgroupBytes).toBe(8192);
    expect(count?.conflict).toBe(4);
  });

  it('leaves bias and what merges to the kernel that adds shares up', () => {
    const [product, finish] = countPlan(plan('direct 1x1', 2));
    expect(product?.needed).toBe(2 * 64 * 9 * 8 * 8);
    expect(product?.written).toBe(2 * 64 * 8 * 4);
    expect(finish?.needed).toBe(64 * 8 * 2);
    expect(finish?.read).toBe(2 * 64 * 8 * 4 + 8 * 4);
  });

  it('has transforms and 16 products in place of 36 for tiles of two', () => {
    const [input, product, output] = countPlan(plan('winograd, direct 8x2'));
    expect([input?.kernel, output?.kernel]).toEqual(['winogradInput', 'winogradOutput']);
    const tiles = 4 * 4 * 8;
    expect(input?.needed).toBe(tiles * 32);
    expect(input?.written).toBe(tiles * 16 * 4);
    expect(product?.needed).toBe(2 * 16 * 16 * 8 * 8);
    expect(output?.needed).toBe(tiles * 24 + 64 * 8);
    // Float32, four by four coefficients of eight channels to eight columns; and the tiles.
    expect(product?.read).toBe(16 * 8 * 8 * 4 + tiles * 16 * 4);
  });

  it('of transforms is that of Lavin and Gray for tiles of two', () => {
    expect([transformFlops(2, 'input'), transformFlops(2, 'output')]).toEqual([32, 24]);
  });

  it('counts an enlarged pixel once, and a broadcast one', () => {
    const view = wholeView(0, [1, 4, 4, 8]);
    expect(distinct(upsampleView(view, 2))).toBe(4 * 4 * 8);
    expect(distinct({ ...view, strides: [128, 0, 0, 1] })).toBe(8);
  });

  it('knows the sizes of what shaders keep in workgroup memory, or says so', () => {
    expect(workgroupBytesOf('var<workgroup> a: array<f32, 64>; var<workgroup> b: array<vec4<f16>, 3>;')).toBe(280);
    expect(() => workgroupBytesOf('var<workgroup> a: array<mat2x2<f32>, 4>;')).toThrow(RangeError);
  });
});

describe('conflicts of banks', () => {
  const lanes = (address: (lane: number) => number): number[] => Array.from({ length: 32 }, (_, lane) => address(lane));

  it('are none where lanes read neighbours or the same word, and as many as words in one bank else', () => {
    expect(
      conflict(
        lanes((lane) => 4 * lane),
        4,
      ),
    ).toBe(1);
    expect(
      conflict(
        lanes(() => 12),
        4,
      ),
    ).toBe(1);
    expect(
      conflict(
        lanes((lane) => 16 * lane),
        16,
      ),
    ).toBe(1);
    expect(
      conflict(
        lanes((lane) => 8 * lane),
        4,
      ),
    ).toBe(2);
    expect(
      conflict(
        lanes((lane) => 128 * lane),
        4,
      ),
    ).toBe(32);
    // Padded by a word they lie in different banks.
    expect(
      conflict(
        lanes((lane) => 132 * lane),
        4,
      ),
    ).toBe(1);
  });

  it('are four of the rows that 32 invocations read, and none among eight', () => {
    expect(worstConflict(TILES['tiled 32x32'])).toBe(4);
    expect(worstConflict(TILES['tiled 64x64'])).toBe(4);
    expect(worstConflict(TILES['tiled 32x32'], 8)).toBe(1);
  });

  it('would be none with a four behind the rows of each invocation', () => {
    for (const fours of [16, 32]) {
      expect(
        conflict(
          lanes((lane) => Math.floor(lane / 8) * fours * 16),
          16,
        ),
      ).toBe(4);
      expect(
        conflict(
          lanes((lane) => Math.floor(lane / 8) * (fours + 1) * 16),
          16,
        ),
      ).toBe(1);
    }
  });

  it('are told of the places that the shader reads', () => {
    const { rows, depth, across } = TILES['tiled 32x32'];
    const { code } = plan('tiled 32x32').kernels[0]?.dispatch ?? { code: '' };
    expect(code).toContain(`tileA[(local.y * ${String(rows)}u + 0u) * ${String(depth)}u + four]`);
    expect(code).toContain(`tileB[(four * 4u + 0u) * ${String(across)}u + 0u + local.x]`);
    expect(tileReads(TILES['tiled 32x32'], 8 + 3)).toEqual({ tileA: rows * depth, tileB: 3 });
  });
});

describe('the time on paper', () => {
  const gpu = { name: 'ten', flops: 1e12, bandwidth: 1e11, cores: 10, source: '' };

  it('is that of arithmetic or of memory, whichever is longer', () => {
    const busy = { done: 1e9, read: 5e6, written: 5e6, workgroups: 10 };
    expect(paperTime(busy, gpu)).toEqual({ seconds: 1e-3, bound: 'arithmetic' });
    expect(paperTime({ ...busy, read: 5e8, written: 0 }, gpu)).toEqual({ seconds: 5e-3, bound: 'memory' });
    expect(intensity(busy)).toBe(100);
  });

  it('leaves cores idle that get no workgroup', () => {
    const one = { done: 1e9, read: 0, written: 4, workgroups: 1 };
    expect(paperTime(one, gpu).seconds).toBeCloseTo(1e-2, 9);
    // Two rounds, the second for one core.
    expect(paperTime({ ...one, workgroups: 11 }, gpu).seconds).toBeCloseTo((2 * 1e-2) / 11, 9);
  });

  it('has a source for each stated peak', () => {
    for (const { source } of STATED_GPUS) expect(source.length).toBeGreaterThan(20);
  });
});
