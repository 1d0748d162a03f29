import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test.describe('the benchmark’s page', () => {
  test('times one network by keyboard where there is no GPU, and saves what it measured', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/bench.html');
    const start = page.getByRole('button', { name: 'Start' });
    await expect(start).toBeVisible();
    expect(asked.filter((path) => path.startsWith('/models/'))).toEqual([]);
    await start.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toHaveText('Finished.');
    await expect(page.getByRole('row', { name: 'anatomist Counterpart on WebAssembly' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Not measured' })).toContainText(
      /Counterpart on WebGPU: .*\(anatomist\)/,
    );
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save results' }).press('Enter');
    const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
      networks: { engines: Record<string, { medianMs?: number; maxError?: number; error?: string }> }[];
    };
    const engines = saved.networks[0]?.engines ?? {};
    expect(engines['simd-wasm']?.medianMs).toBeGreaterThan(0);
    expect(engines['simd-wasm']?.maxError).toBeLessThan(0.02);
    expect(engines['wgsl']?.error).toBeTruthy();
  });

  test('is cancelled while it measures, and can be started again', async ({ page }) => {
    await page.goto('/bench.html');
    await page.getByRole('radio', { name: /All networks and whole edits/ }).check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('status')).toHaveText(/^Cancelled/);
    await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
  });

  test('is reached from the diagnostics', async ({ page, context }) => {
    await page.goto('/');
    // Keys are heard once the page has mounted.
    await expect(page.getByTestId('adapter-badge')).toBeVisible();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await expect(palette).toBeVisible();
    await page.keyboard.type('Diagnostics');
    await expect(palette.getByRole('option', { name: /Diagnostics/ }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: /Time the networks/ }).click();
    await expect((await opened).getByRole('heading', { name: 'Benchmark' })).toBeVisible();
  });
});
