// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxAbsoluteError } from '../golden';
import { interpretGraph } from '../testing/reference/interpret-graph';
import { runProgram } from '../testing/reference/run-program';
import { GraphBuilder, noise } from './builder';
import { lowerGraph } from './lower';
import { splitProducts } from './split';
import { winogradProducts } from './winograd-products';

const size = (most: number) => fc.integer({ min: 1, max: most });

describe.each([2, 4] as const)('3x3 windows through tiles of %i', (side) => {
  it('computes the same, epilogue included, for maps and channels of any size', () => {
    fc.assert(
      fc.property(
        size(9),
        size(9),
        size(7),
        fc.integer({ min: 0, max: 5 }),
        size(6),
        (height, width, from, joined, to) => {
          const g = new GraphBuilder('windows');
          const x = g.input('x', [1, height, width, from]);
          const parts = joined > 0 ? [x, g.input('z', [1, height, width, joined])] : [x];
          const source = g.node('relu', [g.node('concat', parts, { axis: 3 })], {});
          const conv = g.node('multiply', [g.conv(source, from + joined, to), g.weight([to], 1)], {});
          g.output('y', g.node('add', [g.node('silu', [conv], {}), g.input('r', [1, height, width, to])], {}));
          const graph = g.build();
          const program = splitProducts(
            winogradProducts(lowerGraph(graph, 2), () => side),
            () => 3,
          );
          const inputs = parts.map(() => 'winogradInput');
          expect(program.operations.map(({ kind }) => kind)).toEqual([...inputs, 'product', 'winogradOutput']);
          const given = Object.fromEntries(
            graph.inputs.map(({ name, shape }, i) => [name, noise([2, ...shape.slice(1)], i)]),
          );
          const { y: expected } = interpretGraph(graph, g.weights, given);
          const { y: actual } = runProgram(program, g.weights, given);
          expect(maxAbsoluteError(actual!, expected!, 'y')).toBeLessThan(2e-5);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('leaves what it is not asked for', () => {
    const g = new GraphBuilder('left');
    g.output('y', g.conv(g.input('x', [1, 4, 4, 8]), 8, 8));
    const program = lowerGraph(g.build(), 1);
    expect(winogradProducts(program, () => undefined).operations).toEqual(program.operations);
  });
});
