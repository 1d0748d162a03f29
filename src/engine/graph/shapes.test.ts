import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../tensor';
import { smallUnet } from '../testing/small-unet';
import { broadcastShapes, SHAPE_RULES } from './shape-rules';
import { inferShapes } from './shapes';

const size = fc.integer({ min: 1, max: 9 });
const grid = fc.tuple(size, size, size, size);

describe('shape inference', () => {
  it('follows a UNet to its output, for the stated batch and for any other', () => {
    const { graph } = smallUnet(16, 16);
    const output = graph.outputs[0]?.value ?? '';
    expect(inferShapes(graph).get(output)).toEqual([1, 16, 16, 4]);
    expect(inferShapes(graph, 7).get(output)).toEqual([7, 16, 16, 4]);
  });

  it('names the node and shows its inputs where shapes do not fit', () => {
    const { graph } = smallUnet();
    const damaged = {
      ...graph,
      inputs: graph.inputs.map((i) => (i.name === 'latent' ? { ...i, shape: [1, 16, 16, 5] } : i)),
    };
    expect(() => inferShapes(damaged)).toThrow(
      /\(conv2d\) has a weight for 4 channels, but its input has 5; its inputs are \[1, 16, 16, 5\]/,
    );
  });
});

describe('conv2d', () => {
  it('has as many positions as the kernel fits into, counted one by one', () => {
    const attributes = fc.record({
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      padding: fc.tuple(fc.tuple(fc.nat(3), fc.nat(3)), fc.tuple(fc.nat(3), fc.nat(3))),
    });
    fc.assert(
      fc.property(grid, size, size, attributes, ([n, h, w, c], kh, kw, { stride, dilation, padding }) => {
        const count = (length: number, kernel: number, [before, after]: [number, number]) => {
          let positions = 0;
          for (let at = 0; at + dilation * (kernel - 1) < length + before + after; at += stride) positions++;
          return positions;
        };
        const out = SHAPE_RULES.conv2d(
          [
            [n, h, w, c],
            [kh, kw, c, 2],
          ],
          { stride, dilation, padding },
        );
        const expected = [n, count(h, kh, padding[0]), count(w, kw, padding[1]), 2];
        if (stride > 1 && dilation > 1) expect(out).toMatch(/both/);
        else if (expected.includes(0)) expect(out).toMatch(/kernel larger/);
        else expect(out).toEqual(expected);
      }),
    );
  });
});

describe('rearrangements', () => {
  it('spaceToDepth and depthToSpace undo each other and keep the number of values', () => {
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 4 }), ([n, h, w, c], block) => {
        const image = [n, h * block, w * block, c];
        const deep = SHAPE_RULES.spaceToDepth([image], { block });
        expect(deep).toEqual([n, h, w, c * block * block]);
        expect(SHAPE_RULES.depthToSpace([deep as Shape], { block })).toEqual(image);
      }),
    );
  });

  it('reshape keeps the batch where it says 0 and infers one axis', () => {
    expect(SHAPE_RULES.reshape([[5, 4, 4, 8]], { shape: [0, -1, 2] })).toEqual([5, 64, 2]);
    expect(SHAPE_RULES.reshape([[5, 4]], { shape: [-1, 0] })).toMatch(/0 elsewhere/);
    expect(SHAPE_RULES.reshape([[5, 4]], { shape: [-1, -1] })).toMatch(/more than one/);
    expect(SHAPE_RULES.reshape([[5, 4]], { shape: [0, 3] })).toMatch(/cannot become/);
    expect(SHAPE_RULES.reshape([[5, 4]], { shape: [0, 3, -1] })).toMatch(/cannot become/);
  });

  it('transpose takes every axis once', () => {
    expect(SHAPE_RULES.transpose([[1, 2, 3]], { permutation: [2, 0, 1] })).toEqual([3, 1, 2]);
    for (const permutation of [
      [0, 1],
      [0, 0, 1],
      [0, 1, 3],
    ])
      expect(SHAPE_RULES.transpose([[1, 2, 3]], { permutation })).toMatch(/permutation/);
  });

  it('concat and slice on an axis counted from the end undo each other', () => {
    fc.assert(
      fc.property(grid, size, ([n, h, w, c], more) => {
        const joined = SHAPE_RULES.concat(
          [
            [n, h, w, c],
            [n, h, w, more],
          ],
          { axis: -1 },
        ) as Shape;
        expect(joined).toEqual([n, h, w, c + more]);
        expect(SHAPE_RULES.slice([joined], { axis: -1, begin: c, size: more })).toEqual([n, h, w, more]);
        expect(SHAPE_RULES.slice([joined], { axis: 3, begin: c + 1, size: more })).toMatch(/beyond the end/);
      }),
    );
  });
});

describe('products', () => {
  it('matmul transposes what it is asked to', () => {
    const rule = SHAPE_RULES.matmul;
    expect(
      rule(
        [
          [2, 3, 4],
          [2, 4, 5],
        ],
        { transposeA: false, transposeB: false },
      ),
    ).toEqual([2, 3, 5]);
    expect(
      rule(
        [
          [2, 4, 3],
          [2, 5, 4],
        ],
        { transposeA: true, transposeB: true },
      ),
    ).toEqual([2, 3, 5]);
    expect(
      rule(
        [
          [2, 3, 4],
          [2, 5, 4],
        ],
        { transposeA: false, transposeB: false },
      ),
    ).toMatch(/inner sizes 4 and 5/);
    expect(
      rule(
        [
          [2, 3, 4],
          [3, 4, 5],
        ],
        { transposeA: false, transposeB: false },
      ),
    ).toMatch(/leading/);
    expect(
      rule(
        [
          [3, 4],
          [1, 4, 5],
        ],
        { transposeA: false, transposeB: false },
      ),
    ).toMatch(/equal rank/);
  });

  it('dense and rmsNorm look at the last axis', () => {
    expect(
      SHAPE_RULES.dense(
        [
          [2, 7, 4],
          [4, 3],
        ],
        {},
      ),
    ).toEqual([2, 7, 3]);
    expect(
      SHAPE_RULES.dense(
        [
          [2, 7, 5],
          [4, 3],
        ],
        {},
      ),
    ).toMatch(/4 features/);
    expect(SHAPE_RULES.rmsNorm([[2, 7, 4], [4]], { epsilon: 1 })).toEqual([2, 7, 4]);
    expect(SHAPE_RULES.rmsNorm([[2, 7, 4], [7]], { epsilon: 1 })).toMatch(/gain of 4/);
  });
});

describe('broadcasting', () => {
  it('does not depend on the order of the two shapes, and a shape broadcasts with itself to itself', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        expect(broadcastShapes(a, b)).toEqual(broadcastShapes(b, a));
        expect(broadcastShapes(a, a)).toEqual(a);
      }),
    );
  });

  it('aligns from the last axis', () => {
    expect(broadcastShapes([2, 1, 4], [3, 1])).toEqual([2, 3, 4]);
    expect(broadcastShapes([2, 4], [2])).toBeUndefined();
  });
});
