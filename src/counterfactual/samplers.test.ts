import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeTokens } from '../findings/tokens';
import { LATENT_CHANNELS, LATENT_LENGTH } from '../networks/typed';
import { generateInside, guidedVelocities } from './guidance';
import { inpaint } from './inpaint';
import { gaussianNoise } from './random';
import { sampleTimes } from './schedule';
import { fakeDenoiser, fakeWorld } from './testing/fakes';
import { twinFlow, type TwinFlow } from './twinFlow';

// The machine that tests may be busy training.
vi.setConfig({ testTimeout: 60_000 });

const latent = gaussianNoise(5, 0, 0, LATENT_LENGTH);
const noise = (step: number, draw: number): Float32Array => gaussianNoise(11, step, draw, LATENT_LENGTH);
const mild = fakeWorld(encodeTokens({ left_lower: { lung_opacity: 1 } }));
const severe = fakeWorld(encodeTokens({ left_lower: { lung_opacity: 3 } }));

/** The lower right quarter of the grid. */
const quarter = Float32Array.from({ length: 1024 }, (_, cell) => (cell % 32 >= 16 && cell >= 512 ? 1 : 0));

function flow(changes: Partial<TwinFlow> = {}): TwinFlow {
  return {
    latent,
    mask: quarter,
    source: mild,
    target: severe,
    guidance: 4,
    times: sampleTimes(6, 0.9),
    averages: 1,
    noise,
    ...changes,
  };
}

const differing = (one: Float32Array, other: Float32Array): number[] =>
  [...one.keys()].filter((index) => one[index] !== other[index]);
const inside = (index: number): boolean => quarter[Math.floor(index / LATENT_CHANNELS)] === 1;

/** Largest distance of a value from what it should be. */
const farthest = (values: Float32Array, expected: (index: number) => number): number =>
  values.reduce((most, value, index) => Math.max(most, Math.abs(value - expected(index))), 0);

describe('sampleTimes', () => {
  it('falls from the start to 0, uniformly or denser near the start', () => {
    expect(sampleTimes(4, 0.8)).toEqual([0.8, 0.6000000000000001, 0.4, 0.2, 0]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (steps, start, shift) => {
          const times = sampleTimes(steps, start, shift);
          expect(times).toHaveLength(steps + 1);
          expect(times[0]).toBeCloseTo(start, 12);
          expect(times.at(-1)).toBe(0);
          times.slice(1).forEach((time, index) => expect(time).toBeLessThan(times[index] ?? 0));
        },
      ),
    );
    expect(sampleTimes(2, 1, 3)[1]).toBeCloseTo(0.75);
  });
});

describe('guidance', () => {
  it('runs all branches in one call: two rows for a guided branch, one for a plain one', async () => {
    const denoiser = fakeDenoiser();
    await guidedVelocities(denoiser, 0.5, [
      { latent, world: severe, guidance: 4 },
      { latent, world: mild, guidance: 1 },
    ]);
    expect(denoiser.batches.map((batch) => batch.length)).toEqual([3]);
    expect(denoiser.batches[0]?.[1]?.tokens.every((value) => value === 0)).toBe(true);
  });

  it('extrapolates from the empty statement', async () => {
    const denoiser = fakeDenoiser(({ tokens }) =>
      new Float32Array(LATENT_LENGTH).fill(tokens.some((value) => value > 0) ? 3 : 1),
    );
    const [velocity] = await guidedVelocities(denoiser, 0.5, [{ latent, world: severe, guidance: 4 }]);
    expect(velocity?.[0]).toBe(9);
  });
});

describe('twin flow', () => {
  it('guides away from what is seen, three rows a step', async () => {
    const denoiser = fakeDenoiser();
    await twinFlow(denoiser, flow());
    const [asked, away, seen] = denoiser.batches[0] ?? [];
    expect(denoiser.batches.every((batch) => batch.length === 3)).toBe(true);
    expect([asked?.tokens, away?.tokens, seen?.tokens]).toEqual([severe.tokens, mild.tokens, mild.tokens]);
    expect(away?.latent).toBe(asked?.latent);
  });

  it('returns z exactly when both worlds are the same, however strong the guidance', async () => {
    for (const guidance of [1, 4, 12]) {
      const e = await twinFlow(fakeDenoiser(), flow({ target: mild, guidance }));
      expect(e).toEqual(latent);
    }
  });

  it('keeps z outside the mask at every step', async () => {
    const strays: number[] = [];
    let steps = 0;
    const e = await twinFlow(fakeDenoiser(), flow(), {
      onStep: ({ estimate }) => {
        steps += 1;
        strays.push(...differing(estimate, latent).filter((index) => !inside(index)));
      },
    });
    expect(steps).toBe(6);
    expect(strays).toEqual([]);
    expect(differing(e, latent).some(inside)).toBe(true);
  });

  it('moves by the time integral of the difference of two constant velocities', async () => {
    const denoiser = fakeDenoiser(({ tokens }) =>
      new Float32Array(LATENT_LENGTH).fill(tokens === severe.tokens ? -2 : 1),
    );
    const e = await twinFlow(denoiser, flow({ guidance: 1, averages: 3 }));
    expect(farthest(e, (index) => (latent[index] ?? 0) + (inside(index) ? 0.9 * 3 : 0))).toBeLessThan(1e-5);
  });

  it('estimates the end from the first step on: exactly, where the velocities stay what they are', async () => {
    const denoiser = fakeDenoiser(({ tokens }) =>
      new Float32Array(LATENT_LENGTH).fill(tokens === severe.tokens ? -2 : 1),
    );
    const misses: number[] = [];
    const behind: number[] = [];
    await twinFlow(denoiser, flow({ guidance: 1 }), {
      onStep: ({ latent: e, estimate }) => {
        const end = (index: number): number => (latent[index] ?? 0) + (inside(index) ? 0.9 * 3 : 0);
        misses.push(farthest(estimate, end));
        behind.push(farthest(e, end));
      },
    });
    expect(Math.max(...misses)).toBeLessThan(1e-5);
    expect(behind[0]).toBeCloseTo(0.75 * 3, 4);
    expect(behind.at(-1)).toBeLessThan(1e-5);
  });

  it('gives the same latent for the same seed and another for another', async () => {
    const bent = (): ReturnType<typeof fakeDenoiser> =>
      fakeDenoiser(({ latent: z, tokens }) => z.map((value) => Math.sin(3 * value) * (1 + (tokens[160] ?? 0))));
    const one = await twinFlow(bent(), flow());
    expect(await twinFlow(bent(), flow())).toEqual(one);
    expect(
      differing(
        await twinFlow(bent(), flow({ noise: (step, draw) => gaussianNoise(12, step, draw, LATENT_LENGTH) })),
        one,
      ),
    ).not.toEqual([]);
  });

  it('stops between steps when cancelled', async () => {
    const controller = new AbortController();
    const denoiser = fakeDenoiser();
    const run = twinFlow(denoiser, flow(), {
      signal: controller.signal,
      onStep: ({ step }) => {
        if (step === 2) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled', name: 'AbortError' });
    expect(denoiser.batches).toHaveLength(2);
  });
});

describe('inpainting', () => {
  const target = { ...severe, inpaint: generateInside(quarter, latent) };
  const start = noise(0, 0);

  it('reaches what a straight flow points at inside the mask, and keeps z outside', async () => {
    const denoiser = fakeDenoiser(() => start.map((value) => value - 0.5));
    const e = await inpaint(denoiser, {
      latent,
      mask: quarter,
      target,
      guidance: 1,
      times: sampleTimes(8, 1),
      noise: start,
    });
    expect(farthest(e, (index) => (inside(index) ? 0.5 : (latent[index] ?? 0)))).toBeLessThan(1e-5);
    expect(differing(e, latent).every(inside)).toBe(true);
  });

  it('shows the denoiser the source on its noisy path outside the mask, at every step', async () => {
    const denoiser = fakeDenoiser();
    const times = sampleTimes(4, 1);
    await inpaint(denoiser, { latent, mask: quarter, target, guidance: 1, times, noise: start });
    denoiser.batches.forEach((batch, step) => {
      const time = times[step] ?? 0;
      const shown = batch[0]?.latent ?? new Float32Array();
      const path = (index: number): number => (1 - time) * (latent[index] ?? 0) + time * (start[index] ?? 0);
      expect(farthest(shown, (index) => (inside(index) ? (shown[index] ?? 0) : path(index)))).toBeLessThan(1e-5);
    });
  });

  it('tells the denoiser what is known only outside the mask', () => {
    const known = generateInside(quarter, latent);
    for (const cell of [0, 31, 1023]) {
      const row = [...known.slice(cell * 9, cell * 9 + 9)];
      const clean = [...latent.slice(cell * LATENT_CHANNELS, (cell + 1) * LATENT_CHANNELS)];
      const masked = quarter[cell] === 1;
      expect(row.map((value) => value + 0)).toEqual(masked ? [1, 0, 0, 0, 0, 0, 0, 0, 0] : [0, ...clean]);
    }
  });

  it('stops when cancelled', async () => {
    const run = inpaint(
      fakeDenoiser(),
      { latent, mask: quarter, target, guidance: 2, times: sampleTimes(4, 1), noise: start },
      { signal: AbortSignal.abort() },
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});
