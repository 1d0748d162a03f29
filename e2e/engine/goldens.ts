/** The golden checks, the same for every executor. */

import { expect, test, type Page } from '@playwright/test';
import { modelNames, modelTolerance } from '../../src/engine/testing/model-files';
import { check, expectKind, serveEngineCheck } from './harness';
import type { Runtime } from './protocol';
import type { Site } from './site';

/**
 * Declares the tests; returns how to open the check page in further ones.
 * @param networks whose goldens are computed; all unless given
 */
export function describeGoldens(
  runtime: Runtime,
  operatorTolerance: number,
  networks: readonly string[] = modelNames(),
): (page: Page) => Promise<void> {
  let site: Site;
  test.beforeAll(async () => {
    site = await serveEngineCheck();
  });
  test.afterAll(() => site.close());
  const open = async (page: Page) => {
    await page.goto(site.url);
  };

  test('every op does what PyTorch does, and nothing stays behind', async ({ page }) => {
    await open(page);
    const { results, tensorsLeft } = expectKind(await check(page, { kind: 'operators', ...runtime }), 'goldens');
    expect(results.length).toBeGreaterThan(50);
    const wrong = results.filter(({ maxError }) => !(maxError['result']! < operatorTolerance));
    expect(wrong).toEqual([]);
    expect(tensorsLeft).toBe(0);
  });

  for (const name of networks)
    test(`${name} gives what PyTorch gave`, async ({ page }) => {
      await open(page);
      const { results, device, tensorsLeft } = expectKind(
        await check(page, { kind: 'network', name, ...runtime }),
        'goldens',
      );
      const errors = Object.entries(results[0]!.maxError);
      test.info().annotations.push({
        type: name,
        description: `${device}, ${results[0]!.milliseconds.toFixed(0)} ms, ${JSON.stringify(errors)}`,
      });
      expect(errors.length).toBeGreaterThan(0);
      const tolerance = modelTolerance(name);
      for (const [output, error] of errors) expect(error, output).toBeLessThan(tolerance(output));
      expect(tensorsLeft).toBe(0);
    });

  return open;
}
