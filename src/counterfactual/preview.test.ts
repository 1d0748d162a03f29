import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PreviewBudget, previewImage } from './preview';

/** Steps after which a preview is shown when a step takes `step` and a decoding `decode` milliseconds; and what they took. */
function run(
  steps: number,
  step: number,
  decode: number,
): { readonly shown: readonly number[]; readonly sampling: number; readonly previews: number } {
  const budget = new PreviewBudget(steps, 1000);
  const shown: number[] = [];
  let now = 1000;
  for (let at = 1; at <= steps; at++) {
    now += step;
    if (!budget.affords(at, now)) continue;
    now += decode;
    budget.record(at, decode);
    shown.push(at);
  }
  return { shown, sampling: steps * step, previews: shown.length * decode };
}

describe('previews', () => {
  it('begin within the first third on a slow device and take no more than 15 % of its time', () => {
    // Twelve steps of the denoiser and one decoding on WebAssembly with two threads.
    const { shown, sampling, previews } = run(12, 1050, 600);
    expect(shown[0]).toBeLessThanOrEqual(4);
    expect(shown).toHaveLength(3);
    expect(previews / (sampling + previews)).toBeLessThanOrEqual(0.15);
  });

  it('are spread over the steps instead of bunched at the beginning', () => {
    const { shown } = run(12, 1050, 600);
    expect(shown.at(-1)).toBeGreaterThanOrEqual(8);
  });

  it('follow every step from the first one where decoding costs next to nothing', () => {
    expect(run(12, 100, 1).shown).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('keep to their share of the time, but for the first, whatever the device', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 50 }),
        fc.double({ min: 1, max: 5000, noNaN: true }),
        fc.double({ min: 0.1, max: 5000, noNaN: true }),
        (steps, step, decode) => {
          const { shown, sampling, previews } = run(steps, step, decode);
          expect(shown[0]).toBeLessThanOrEqual(steps / 3);
          expect(shown.at(-1)).toBeLessThan(steps);
          if (shown.length > 1) expect(previews).toBeLessThanOrEqual(0.15 * sampling + 1e-6);
        },
      ),
    );
  });

  it('show the change inside the mask and the radiograph elsewhere', () => {
    const image = new Float32Array(65_536).fill(-0.5);
    const mask = new Float32Array(65_536);
    mask[7] = 1;
    const brighter = new Float32Array(65_536).fill(0.5);
    const preview = previewImage(image, new Float32Array(65_536), brighter, mask);
    expect([preview[6], preview[7]]).toEqual([64, 128]);
  });
});
