// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowerGraph } from '../../graph/lower';
import { parseGraph } from '../../graph/parse';
import { splitProducts } from '../../graph/split';
import { MODELS, modelNames } from '../../testing/model-files';
import { winogradProducts, winogradSide } from '../../graph/winograd-products';
import { DEFAULT_SCHEDULE, TILES } from '../schedule';
import { kernelFor } from './index';

function lowered(name: string, batch: number) {
  return lowerGraph(parseGraph(JSON.parse(readFileSync(join(MODELS, name, 'graph.json'), 'utf8'))), batch);
}

/** @param parts in how many shares products are computed, or by Winograd's where that can be done */
function dispatches(name: string, batch: number, parts: number | 'transformed') {
  const program =
    parts === 'transformed'
      ? winogradProducts(lowered(name, batch), winogradSide)
      : splitProducts(lowered(name, batch), () => parts);
  const choice = { tile: TILES['direct 4x2'], precision: 'half' } as const;
  return program.operations.map((operation) => kernelFor(operation, () => choice));
}

describe('shaders of the shipped networks', () => {
  it.each(modelNames())('%s: are the same for every batch above one, so that nothing is compiled anew', (name) => {
    for (const parts of [1, 3, 'transformed'] as const)
      expect(dispatches(name, 5, parts).map(({ code }) => code)).toEqual(
        dispatches(name, 2, parts).map(({ code }) => code),
      );
  });

  it.each(modelNames())(
    '%s: bind at most eight storage buffers, and dispatch at most 65,535 workgroups an axis',
    (name) => {
      for (const parts of [2, 'transformed'] as const)
        for (const { bindings, workgroups, label } of dispatches(name, 4, parts)) {
          expect(bindings.length, label).toBeLessThanOrEqual(8);
          expect(Math.max(...workgroups), label).toBeLessThanOrEqual(65535);
        }
    },
  );

  it.each(['encoder', 'decoder'])('%s: takes less than a third of the arithmetic where it is transformed', (name) => {
    const costOf = (parts: 1 | 'transformed') =>
      dispatches(name, 1, parts).reduce((total, { cost }) => total + cost, 0);
    expect(costOf('transformed') / costOf(1)).toBeLessThan(1 / 3);
  });
});

describe('the default schedule', () => {
  it('shares a result among more workgroups the smaller it is, and leaves large ones whole', () => {
    const products = lowered('denoiser', 1).operations.filter((operation) => operation.kind === 'product');
    const byRows = (rows: number) =>
      products
        .filter(({ write, window }) => window.height === 3 && write.shape[1] === rows)
        .map((product) => DEFAULT_SCHEDULE.parts(product));
    expect(Math.min(...byRows(8))).toBeGreaterThan(Math.max(...byRows(32)));
    const [large] = lowered('decoder', 4)
      .operations.filter((operation) => operation.kind === 'product')
      .slice(-3);
    expect(DEFAULT_SCHEDULE.parts(large!)).toBe(1);
  });
});
