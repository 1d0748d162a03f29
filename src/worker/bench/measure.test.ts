import { describe, expect, it } from 'vitest';
import type { Executor, Graph, Tensor } from '../../engine';
import { GraphBuilder } from '../../engine/graph/builder';
import { NetworkClock, shippedSampling } from './measure-edit';
import { measureNetwork, type NetworkFiles } from './measure-network';
import type { Manifest } from '../../networks/manifest';

const tensor = (...data: number[]): Tensor => ({ shape: [1, data.length], data: Float32Array.from(data) });

/** A network that adds nothing, its golden, and a clock that each run advances. */
function bench(answer = tensor(1, 2)) {
  let time = 0;
  let runs = 0;
  const g = new GraphBuilder('small');
  g.output('y', g.node('relu', [g.input('x', [1, 2])], {}));
  const graph: Graph = g.build();
  const files: NetworkFiles = {
    graph,
    weights: new Map(),
    goldens: new Map([
      ['input.x', tensor(1, 2)],
      ['output.y', tensor(1, 2)],
    ]),
  };
  const executor: Executor = {
    backend: 'wasm',
    device: 'a test',
    load: () =>
      Promise.resolve({
        graph,
        dispose: () => undefined,
        run: () => {
          runs++;
          time += 10;
          return Promise.resolve({ y: answer });
        },
      }),
    memory: () => ({ tensors: 0, bytes: 0 }),
    dispose: () => Promise.resolve(),
  };
  return { files, executor, now: () => time, runs: () => runs };
}

describe('measuring a network', () => {
  it('times the first run apart from the warm ones', async () => {
    const { executor, files, now } = bench();
    const measured = await measureNetwork(executor, files, { warmRuns: 3, now });
    expect(measured).toMatchObject({ firstRunMs: 10, warmRunsMs: [10, 10, 10], maxError: 0 });
    expect(measured).not.toHaveProperty('cpuMs');
  });

  it('times nothing where an output is wrong or not a number', async () => {
    for (const wrong of [tensor(1, 2.5), tensor(1, Number.NaN)]) {
      const { executor, files, runs } = bench(wrong);
      await expect(measureNetwork(executor, files, { warmRuns: 3 })).rejects.toThrow(
        'differs from the recorded outputs',
      );
      expect(runs()).toBe(1);
    }
  });

  it('makes one warm run, and no more once the time is up', async () => {
    const { executor, files, now } = bench();
    expect((await measureNetwork(executor, files, { warmRuns: 9, longestMs: 0, now })).warmRunsMs).toHaveLength(1);
    expect((await measureNetwork(executor, files, { warmRuns: 9, longestMs: 25, now })).warmRunsMs).toHaveLength(3);
  });

  it('takes what was waited for off the time on the CPU', async () => {
    const { executor, files, now } = bench();
    let waited = 0;
    const watch = { peakBytes: () => 7, waitedMs: () => (waited += 4) };
    expect(await measureNetwork(executor, files, { warmRuns: 1, watch, now })).toMatchObject({
      cpuMs: [6],
      gpuBytes: 7,
    });
  });
});

describe('measuring an edit', () => {
  it('adds up the time in each network, until it is taken', async () => {
    const { executor, files, now } = bench();
    const clock = new NetworkClock(now);
    const network = await clock.timed(executor).load(files.graph, files.weights);
    await network.run({});
    await network.run({});
    expect(clock.take()).toEqual({ small: { milliseconds: 20, runs: 2 } });
    expect(clock.take()).toEqual({});
  });

  it('samples as the release says for the kind of edit', () => {
    const sampling = {
      steps: 12,
      guidance: 5,
      maxTime: 0.9,
      sampler: { add: 'inpaint', remove: 'twin-flow' },
      kinds: { add: { guidance: 3 } },
    };
    const manifest = { sampling } as unknown as Manifest;
    expect(shippedSampling(manifest, 'add')).toMatchObject({
      steps: 12,
      guidance: 3,
      maxTime: 0.9,
      sampler: 'inpaint',
    });
    expect(shippedSampling(manifest, 'remove', 4)).toMatchObject({ steps: 4, guidance: 5, sampler: 'twin-flow' });
  });
});
