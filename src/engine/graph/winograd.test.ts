// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Arithmetic, type TileSide, transformInput, transformOutput, transformWeights } from './winograd';

const plain: Arithmetic<number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  scale: (a, by) => a * by,
  hold: (a) => a,
};

const numbers = (count: number) =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: count, maxLength: count });

it.each<TileSide>([2, 4])('%i results of a window of three from the products of the transforms', (side) => {
  fc.assert(
    fc.property(numbers(side + 2), numbers(3), (d, g) => {
      const weights = new Float64Array(side + 2);
      transformWeights(side, g[0]!, g[1]!, g[2]!, weights, 0, 1);
      const products = transformInput(side, d, plain).map((each, i) => each * weights[i]!);
      const results = transformOutput(side, products, plain);
      expect(results).toHaveLength(side);
      for (const [i, y] of results.entries())
        expect(y).toBeCloseTo(d[i]! * g[0]! + d[i + 1]! * g[1]! + d[i + 2]! * g[2]!, 9);
    }),
  );
});
