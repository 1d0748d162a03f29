// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowerGraph } from '../../graph/lower';
import { parseGraph } from '../../graph/parse';
import { splitProducts } from '../../graph/split';
import { MODELS, modelNames } from '../../testing/model-files';
import { DEFAULT_SCHEDULE, TILES } from '../schedule';
import { kernelFor } from './index';

function dispatches(name: string, batch: number, parts: number) {
  const graph = parseGraph(JSON.parse(readFileSync(join(MODELS, name, 'graph.json'), 'utf8')));
  const program = splitProducts(lowerGraph(graph, batch), () => parts);
  const choice = { tile: TILES['direct 4x2'], precision: 'half' } as const;
  return program.operations.map((operation) => kernelFor(operation, () => choice));
}

describe('shaders of the shipped networks', () => {
  it.each(modelNames())('%s: are the same for every batch above one, so that nothing is compiled anew', (name) => {
    for (const parts of [1, 3])
      expect(dispatches(name, 5, parts).map(({ code }) => code)).toEqual(
        dispatches(name, 2, parts).map(({ code }) => code),
      );
  });

  it.each(modelNames())(
    '%s: bind at most eight storage buffers, and dispatch at most 65,535 workgroups an axis',
    (name) => {
      for (const { bindings, workgroups, label } of dispatches(name, 4, 2)) {
        expect(bindings.length, label).toBeLessThanOrEqual(8);
        expect(Math.max(...workgroups), label).toBeLessThanOrEqual(65535);
      }
    },
  );
});

describe('the default schedule', () => {
  it('shares a result among more workgroups the smaller it is, and leaves large ones whole', () => {
    const graph = parseGraph(JSON.parse(readFileSync(join(MODELS, 'denoiser', 'graph.json'), 'utf8')));
    const products = lowerGraph(graph, 1).operations.filter((operation) => operation.kind === 'product');
    const byRows = (rows: number) =>
      products
        .filter(({ write, window }) => window.height === 3 && write.shape[1] === rows)
        .map((product) => DEFAULT_SCHEDULE.parts(product));
    expect(Math.min(...byRows(8))).toBeGreaterThan(Math.max(...byRows(32)));
    const decoder = parseGraph(JSON.parse(readFileSync(join(MODELS, 'decoder', 'graph.json'), 'utf8')));
    const [large] = lowerGraph(decoder, 4)
      .operations.filter((operation) => operation.kind === 'product')
      .slice(-3);
    expect(DEFAULT_SCHEDULE.parts(large!)).toBe(1);
  });
});
