import { expect, test } from '@playwright/test';
import { describeGoldens } from './engine/goldens';
import { check, expectKind } from './engine/harness';

const TFJS = { backend: 'webgpu', kernels: 'tfjs' } as const;
const OURS = { backend: 'webgpu', kernels: 'wgsl' } as const;

test.describe('tfjs on WebGPU in Chromium', () => {
  // A software adapter computes less than 1 GFLOP/s, and the decoder alone is many.
  test.setTimeout(1_200_000);
  const open = describeGoldens(TFJS, 2e-4);

  test('is left for wasm by the measurement, where the adapter is software', async ({ page }) => {
    await open(page);
    const { report } = expectKind(await check(page, { kind: 'select' }), 'selection');
    expect(report.chosen).toBe('wasm');
    const webgpu = report.candidates.find(({ backend }) => backend === 'webgpu');
    // Measured and slower, or given up; but not missing.
    expect(webgpu?.calibration?.milliseconds ?? webgpu?.note).toBeTruthy();
    expect(webgpu?.note ?? '').not.toMatch(/does not offer|no graphics adapter/);
    test.info().annotations.push({ type: 'selection', description: JSON.stringify(report) });
  });

  test('says that the device was lost', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'device-loss', ...TFJS })).toMatchObject({ kind: 'failure', code: 'device-lost' });
  });
});

test.describe('our kernels on WebGPU in Chromium', () => {
  test.setTimeout(1_200_000);
  const open = describeGoldens(OURS, 2e-5);

  test('say that the device was lost', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'device-loss', ...OURS })).toMatchObject({ kind: 'failure', code: 'device-lost' });
  });

  test('stop between two submissions when their worker is told to', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'cancel', ...OURS })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });
});
