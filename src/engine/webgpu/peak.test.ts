// @vitest-environment node
import { afterAll, describe, expect, it } from 'vitest';
import { dawn, whyNoAdapter } from '../testing/dawn';
import { leaseDevice } from './device';
import { MATMUL_VARIANTS, matmulShader, measureMatmulPeak, nameOf } from './peak';

const gpu = await dawn();

describe.skipIf(!gpu)(`the adapter's matrix peak${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  const lease = gpu && leaseDevice(gpu);
  afterAll(async () => (await lease)?.release());

  it.each(MATMUL_VARIANTS.map((variant) => [nameOf(variant), variant] as const))(
    'is right by %s',
    async (name, variant) => {
      const { device } = await lease!;
      const peak = await measureMatmulPeak(device, { variants: [variant], now: clock(10) });
      expect(peak).toMatchObject({ variant: name, size: 256 });
      // 2 · 256³ operations in the 10 ms that the clock pretends.
      expect(peak.gigaflops).toBeCloseTo(3.355, 2);
    },
  );

  it('tries a larger product where one is too short to time', async () => {
    const { device } = await lease!;
    const variants = MATMUL_VARIANTS.slice(1, 2);
    // Each of the first five products seems to take a millisecond, each later one ten.
    const peak = await measureMatmulPeak(device, { variants, now: clock(1, 10) });
    expect(peak.size).toBe(512);
  });

  it('is told when a kernel is wrong', async () => {
    const { device } = await lease!;
    const original = device.createShaderModule.bind(device);
    const wrong = ({ code, ...rest }: GPUShaderModuleDescriptor) =>
      original({ ...rest, code: code.replaceAll('+= a0', '-= a0') });
    device.createShaderModule = wrong;
    try {
      await expect(measureMatmulPeak(device, { variants: MATMUL_VARIANTS.slice(0, 1) })).rejects.toMatchObject({
        code: 'backend-failed',
      });
    } finally {
      device.createShaderModule = original;
    }
  });
});

/** Advances between the two readings of each try: by the first number for five tries, then by the last. */
function clock(...steps: number[]): () => number {
  let readings = 0;
  let time = 0;
  return () => {
    const attempt = Math.floor(readings / 2 / 5);
    if (readings++ % 2 === 1) time += steps[Math.min(attempt, steps.length - 1)]!;
    return time;
  };
}

describe('the kernels of the matrix peak', () => {
  it('stay within what every adapter has', () => {
    for (const { across, down, rows, columns, depth } of MATMUL_VARIANTS) {
      expect(across * down).toBeLessThanOrEqual(256);
      expect(16 * depth * (down * rows + across * columns)).toBeLessThanOrEqual(16384);
    }
  });

  it('divide the smallest product evenly', () => {
    for (const variant of MATMUL_VARIANTS) {
      expect(256 % (4 * variant.columns * variant.across)).toBe(0);
      expect(256 % (4 * variant.rows * variant.down)).toBe(0);
      expect(matmulShader(variant, 256)).toContain(`@workgroup_size(${variant.across}, ${variant.down})`);
    }
  });
});
