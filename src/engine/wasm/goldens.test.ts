// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../executor';
import { compareWithGoldens } from '../golden';
import { modelNames, modelTolerance, readModel } from '../testing/model-files';
import { operatorCases } from '../testing/operator-cases';
import { createWasmExecutor } from './executor';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));
const cases = operatorCases(JSON.parse(fixture('operators.json').toString('utf8')), fixture('operators.safetensors'));

describe('our kernels on the CPU', () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createWasmExecutor();
  });
  afterAll(() => executor.dispose());

  it.each(cases.map((entry) => [entry.graph.name, entry] as const))(
    'every op does what PyTorch does: %s',
    async (_, { graph, weights, goldens }) => {
      const { maxError } = await compareWithGoldens(executor, graph, weights, goldens);
      expect(maxError.result).toBeLessThan(2e-5);
    },
  );

  for (const name of modelNames())
    it(`${name} gives what PyTorch gave`, async () => {
      const { graph, weights, goldens } = readModel(name);
      const { maxError } = await compareWithGoldens(executor, graph, weights, goldens);
      const tolerance = modelTolerance(name);
      for (const [output, error] of Object.entries(maxError)) expect(error, output).toBeLessThan(tolerance(output));
    });

  it('keeps nothing', () => {
    expect(executor.memory()).toEqual({ tensors: 0, bytes: 0 });
  });
});
