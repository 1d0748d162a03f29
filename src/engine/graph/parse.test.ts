import { describe, expect, it } from 'vitest';
import { GraphFormatError, type GraphFault } from '../errors';
import { smallUnet } from '../testing/small-unet';
import { parseGraph } from './parse';
import type { Graph } from './schema';

/** y = relu(x·w + b), as loose JSON to be damaged. */
function sound() {
  return {
    format: 'counterpart-graph',
    version: 1,
    name: 'layer',
    inputs: [{ name: 'x', shape: [1, 4] }],
    outputs: [{ name: 'result', value: 'y' }],
    weights: [
      { name: 'w', shape: [4, 3] },
      { name: 'b', shape: [3] },
    ],
    nodes: [
      { op: 'dense', output: 'h', inputs: ['x', 'w', 'b'], attributes: {} },
      { op: 'relu', output: 'y', inputs: ['h'], attributes: {} },
    ],
  };
}
type Loose = ReturnType<typeof sound>;

function faultOf(json: unknown): { fault: GraphFault; message: string } {
  try {
    parseGraph(json);
  } catch (error) {
    if (error instanceof GraphFormatError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseGraph', () => {
  it('accepts a sound graph, and one with every kind of part', () => {
    expect(parseGraph(sound())).toEqual(sound());
    const { graph } = smallUnet();
    expect(parseGraph(JSON.parse(JSON.stringify(graph)))).toEqual(graph);
  });

  it('lets ops without attributes leave them out, but not others', () => {
    const bare = sound();
    bare.nodes = bare.nodes.map(({ attributes: _, ...node }) => node) as Loose['nodes'];
    expect(parseGraph(bare).nodes[1]?.attributes).toEqual({});
    const pooled = { ...sound(), nodes: [{ op: 'averagePool', output: 'y', inputs: ['x'] }] };
    expect(faultOf(pooled).fault).toBe('schema');
  });

  const damages: [GraphFault, string, (graph: Loose) => void][] = [
    ['schema', 'version', (g) => (g.version = 2)],
    ['schema', 'inputs', (g) => (g.inputs = [])],
    ['schema', 'extra', (g) => Object.assign(g, { extra: 1 })],
    ['unknown-op', '"fourier"', (g) => Object.assign(g.nodes[1] ?? {}, { op: 'fourier' })],
    ['duplicate-name', '"h"', (g) => Object.assign(g.nodes[1] ?? {}, { output: 'h' })],
    ['duplicate-name', '"x"', (g) => Object.assign(g.weights[0] ?? {}, { name: 'x' })],
    ['duplicate-name', '"result"', (g) => g.outputs.push({ name: 'result', value: 'h' })],
    ['unknown-value', '"nowhere"', (g) => Object.assign(g.nodes[1] ?? {}, { inputs: ['nowhere'] })],
    ['unknown-value', '"nowhere"', (g) => Object.assign(g.outputs[0] ?? {}, { value: 'nowhere' })],
    ['unknown-value', '"w"', (g) => Object.assign(g.outputs[0] ?? {}, { value: 'w' })],
    ['use-before-definition', '"h"', (g) => g.nodes.reverse()],
    ['use-before-definition', '"y"', (g) => Object.assign(g.nodes[1] ?? {}, { inputs: ['y'] })],
    ['unused-weight', '"spare"', (g) => g.weights.push({ name: 'spare', shape: [1] })],
    ['unused-value', '"y"', (g) => Object.assign(g.outputs[0] ?? {}, { value: 'h' })],
    ['operand-count', 'relu', (g) => Object.assign(g.nodes[1] ?? {}, { inputs: ['h', 'h'] })],
    ['operand-count', 'dense', (g) => Object.assign(g.nodes[0] ?? {}, { inputs: ['x'] })],
    ['batch', '"z"', (g) => g.inputs.push({ name: 'z', shape: [2, 4] })],
    ['shape', 'bias of 3', (g) => Object.assign(g.weights[1] ?? {}, { shape: [4] })],
  ];
  it.each(damages)('names the fault %s and %s', (fault, named, damage) => {
    const graph = sound();
    damage(graph);
    const found = faultOf(graph);
    expect(found.fault).toBe(fault);
    expect(found.message).toContain(named);
  });

  it.each([null, 7, 'graph', [], {}])('refuses %j', (json) => {
    expect(faultOf(json).fault).toBe('schema');
  });

  it('gives a user something to do', () => {
    const error = faultOf({}) as unknown as GraphFormatError;
    expect(error.code).toBe('graph-format');
    expect(error.advice).toMatch(/reload/i);
  });

  it('accepts an input that nothing reads, for the interface of a network is fixed', () => {
    const graph: Graph = parseGraph({ ...sound(), inputs: [...sound().inputs, { name: 'unread', shape: [1, 2] }] });
    expect(graph.inputs).toHaveLength(2);
  });
});
