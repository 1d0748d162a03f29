// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from './executor';
import { compareWithGoldens, maxAbsoluteError } from './golden';
import { OP_NAMES } from './graph/parse';
import { manifestNetworks, MODELS, modelNames, modelTolerance, readModel } from './testing/model-files';
import { operatorCases } from './testing/operator-cases';
import { createTfjsExecutor } from './tfjs/executor';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const cases = operatorCases(JSON.parse(fixture('operators.json').toString('utf8')), fixture('operators.safetensors'));

let executor: Executor;
beforeAll(async () => {
  executor = await createTfjsExecutor('wasm');
});
afterAll(() => executor.dispose());

describe('every op does what PyTorch does (wasm)', () => {
  it('has a case for every op of the format', () => {
    const covered = new Set(cases.flatMap(({ graph }) => graph.nodes.map((node) => node.op)));
    expect([...OP_NAMES].filter((op) => !covered.has(op))).toEqual([]);
  });

  it.each(cases.map((entry) => [entry.graph.name, entry] as const))('%s', async (_, { graph, weights, goldens }) => {
    const { maxError } = await compareWithGoldens(executor, graph, weights, goldens);
    expect(maxError.result).toBeLessThan(2e-5);
  });
});

describe('every shipped network gives what PyTorch gave (wasm)', () => {
  it('lists no network in the manifest without its goldens, and leaves none out', () => {
    const listed = manifestNetworks();
    expect(listed.filter(({ goldens }) => !existsSync(goldens)).map(({ name }) => name)).toEqual([]);
    if (existsSync(join(MODELS, 'manifest.json')))
      expect(modelNames()).toEqual(listed.map(({ folder }) => folder).sort());
  });

  for (const name of modelNames())
    it(
      name,
      async () => {
        const { graph, weights, goldens } = readModel(name);
        const { maxError } = await compareWithGoldens(executor, graph, weights, goldens);
        const tolerance = modelTolerance(name);
        for (const [output, error] of Object.entries(maxError)) expect(error, output).toBeLessThan(tolerance(output));
      },
      120_000,
    );
});

describe('the comparison itself', () => {
  const tensor = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

  it('finds the largest difference wherever it is', () => {
    expect(maxAbsoluteError(tensor(1, 2, 3), tensor(1, 2.5, 2.75), 'x')).toBe(0.5);
  });

  it('never passes a NaN or another shape', () => {
    expect(maxAbsoluteError(tensor(Number.NaN), tensor(1), 'x')).toBe(Number.POSITIVE_INFINITY);
    expect(maxAbsoluteError(tensor(1), tensor(Number.NaN), 'x')).toBe(Number.POSITIVE_INFINITY);
    expect(() => maxAbsoluteError(tensor(1, 2), tensor(1), 'x')).toThrow(/expected \[1\]/);
  });

  it('sees a wrong weight', async () => {
    const [{ graph, weights, goldens }] = cases as [(typeof cases)[0]];
    const damaged = new Map(weights).set('bias', { shape: [5], data: new Float32Array(5).fill(9) });
    const { maxError } = await compareWithGoldens(executor, graph, damaged, goldens);
    expect(maxError.result).toBeGreaterThan(1);
  });
});
