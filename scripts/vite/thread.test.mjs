import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { helpersOf } from '../../src/cli/node/threads';
import { SHARED_INPUT as X, sharedConvolutions } from '../../src/engine/testing/shared-convolutions';
import { createWasmExecutor } from '../../src/engine/wasm/executor';
import { bundleThread } from './thread.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('threads of Node', async () => {
  const script = await bundleThread(root);

  /** @param {number} threads @param {(worker: Worker) => void} [meet] each that is started */
  async function runTwice(threads, meet = () => undefined) {
    const start = () => {
      const worker = new Worker(script, { eval: true });
      meet(worker);
      return worker;
    };
    const executor = await createWasmExecutor({ threads, startHelper: helpersOf(start) });
    const { graph, weights } = sharedConvolutions();
    const network = await executor.load(graph, weights);
    const first = await network.run(X);
    return { executor, network, first, second: await network.run(X) };
  }

  it('compute the same bits as one', async () => {
    const [alone, together] = [await runTwice(1), await runTwice(3)];
    expect(together.executor.device).toBe('CPU, 3 threads');
    expect([together.first, together.second]).toEqual([alone.first, alone.second]);
    await Promise.all([alone.executor.dispose(), together.executor.dispose()]);
  });

  it('are replaced where one ends, and lose nothing', async () => {
    /** @type {Worker[]} */
    const met = [];
    const { executor, network, first } = await runTwice(2, (worker) => met.push(worker));
    await met[0]?.terminate();
    expect(await network.run(X)).toEqual(first);
    expect(met).toHaveLength(2);
    await executor.dispose();
  });
});
