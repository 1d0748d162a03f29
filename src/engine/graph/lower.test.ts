// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxAbsoluteError } from '../golden';
import type { Tensor } from '../tensor';
import { MODELS, modelNames } from '../testing/model-files';
import { operatorCases } from '../testing/operator-cases';
import { randomGraph } from '../testing/random-graph';
import { interpretGraph } from '../testing/reference/interpret-graph';
import { runProgram } from '../testing/reference/run-program';
import { smallUnet } from '../testing/small-unet';
import { GraphBuilder, noise } from './builder';
import { lowerGraph } from './lower';
import { parseGraph } from './parse';
import type { Graph } from './schema';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));
const cases = operatorCases(JSON.parse(fixture('operators.json').toString('utf8')), fixture('operators.safetensors'));

function inputsFor(graph: Graph, batch: number): Record<string, Tensor> {
  return Object.fromEntries(
    graph.inputs.map(({ name, shape }, i) => [name, noise([batch, ...shape.slice(1)], 31 + i)]),
  );
}

/** Largest difference between the fused program and the graph read node by node. */
function difference(graph: Graph, weights: ReadonlyMap<string, Tensor>, batch: number): number {
  const inputs = inputsFor(graph, batch);
  const expected = interpretGraph(graph, weights, inputs);
  const actual = runProgram(lowerGraph(graph, batch), weights, inputs);
  return Math.max(...graph.outputs.map(({ name }) => maxAbsoluteError(actual[name]!, expected[name]!, name)));
}

const kinds = (graph: Graph) => lowerGraph(graph).operations.map(({ kind }) => kind);

describe('the reference itself', () => {
  it.each(cases.map((entry) => [entry.graph.name, entry] as const))(
    'gives what PyTorch gives: %s',
    (_, { graph, weights, goldens }) => {
      const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, goldens.get(`input.${name}`)!]));
      const { result } = interpretGraph(graph, weights, inputs);
      expect(maxAbsoluteError(result!, goldens.get('output.result')!, 'result')).toBeLessThan(2e-5);
    },
  );
});

describe('a lowered graph', () => {
  it.each(cases.map((entry) => [entry.graph.name, entry] as const))(
    'computes the same: %s',
    (_, { graph, weights, goldens }) => {
      const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, goldens.get(`input.${name}`)!]));
      const batch = Object.values(inputs)[0]!.shape[0]!;
      const { result } = runProgram(lowerGraph(graph, batch), weights, inputs);
      expect(maxAbsoluteError(result!, goldens.get('output.result')!, 'result')).toBeLessThan(2e-5);
    },
  );

  it('computes the same for a UNet with attention, skips and gates, at any batch', () => {
    const { graph, weights } = smallUnet(8, 8);
    for (const batch of [1, 3]) expect(difference(graph, weights, batch)).toBeLessThan(1e-5);
  });

  it('computes the same for graphs that nobody thought of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 3 }), (seed, batch) => {
        const { graph, weights } = randomGraph(seed);
        expect(difference(graph, weights, batch), JSON.stringify(graph)).toBeLessThan(1e-3);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what merges', () => {
  const conv = (build: (g: GraphBuilder, x: string, conv: string) => string) => {
    const g = new GraphBuilder('merging');
    const x = g.input('x', [1, 6, 6, 4]);
    g.output('y', build(g, x, g.conv(x, 4, 4)));
    return g.build();
  };

  it('bias, scale and shift, activation and residual become one kernel', () => {
    const graph = conv((g, x, y) => {
      const film = g.node('reshape', [g.dense(g.node('mean', [x], { axes: [1, 2], keepDims: false }), 4, 8)], {
        shape: [0, 1, 1, 8],
      });
      const part = (begin: number) => g.node('slice', [film], { axis: 3, begin, size: 4 });
      const scaled = g.node('multiply', [y, g.node('affine', [part(0)], { scale: 1, offset: 1 })], {});
      return g.node('add', [x, g.node('relu', [g.node('add', [scaled, part(4)], {})], {})], {});
    });
    expect(kinds(graph)).toEqual(['reduce', 'product', 'product']);
  });

  it('an activation before a convolution is applied as it reads', () => {
    const graph = conv((g, _, y) => g.node('add', [y, g.conv(g.node('relu', [y], {}), 4, 4)], {}));
    expect(kinds(graph)).toEqual(['product', 'product']);
    expect(lowerGraph(graph).operations[1]?.reads[0]?.via).toEqual([{ fn: 'relu' }]);
  });

  it('an enlarged and joined skip is read in place', () => {
    const graph = conv((g, x, y) => {
      const low = g.node('averagePool', [y], { size: 2 });
      const joined = g.node('concat', [g.node('upsampleNearest', [low], { factor: 2 }), x], { axis: 3 });
      return g.conv(joined, 8, 4);
    });
    expect(kinds(graph)).toEqual(['product', 'pool', 'product']);
  });

  it('attention is one kernel, its heads read in place', () => {
    const g = new GraphBuilder('attention');
    const x = g.input('x', [1, 6, 8]);
    const heads = g.node('reshape', [g.dense(x, 8, 24)], { shape: [0, 6, 3, 2, 4] });
    const [q, k, v] = ([0, 1, 2] as const).map((begin) =>
      g.node('reshape', [g.node('slice', [heads], { axis: 2, begin, size: 1 })], { shape: [0, 6, 2, 4] }),
    );
    const swap = (name: string, permutation: number[]) => g.node('transpose', [name], { permutation });
    const scaled = g.node('affine', [q!], { scale: 0.5, offset: 0 });
    const scores = g.node('matmul', [swap(scaled, [0, 2, 1, 3]), swap(k!, [0, 2, 3, 1])], {
      transposeA: false,
      transposeB: false,
    });
    const mixed = g.node('matmul', [g.node('softmax', [scores], {}), swap(v!, [0, 2, 1, 3])], {
      transposeA: false,
      transposeB: false,
    });
    g.output('y', g.dense(g.node('reshape', [swap(mixed, [0, 2, 1, 3])], { shape: [0, 6, 8] }), 8, 8));
    expect(kinds(g.build())).toEqual(['product', 'attention', 'product']);
    expect(difference(g.build(), g.weights, 2)).toBeLessThan(1e-5);
  });

  it('dense layers of one input become one', () => {
    const g = new GraphBuilder('siblings');
    const x = g.input('x', [1, 8]);
    const [a, b] = [g.dense(x, 8, 3), g.dense(x, 8, 5)];
    g.output('y', g.node('concat', [b, a], { axis: 1 }));
    expect(kinds(g.build())).toEqual(['product', 'map', 'map']);
    expect(difference(g.build(), g.weights, 2)).toBeLessThan(1e-5);
  });

  it('a constant can be an output, but a product needs constant weights', () => {
    const g = new GraphBuilder('constants');
    g.input('x', [1, 4]);
    g.output('y', g.node('reshape', [g.weight([4], 1)], { shape: [1, 4] }));
    expect(difference(g.build(), g.weights, 1)).toBe(0);
    const computed = new GraphBuilder('computed weights');
    const x = computed.input('x', [4, 4]);
    computed.output('y', computed.node('dense', [x, computed.node('sin', [x], {})], {}));
    expect(() => lowerGraph(computed.build())).toThrow(/which is no weight/);
  });

  it('nothing merges past a value that is asked for', () => {
    const g = new GraphBuilder('asked');
    const y = g.conv(g.input('x', [1, 4, 4, 4]), 4, 4);
    g.output('before', y);
    g.output('after', g.node('sigmoid', [y], {}));
    expect(kinds(g.build())).toEqual(['product', 'map']);
  });
});

describe('the shipped networks', () => {
  it.each(modelNames())('%s: no kernel binds more than eight storage buffers', (name) => {
    const graph = parseGraph(JSON.parse(readFileSync(join(MODELS, name, 'graph.json'), 'utf8')));
    for (const { reads, write, kind } of lowerGraph(graph, 2).operations) {
      const buffers = new Set([...reads.map(({ value }) => value), write.value]).size + (kind === 'product' ? 2 : 0);
      expect(buffers).toBeLessThanOrEqual(8);
    }
  });
});
