/** Passes of the twin flow: each after the first asks for what is left of the way (the twin of training's sampling.py). */

import type { Denoiser, Latent } from '../networks/typed';
import type { Bounds } from './bounds';
import type { World } from './guidance';
import { passSteps, sampleTimes } from './schedule';
import { twinFlow, type SamplerHooks } from './twinFlow';

export interface Worlds {
  readonly source: World;
  readonly target: World;
}

export interface FlowInPasses {
  /** Where the flow begins. */
  readonly latent: Latent;
  /** 1 where the latent may change. Like the focus and the bounds it is that of the first pass: what an edit has done so far moves no lung. */
  readonly mask: Float32Array;
  readonly worlds: Worlds;
  readonly passes: number;
  /** Of all passes together. */
  readonly steps: number;
  readonly guidance: number;
  readonly maxTime: number;
  readonly shift: number;
  readonly averages: number;
  readonly bounds?: Bounds | undefined;
  /** Of the steps of all passes, counted through. */
  readonly noise: (step: number, draw: number) => Float32Array;
  /** The worlds of a further pass from the latent so far; undefined where nothing is left to ask. Absent: one pass. */
  readonly again?: ((e: Latent) => Promise<Worlds | undefined>) | undefined;
}

export interface FlowFromTwins extends Omit<FlowInPasses, 'worlds'> {
  readonly again: (e: Latent) => Promise<Worlds | undefined>;
  /** [32 x 32] opacity of the film by the first reader. */
  readonly before: Float32Array;
  /** The latent without the opacity that is seen in it. */
  readonly twinOf: (e: Latent, seen: Float32Array) => Promise<Latent>;
  readonly opacityOf: (e: Latent) => Promise<Float32Array>;
  /** A pass after the first is made where more opacity than this is left of what was so opaque. */
  readonly repeatAbove: number;
}

/** Passes that each start from the healthy twin of what there is, while too much is left. @throws as flowInPasses, and what `twinOf` and `opacityOf` throw */
export async function flowFromTwins(
  denoiser: Denoiser,
  { before, twinOf, opacityOf, repeatAbove, ...flow }: FlowFromTwins,
  hooks: SamplerHooks = {},
): Promise<Latent> {
  let { latent: e } = flow;
  let seen = before;
  let first = 0;
  for (const steps of passSteps(flow.steps, flow.passes)) {
    if (first > 0) {
      seen = await opacityOf(e);
      if (remaining(before, seen, flow.mask, repeatAbove) <= repeatAbove) break;
    }
    const begin = first;
    const latent = await twinOf(e, seen);
    const worlds = await flow.again(latent);
    if (worlds === undefined) return latent;
    e = await flowInPasses(
      denoiser,
      { ...flow, latent, worlds, passes: 1, steps, noise: (step, draw) => flow.noise(begin + step, draw) },
      { ...hooks, onStep: (at) => hooks.onStep?.({ ...at, step: begin + at.step, steps: flow.steps }) },
    );
    first += steps;
  }
  return e;
}

/** Mean opacity after, over the cells of the mask that were opaque before; 0 where none was. */
export function remaining(before: Float32Array, after: Float32Array, mask: Float32Array, opaque: number): number {
  let [sum, weight] = [0, 0];
  before.forEach((value, cell) => {
    const inside = value >= opaque ? (mask[cell] as number) : 0;
    sum += inside * (after[cell] as number);
    weight += inside;
  });
  return sum / Math.max(1, weight);
}

/** e after the last pass. @throws CancelledError, EngineError, and what `again` throws */
export async function flowInPasses(denoiser: Denoiser, flow: FlowInPasses, hooks: SamplerHooks = {}): Promise<Latent> {
  const { mask, guidance, averages, bounds, maxTime, shift, noise, again } = flow;
  let { latent: e, worlds } = flow;
  let first = 0;
  for (const steps of passSteps(flow.steps, again === undefined ? 1 : flow.passes)) {
    if (first > 0) {
      const restated = await again?.(e);
      if (restated === undefined) break;
      worlds = restated;
    }
    const begin = first;
    e = await twinFlow(
      denoiser,
      {
        latent: e,
        mask,
        ...worlds,
        guidance,
        times: sampleTimes(steps, maxTime, shift),
        averages,
        bounds,
        noise: (step, draw) => noise(begin + step, draw),
      },
      { ...hooks, onStep: (at) => hooks.onStep?.({ ...at, step: begin + at.step, steps: flow.steps }) },
    );
    first += steps;
  }
  return e;
}
