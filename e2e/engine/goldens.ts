/** The golden checks, the same on either backend. */

import { expect, test, type Page } from '@playwright/test';
import type { BackendName } from '../../src/engine';
import { modelNames, modelTolerance } from '../../src/engine/testing/model-files';
import { check, expectKind, serveEngineCheck } from './harness';
import type { Site } from './site';

/** Declares the tests; returns how to open the check page in further ones. */
export function describeGoldens(backend: BackendName, operatorTolerance: number): (page: Page) => Promise<void> {
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
    const { results, tensorsLeft } = expectKind(await check(page, { kind: 'operators', backend }), 'goldens');
    expect(results.length).toBeGreaterThan(50);
    const wrong = results.filter(({ maxError }) => !(maxError['result']! < operatorTolerance));
    expect(wrong).toEqual([]);
    expect(tensorsLeft).toBe(0);
  });

  for (const name of modelNames())
    test(`${name} gives what PyTorch gave`, async ({ page }) => {
      await open(page);
      const { results, device, tensorsLeft } = expectKind(
        await check(page, { kind: 'network', backend, name }),
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
