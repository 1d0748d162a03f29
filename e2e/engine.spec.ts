import { expect, test } from '@playwright/test';
import { describeGoldens } from './engine/goldens';
import { check, expectKind } from './engine/harness';

const OURS = { backend: 'wasm', kernels: 'simd' } as const;
const TFJS = { backend: 'wasm', kernels: 'tfjs' } as const;

test.describe('our kernels on the CPU in Chromium', () => {
  const open = describeGoldens(OURS, 2e-5);

  test('has threads, for the page is isolated, and says so', async ({ page }) => {
    await open(page);
    const { report, isolated } = expectKind(await check(page, { kind: 'select' }), 'selection');
    expect(isolated).toBe(true);
    expect([report.chosen, report.kernels]).toEqual(['wasm', 'simd']);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const threads = Math.min(cores, 8);
    expect(report.candidates[0]?.device).toBe(`CPU, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`);
    expect(report.candidates[0]?.calibration?.gigaflops).toBeGreaterThan(0.1);
    expect(report.candidates[1]?.note).toMatch(/WebGPU/);
  });

  test('stops a run when its worker is told to', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'cancel', ...OURS })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });

  for (const threads of [1, 2])
    test(`computes convolutions at a usable speed on ${String(threads)} of its threads`, async ({ page }) => {
      await open(page);
      const answer = expectKind(await check(page, { kind: 'speed', threads, ...OURS }), 'speed');
      expect(answer.device).toBe(`CPU, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`);
      test
        .info()
        .annotations.push({ type: 'speed', description: `${answer.device}: ${answer.gigaflops.toFixed(1)} GFLOP/s` });
      expect(answer.gigaflops).toBeGreaterThan(0.2);
    });

  test('go on to the same bits when a thread is ended or fails in the middle', async ({ page }) => {
    await open(page);
    const { devices, same } = expectKind(await check(page, { kind: 'lost-helpers' }), 'threads');
    expect(devices).toEqual(Array.from({ length: 3 }, () => 'CPU, 2 threads'));
    expect(same).toBe(true);
  });

  test('give the same bits on any number of threads, whatever else runs', async ({ page }) => {
    await open(page);
    for (const threads of [2, 5]) {
      const { devices, same } = expectKind(await check(page, { kind: 'threads', threads }), 'threads');
      expect(devices).toEqual(['CPU, 1 thread', `CPU, ${String(threads)} threads`]);
      expect(same).toBe(true);
    }
  });
});

test.describe('tfjs on the CPU in Chromium, the last resort', () => {
  const open = describeGoldens(TFJS, 2e-5);

  test('stops a run when its worker is told to', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'cancel', ...TFJS })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });

  test('computes on two threads', async ({ page }) => {
    await open(page);
    const answer = expectKind(await check(page, { kind: 'speed', threads: 2, ...TFJS }), 'speed');
    expect(answer.device).toBe('CPU, 2 threads');
  });
});
