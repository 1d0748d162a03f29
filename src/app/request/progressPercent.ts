import type { Generation } from '../../state/slices/generation';

type Running = Extract<Generation, { status: 'running' }>;

/** Share of a whole run that each stage usually takes; keeps the bar moving one way. */
const STAGES: Readonly<Record<Running['stage'], readonly [from: number, to: number]>> = {
  download: [0, 0.02],
  verify: [0, 0.02],
  calibrate: [0, 0.02],
  read: [0, 0.1],
  sample: [0.1, 0.9],
  compose: [0.9, 1],
};

/** How far a counterfactual is, 0 to 100, whole. */
export function progressPercent({ stage, fraction }: Pick<Running, 'stage' | 'fraction'>): number {
  const [from, to] = STAGES[stage];
  return Math.round(100 * (from + fraction * (to - from)));
}
