/** Holds the samplers to the Python reference (training/counterpart_training/sampling.py), step for step. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { REGIONS, type Region } from '../findings/vocabulary';
import { TOKEN_WIDTH } from '../findings/tokens';
import { INPAINT_CHANNELS, LATENT_CHANNELS, type DenoiserInput } from '../networks/typed';
import { composeGrid } from './compose';
import { boundsAround, expectedLatent, fitGrey, greyOf, smoothed } from './bounds';
import { generateEverything, generateInside, type World } from './guidance';
import { inpaint } from './inpaint';
import { flowFromTwins, flowInPasses, remaining, type Worlds } from './passes';
import { mixNoise } from './noise';
import { sampleTimes } from './schedule';
import { editScore } from './search/score';
import { searchNoise } from './search/searchNoise';
import { fakeDenoiser } from './testing/fakes';
import { twinFlow } from './twinFlow';

const values = z.pipe(
  z.array(z.number()),
  z.transform((numbers) => Float32Array.from(numbers)),
);
const settings = { steps: z.number(), start: z.number(), shift: z.number(), guidance: z.number() };
const sides = z.object({ low: values, high: values });
const asked = z.array(z.object({ time: z.number(), latent: values }));
const stageSchema = z.object({
  ...settings,
  passes: z.number(),
  averages: z.number(),
  grade: z.number(),
  mask: values,
  asked_noises: z.array(values),
  noises: z.array(values),
  result: values,
});

/** Written by `python -m counterpart_training.export.sampler_goldens`, which training/tests holds to the reference. */
const goldens = z
  .object({
    latent: values,
    mask: values,
    regions: values,
    context: values,
    source: values,
    target: values,
    everything: values,
    times: z.array(z.object({ steps: z.number(), start: z.number(), shift: z.number(), times: z.array(z.number()) })),
    twinFlow: z.object({ ...settings, averages: z.number(), noises: z.array(values), asked, result: values }),
    bounds: z.object({
      image: values,
      noises: z.array(values),
      overshoot: z.number(),
      undershoot: z.number(),
      lowered: sides,
      raised: sides,
      asked,
      result: values,
    }),
    inpaint: z.object({ ...settings, noise: values, asked, result: values }),
    twins: z.object({
      ...settings,
      passes: z.number(),
      averages: z.number(),
      mask: values,
      noises: z.array(values),
      twin: z.number(),
      repeatAbove: z.number(),
      remaining: z.array(z.number()),
      asked,
      result: values,
    }),
    mixed: z.object({ scale: z.number(), soft: values, clearing: stageSchema, adding: stageSchema, asked }),
    search: z.object({
      start: values,
      goal: values,
      rounds: z.number(),
      candidates: z.number(),
      rho: z.number(),
      beta: z.number(),
      gamma: z.number(),
      fresh: z.array(values),
      shown: z.array(values),
      noise: values,
      score: z.number(),
      history: z.array(z.number()),
      evaluations: z.number(),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('testing/sampler-goldens.json', import.meta.url), 'utf8')));

/** float32 rounding of a few dozen operations on values of order ten. */
const TOLERANCE = 2e-5;

/** The reference's analytic field: see `Field` there. */
function field({ latent, time, tokens, regions, inpaint: known, context }: DenoiserInput): Float32Array {
  return latent.map((value, index) => {
    const cell = Math.floor(index / LATENT_CHANNELS);
    const channel = index % LATENT_CHANNELS;
    const stated = REGIONS.reduce(
      (sum, _, region) => sum + (tokens[region * TOKEN_WIDTH] ?? 0) * (regions[cell * REGIONS.length + region] ?? 0),
      0,
    );
    const own = Math.tanh(value) / 2 + (0.2 + 0.3 * time) * value - (1 + channel / 10) * stated;
    const conditioned =
      (known[cell * INPAINT_CHANNELS] ?? 0) / 4 + 0.15 * (known[cell * INPAINT_CHANNELS + 1 + channel] ?? 0);
    return own + conditioned + 0.1 * (context[channel] ?? 0);
  });
}

const { latent, mask, regions, context } = goldens;
const world = (tokens: Float32Array, known: Float32Array): World => ({ tokens, regions, inpaint: known, context });

function farthest(one: Float32Array, other: Float32Array): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] ?? NaN))), 0);
}

/** What the denoiser was asked, in order: where each integration stood at each time. */
function expectSameQuestions(batches: readonly (readonly DenoiserInput[])[], reference: z.infer<typeof asked>): void {
  const questions = batches.flat();
  expect(questions).toHaveLength(reference.length);
  questions.forEach((question, index) => {
    expect(question.time, `time of question ${String(index)}`).toBeCloseTo(reference[index]?.time ?? NaN, 6);
    const distance = farthest(question.latent, reference[index]?.latent ?? new Float32Array());
    expect(distance, `latent of question ${String(index)}`).toBeLessThan(TOLERANCE);
  });
}

const WIDTH = 3;

/** The reference's analytic decoder, reader and anatomist: see `Chest` there. */
function decoded(e: Float32Array): Float32Array {
  return goldens.bounds.image.map((_, pixel) => 1.6 * (e[cellAt(pixel) * LATENT_CHANNELS] ?? 0));
}

function cellAt(pixel: number): number {
  const across = 8 * WIDTH;
  return Math.floor(pixel / across / 8) * WIDTH + Math.floor((pixel % across) / 8);
}

function chestOpacity(e: Float32Array, soft: Float32Array): Float32Array {
  const image = composeGrid(goldens.bounds.image, decoded(latent), decoded(e), soft);
  const opacity = new Float32Array(mask.length);
  image.forEach((value, pixel) => (opacity[cellAt(pixel)] = (opacity[cellAt(pixel)] ?? 0) + (value + 1) / 128));
  return opacity;
}

function chestWorlds(
  e: Float32Array,
  within: Float32Array,
  place: Region,
  grade: number,
  soft: Float32Array = goldens.mixed.soft,
): Worlds {
  const opacity = chestOpacity(e, soft);
  const focus = REGIONS.indexOf('focus');
  const seen = regions.map((value, index) => {
    const cell = Math.floor(index / REGIONS.length);
    return index % REGIONS.length === focus ? (within[cell] ?? 0) : value * (1 - 0.4 * (opacity[cell] ?? 0));
  });
  const severity = (region: Region): number => {
    const weights = opacity.map((_, cell) => seen[cell * REGIONS.length + REGIONS.indexOf(region)] ?? 0);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Math.min(
      3,
      (goldens.mixed.scale * opacity.reduce((sum, value, cell) => sum + value * (weights[cell] ?? 0), 0)) / total,
    );
  };
  const tokens = (stated: Partial<Record<Region, number>>): Float32Array => {
    const all = new Float32Array(REGIONS.length * TOKEN_WIDTH);
    REGIONS.forEach((region, index) => {
      if (stated[region] === undefined) return;
      all[index * TOKEN_WIDTH] = stated[region] / 3;
      all[index * TOKEN_WIDTH + TOKEN_WIDTH / 2] = 1;
    });
    return all;
  };
  const read = { right_lower: severity('right_lower'), left_lower: severity('left_lower'), focus: severity('focus') };
  const inpaint = generateEverything().slice(0, within.length * INPAINT_CHANNELS);
  const shared = { regions: seen, inpaint, context };
  return {
    source: { ...shared, tokens: tokens(read) },
    target: { ...shared, tokens: tokens({ ...read, [place]: grade, focus: grade }) },
  };
}

async function mixedStage(
  denoiser: ReturnType<typeof fakeDenoiser>,
  from: Float32Array,
  stage: z.infer<typeof stageSchema>,
  place: Region,
): Promise<Float32Array> {
  const { grade, mask: within, noises, asked_noises: askedNoises, averages, start: maxTime, ...settings } = stage;
  const worlds = chestWorlds(from, within, place, grade);
  const grey = fitGrey(latent, goldens.bounds.image, WIDTH);
  const expected = await expectedLatent(
    denoiser,
    from,
    within,
    worlds.target,
    (ask) => askedNoises[ask] ?? new Float32Array(),
  );
  const there = smoothed(greyOf(grey, expected), within, WIDTH);
  const lowered = focusOf(worlds.target) < focusOf(worlds.source);
  return flowInPasses(denoiser, {
    ...settings,
    averages,
    maxTime,
    latent: from,
    mask: within,
    worlds,
    bounds: boundsAround(grey, there, greyOf(grey, from), lowered, goldens.bounds),
    noise: (step, draw) => noises[step * averages + draw] ?? new Float32Array(),
    again: (e) => Promise.resolve(chestWorlds(e, within, place, grade)),
  });
}

const focusOf = ({ tokens }: World): number => tokens[REGIONS.indexOf('focus') * TOKEN_WIDTH] ?? 0;

describe('the samplers and their reference in Python', () => {
  it('integrate over the same times', () => {
    for (const { steps, start, shift, times } of goldens.times) {
      const own = sampleTimes(steps, start, shift);
      expect(own).toHaveLength(times.length);
      own.forEach((time, index) => {
        expect(time).toBeCloseTo(times[index] ?? NaN, 12);
      });
    }
  });

  it('take the twin flow through the same latents, guided away from what is seen', async () => {
    const { steps, start, shift, guidance, averages, noises, result } = goldens.twinFlow;
    const denoiser = fakeDenoiser(field);
    const everything = generateEverything().slice(0, mask.length * INPAINT_CHANNELS);
    expect(everything).toEqual(goldens.everything);
    const e = await twinFlow(denoiser, {
      latent,
      mask,
      source: world(goldens.source, everything),
      target: world(goldens.target, everything),
      guidance,
      times: sampleTimes(steps, start, shift),
      averages,
      noise: (step, draw) => noises[step * averages + draw] ?? new Float32Array(),
    });
    expectSameQuestions(denoiser.batches, goldens.twinFlow.asked);
    expect(farthest(e, result)).toBeLessThan(TOLERANCE);
  });

  it('start from the healthy twin again while too much is left', async () => {
    const { mask: within, noises, twin, repeatAbove, averages, start: maxTime, ...own } = goldens.twins;
    const everywhere = new Float32Array(goldens.bounds.image.length).fill(1);
    const before = chestOpacity(latent, everywhere);
    const left: number[] = [];
    const denoiser = fakeDenoiser(field);
    const e = await flowFromTwins(denoiser, {
      ...own,
      averages,
      maxTime,
      latent,
      mask: within,
      before,
      repeatAbove,
      noise: (step) => noises[step] ?? new Float32Array(),
      again: (at) => Promise.resolve(chestWorlds(at, within, 'right_lower', 0, everywhere)),
      opacityOf: (at) => {
        const seen = chestOpacity(at, everywhere);
        left.push(remaining(before, seen, within, repeatAbove));
        return Promise.resolve(seen);
      },
      twinOf: (at, seen) =>
        Promise.resolve(
          at.map((value, index) => {
            const cell = Math.floor(index / LATENT_CHANNELS);
            return value - twin * (within[cell] ?? 0) * (seen[cell] ?? 0);
          }),
        ),
    });
    expect(left).toHaveLength(own.remaining.length);
    left.forEach((each, at) => {
      expect(each).toBeCloseTo(own.remaining[at] ?? NaN, 5);
    });
    // One pass of three is not made: little enough was left after the second.
    expect(left.map((each) => each > repeatAbove)).toEqual([true, false]);
    expectSameQuestions(denoiser.batches, own.asked);
    expect(farthest(e, own.result)).toBeLessThan(TOLERANCE);
  });

  it('hold guidance to the same bounds', async () => {
    const { image, noises, asked: reference, result } = goldens.bounds;
    const { steps, start, shift, guidance, averages } = goldens.twinFlow;
    const width = 3;
    const clear = world(goldens.source, new Float32Array());
    const expected = await expectedLatent(
      fakeDenoiser(field),
      latent,
      mask,
      clear,
      (ask) => noises[ask] ?? new Float32Array(),
    );
    const grey = fitGrey(latent, image, width);
    const there = smoothed(greyOf(grey, expected), mask, width);
    const around = (lowered: boolean) => boundsAround(grey, there, greyOf(grey, latent), lowered, goldens.bounds);
    const bounds = around(true);
    for (const [own, side] of [
      [bounds, goldens.bounds.lowered],
      [around(false), goldens.bounds.raised],
    ] as const) {
      expect(farthest(own.low, side.low)).toBeLessThan(TOLERANCE);
      expect(farthest(own.high, side.high)).toBeLessThan(TOLERANCE);
    }
    const denoiser = fakeDenoiser(field);
    const everything = generateEverything().slice(0, mask.length * INPAINT_CHANNELS);
    const flow = {
      latent,
      mask,
      source: world(goldens.target, everything),
      target: world(goldens.source, everything),
      guidance,
      times: sampleTimes(steps, start, shift),
      averages,
      noise: (step: number, draw: number) => goldens.twinFlow.noises[step * averages + draw] ?? new Float32Array(),
    };
    const e = await twinFlow(denoiser, { ...flow, bounds });
    expectSameQuestions(denoiser.batches, reference);
    expect(farthest(e, result)).toBeLessThan(TOLERANCE);
    // Else it would hold nothing of the bounds.
    expect(farthest(await twinFlow(fakeDenoiser(field), flow), result)).toBeGreaterThan(0.01);
  });

  it('clear in two bounded passes, then add in two, from what is read of the image by then', async () => {
    const { soft, clearing, adding, asked: reference } = goldens.mixed;
    const denoiser = fakeDenoiser(field);
    const cleared = await mixedStage(denoiser, latent, clearing, 'right_lower');
    expect(farthest(cleared, clearing.result)).toBeLessThan(TOLERANCE);
    expect(farthest(await mixedStage(denoiser, cleared, adding, 'left_lower'), adding.result)).toBeLessThan(TOLERANCE);
    expectSameQuestions(denoiser.batches, reference);
    // The image is past what a pixel can show, else it would hold nothing of how it is composed.
    const [before, after] = [decoded(latent), decoded(clearing.result)];
    expect(
      goldens.bounds.image.some(
        (value, pixel) => Math.abs(value + (soft[pixel] ?? 0) * ((after[pixel] ?? 0) - (before[pixel] ?? 0))) > 1,
      ),
    ).toBe(true);
  });

  it('inpaint through the same latents', async () => {
    const { steps, start, shift, guidance, noise, result } = goldens.inpaint;
    const denoiser = fakeDenoiser(field);
    const e = await inpaint(denoiser, {
      latent,
      mask,
      target: world(goldens.target, generateInside(mask, latent)),
      guidance,
      times: sampleTimes(steps, start, shift),
      noise,
    });
    expectSameQuestions(denoiser.batches, goldens.inpaint.asked);
    expect(farthest(e, result)).toBeLessThan(TOLERANCE);
  });
});

describe('the noise search and its reference in Python', () => {
  it('try the same noises, keep the same ones, and end with the same', async () => {
    const { start, goal, rounds, candidates, rho, beta, gamma, fresh, shown, ...reference } = goldens.search;
    const rendered: Float32Array[] = [];
    const found = await searchNoise<Float32Array, Float32Array>({
      start,
      rounds,
      candidates,
      neighbour: (best, trial) => mixNoise(best, fresh[trial - 1] ?? new Float32Array(), rho),
      render: (noise) => {
        const image = noise.map((value, index) => Math.tanh(value) + 0.1 * (noise.at(index - 1) ?? 0));
        rendered.push(image);
        return Promise.resolve(image);
      },
      score: (image) => {
        const logit = image.reduce((sum, value, index) => sum + value * (goal[index] ?? 0), 0);
        return editScore(logit, Math.abs(image[0] ?? 0), Math.max(0, image[1] ?? 0), beta, gamma);
      },
    });
    expect(rendered).toHaveLength(shown.length);
    rendered.forEach((image, trial) => {
      expect(farthest(image, shown[trial] ?? new Float32Array()), `trial ${String(trial)}`).toBeLessThan(TOLERANCE);
    });
    expect(farthest(found.noise, reference.noise)).toBeLessThan(TOLERANCE);
    expect(found.evaluations).toBe(reference.evaluations);
    expect(found.history).toHaveLength(reference.history.length);
    found.history.forEach((score, round) => {
      expect(score).toBeCloseTo(reference.history[round] ?? NaN, 4);
    });
    expect(found.score).toBeCloseTo(reference.score, 4);
    // The reference improves more than once: else it would hold nothing of how a search goes on from what it kept.
    expect(new Set(reference.history).size).toBeGreaterThan(2);
  });
});
