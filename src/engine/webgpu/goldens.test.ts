// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../executor';
import { compareWithGoldens } from '../golden';
import { dawn, whyNoAdapter } from '../testing/dawn';
import { modelNames, modelTolerance, readModel } from '../testing/model-files';
import { operatorCases } from '../testing/operator-cases';
import { createWgslExecutor } from './executor';
import { DEFAULT_SCHEDULE } from './schedule';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));
const cases = operatorCases(JSON.parse(fixture('operators.json').toString('utf8')), fixture('operators.safetensors'));
const gpu = await dawn();

/** A software adapter needs seconds for a network, and minutes on a machine that is busy with something else. */
const PATIENCE_MS = 600_000;

describe.skipIf(!gpu)(`our kernels on Dawn${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  let executor: Executor;
  let tiled: Executor;
  beforeAll(async () => {
    executor = await createWgslExecutor({ gpu });
    tiled = await createWgslExecutor({ gpu, schedule: DEFAULT_SCHEDULE });
  });
  afterAll(async () => {
    await executor.dispose();
    await tiled.dispose();
  });

  it.each(cases.map((entry) => [entry.graph.name, entry] as const))(
    'every op does what PyTorch does: %s',
    async (_, { graph, weights, goldens }) => {
      const { maxError } = await compareWithGoldens(executor, graph, weights, goldens);
      expect(maxError.result).toBeLessThan(2e-5);
    },
  );

  const matches = async (on: Executor, name: string) => {
    const { graph, weights, goldens } = readModel(name);
    const { maxError } = await compareWithGoldens(on, graph, weights, goldens);
    const tolerance = modelTolerance(name);
    for (const [output, error] of Object.entries(maxError)) expect(error, output).toBeLessThan(tolerance(output));
  };

  for (const name of modelNames()) it(`${name} gives what PyTorch gave`, () => matches(executor, name), PATIENCE_MS);

  it(
    'so does one through tiles and shares, which a software adapter does not choose',
    () => matches(tiled, 'anatomist'),
    PATIENCE_MS,
  );

  it('leaves nothing on the device', () => {
    expect(executor.memory()).toEqual({ tensors: 0, bytes: 0 });
    expect(tiled.memory()).toEqual({ tensors: 0, bytes: 0 });
  });
});
