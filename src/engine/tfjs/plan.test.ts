import { describe, expect, it } from 'vitest';
import { smallUnet } from '../testing/small-unet';
import { GraphBuilder } from '../graph/builder';
import { peakActivationBytes, planGraph } from './plan';
import type { Graph } from '../graph/schema';
import { inferShapes } from '../graph/shapes';

/** Replays a plan with names alone: reads must be alive, frees must be dead afterwards. */
function replay(graph: Graph): { left: string[]; mostAlive: number } {
  const weights = new Set(graph.weights.map(({ name }) => name));
  const plan = planGraph(graph);
  const alive = new Set(plan.inputs);
  let mostAlive = alive.size;
  for (const step of plan.steps) {
    for (const name of step.node.inputs) expect(alive.has(name) || weights.has(name), name).toBe(true);
    alive.add(step.output);
    mostAlive = Math.max(mostAlive, alive.size);
    for (const name of step.frees) expect(alive.delete(name), name).toBe(true);
  }
  return { left: [...alive], mostAlive };
}

describe('the plan of a run', () => {
  it('reads only what is alive, and leaves only the outputs', () => {
    const { graph } = smallUnet();
    expect(replay(graph).left).toEqual(graph.outputs.map(({ value }) => value));
  });

  it('holds two values at a time in a chain, however long', () => {
    const g = new GraphBuilder('chain');
    let x = g.input('x', [1, 4]);
    for (let i = 0; i < 20; i++) x = g.node('sin', [x], {});
    g.output('y', x);
    expect(replay(g.build()).mostAlive).toBe(2);
  });

  it('keeps a value that is an output until the end, even where a later node reads it last', () => {
    const g = new GraphBuilder('two outputs');
    const first = g.node('exp', [g.input('x', [1, 4])], {});
    g.output('first', first);
    g.output('second', g.node('sin', [first], {}));
    expect(replay(g.build()).left).toContain(first);
  });

  it('does not upload an input that nothing reads', () => {
    const g = new GraphBuilder('unread');
    g.input('unread', [1, 4]);
    g.output('y', g.node('sin', [g.input('x', [1, 4])], {}));
    expect(planGraph(g.build()).inputs).toEqual(['x']);
  });

  it('frees a value once that one node reads twice', () => {
    const g = new GraphBuilder('square');
    const h = g.node('sin', [g.input('x', [1, 4])], {});
    g.output('y', g.node('multiply', [h, h], {}));
    expect(replay(g.build()).left).toHaveLength(1);
  });
});

describe('merging relu into the product before it', () => {
  const shapeOf = (build: (g: GraphBuilder, conv: string) => void) => {
    const g = new GraphBuilder('conv');
    build(g, g.conv(g.input('x', [1, 4, 4, 2]), 2, 2));
    return planGraph(g.build()).steps.map(({ node, activation }) => `${node.op}+${activation}`);
  };

  it('happens where the relu is the only reader', () => {
    expect(shapeOf((g, conv) => g.output('y', g.node('relu', [conv], {})))).toEqual(['conv2d+relu']);
  });

  it('does not happen where another node reads the value before the relu', () => {
    const steps = shapeOf((g, conv) => g.output('y', g.node('add', [conv, g.node('relu', [conv], {})], {})));
    expect(steps).toEqual(['conv2d+none', 'relu+none', 'add+none']);
  });

  it('does not happen where the value before the relu is an output', () => {
    const steps = shapeOf((g, conv) => {
      g.output('before', conv);
      g.output('after', g.node('relu', [conv], {}));
    });
    expect(steps).toEqual(['conv2d+none', 'relu+none']);
  });

  it('does not happen for other activations', () => {
    expect(shapeOf((g, conv) => g.output('y', g.node('silu', [conv], {})))).toEqual(['conv2d+none', 'silu+none']);
  });
});

describe('what a run costs', () => {
  it('finds the widest moment, counting a reshape as the same bytes', () => {
    const g = new GraphBuilder('peak');
    const wide = g.node('upsampleNearest', [g.input('x', [1, 2, 2, 1])], { factor: 4 });
    const flat = g.node('reshape', [wide], { shape: [0, 64] });
    g.output('y', g.node('mean', [flat], { axes: [1], keepDims: true }));
    const graph = g.build();
    expect(peakActivationBytes(planGraph(graph), inferShapes(graph))).toBe(4 * (64 + 4));
    expect(peakActivationBytes(planGraph(graph), inferShapes(graph, 3))).toBe(3 * 4 * (64 + 4));
  });

  it('releases a reshaped buffer only after its last name is free', () => {
    const g = new GraphBuilder('alias');
    const h = g.node('sin', [g.input('x', [1, 8])], {});
    const flat = g.node('reshape', [h], { shape: [0, 4, 2] });
    g.output('y', g.node('sum', [g.node('sin', [flat], {})], { axes: [1, 2], keepDims: false }));
    const graph = g.build();
    expect(peakActivationBytes(planGraph(graph), inferShapes(graph))).toBe(4 * 16);
  });
});
