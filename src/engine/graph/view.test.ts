// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementCount } from '../tensor';
import { coordinates } from '../testing/reference/coordinates';
import {
  broadcastView,
  elementIndex,
  isContiguous,
  reshapeView,
  sliceView,
  transposeView,
  upsampleView,
  type View,
  wholeView,
} from './view';

/** Addresses in row-major order: what a view means. */
const addresses = (view: View) => [...coordinates(view.shape)].map((at) => elementIndex(view, at));

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const grids = fc.tuple(...([1, 2, 3, 4] as const).map((max) => fc.integer({ min: 1, max })));

describe('views', () => {
  it('a stored value is read in order', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(addresses(wholeView(0, shape))).toEqual([...Array(elementCount(shape)).keys()]);
      }),
    );
  });

  it('a reshape keeps the order of the elements, whatever was done to the view before', () => {
    fc.assert(
      fc.property(
        grids,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.boolean(),
        shapes,
        (grid, permutation, enlarge, target) => {
          const view = transposeView(enlarge ? upsampleView(wholeView(0, grid), 2) : wholeView(0, grid), permutation);
          const count = elementCount(view.shape);
          const fitting = [...target.filter((size) => count % size === 0).slice(0, 1), 1];
          const shape = [...fitting, count / fitting[0]!];
          const reshaped = reshapeView(view, shape);
          if (reshaped) {
            expect(reshaped.shape).toEqual(shape);
            expect(addresses(reshaped)).toEqual(addresses(view));
          } else expect(isContiguous(view)).toBe(false);
        },
      ),
    );
  });

  it('splits and merges axes that lie evenly', () => {
    const view = sliceView(wholeView(0, [2, 6, 8]), 2, 4, 4)!;
    expect(reshapeView(view, [2, 2, 3, 1, 4])?.strides).toEqual([48, 24, 8, 0, 1]);
    expect(reshapeView(view, [12, 4])?.strides).toEqual([8, 1]);
    expect(reshapeView(view, [2, 24])).toBeUndefined();
  });

  it('enlarging repeats each cell, and can be cut between cells but not inside one', () => {
    const view = upsampleView(wholeView(0, [1, 2, 1, 1]), 2);
    expect(addresses(view)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(addresses(sliceView(view, 1, 2, 2)!)).toEqual([1, 1, 1, 1]);
    expect(sliceView(view, 1, 1, 2)).toBeUndefined();
  });

  it('broadcasting repeats along axes of one element and along missing ones', () => {
    expect(addresses(broadcastView(wholeView(0, [2, 1]), [2, 2, 2]))).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });
});
