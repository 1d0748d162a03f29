// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxAbsoluteError } from '../golden';
import { interpretGraph } from '../testing/reference/interpret-graph';
import { runProgram } from '../testing/reference/run-program';
import { GraphBuilder, noise } from './builder';
import { lowerGraph } from './lower';
import { shareOf, splitProducts } from './split';

describe('a split product', () => {
  it('gives every channel to exactly one share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 20 }), (channels, parts) => {
        let next = 0;
        for (let part = 0; part < parts; part++) {
          const [from, to] = shareOf(channels, parts, part);
          expect(from).toBe(next);
          next = to;
        }
        expect(next).toBe(Math.ceil(channels / 4) * 4);
      }),
    );
  });

  it('computes the same, epilogue included, for any number of shares', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 2, max: 5 }),
        (from, joined, parts) => {
          const g = new GraphBuilder('split');
          const x = g.input('x', [1, 4, 3, from]);
          const inputs = joined > 0 ? [x, g.input('z', [1, 4, 3, joined])] : [x];
          const conv = g.conv(g.node('concat', inputs, { axis: 3 }), from + joined, 6);
          g.output('y', g.node('silu', [g.node('multiply', [conv, g.weight([6], 1)], {})], {}));
          const graph = g.build();
          const program = splitProducts(lowerGraph(graph, 2), () => parts);
          expect(program.operations.map(({ kind }) => kind)).toEqual(['product', 'finish']);
          const given = Object.fromEntries(
            graph.inputs.map(({ name, shape }, i) => [name, noise([2, ...shape.slice(1)], i)]),
          );
          const { y: expected } = interpretGraph(graph, g.weights, given);
          const { y: actual } = runProgram(program, g.weights, given);
          expect(maxAbsoluteError(actual!, expected!, 'y')).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 30 },
    );
  });
});
