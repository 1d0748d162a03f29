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
