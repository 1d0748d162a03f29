/** How far the running job is, and how long it still takes. */

import type { RunningGeneration } from '../slices/generation';
import { timeLeft } from '../timeLeft';

/** Share of one generation that each stage usually takes; keeps the bar moving one way. */
const STAGES: Readonly<Record<RunningGeneration['stage'], readonly [from: number, to: number]>> = {
  download: [0, 0.02],
  verify: [0, 0.02],
  calibrate: [0, 0.02],
  read: [0, 0.1],
  sample: [0.1, 0.9],
  compose: [0.9, 1],
};

/** Of the part under way, 0 to 1. */
function partFraction({ stage, fraction }: Pick<RunningGeneration, 'stage' | 'fraction'>): number {
  const [from, to] = STAGES[stage];
  return from + fraction * (to - from);
}

/** Of the whole job, 0 to 100, whole. */
export function progressPercent(generation: Pick<RunningGeneration, 'stage' | 'fraction' | 'part' | 'parts'>): number {
  return Math.round((100 * (generation.part + partFraction(generation))) / generation.parts);
}

/** Milliseconds that the job still takes; undefined while there is too little to tell, or while it is held. */
export function jobTimeLeft(generation: RunningGeneration): number | undefined {
  const { stage, stageElapsed, fraction, part, parts, partMilliseconds, heldAt } = generation;
  if (heldAt !== undefined) return undefined;
  const rest = parts - part - 1;
  if (partMilliseconds !== undefined) return partMilliseconds * (rest + 1 - partFraction(generation));
  const left = stage === 'sample' ? timeLeft(stageElapsed, fraction) : undefined;
  if (left === undefined || rest === 0) return left;
  return left + (rest * stageElapsed) / Math.max(fraction, 0.05);
}
