/**
 * Chooses a schedule by timing a network in miniature on the adapter: the three kinds of convolution that a UNet has (wide and
 * shallow, narrow and deep), under each candidate. A few tenths of a second on a GPU.
 */

import { GraphBuilder, noise } from '../graph/builder';
import { lowerGraph } from '../graph/lower';
import type { Gpu } from './gpu';
import { DEFAULT_SCHEDULE, type Schedule, TILES } from './schedule';
import { Session } from './session';
import { DeviceWeights } from './weights';

export interface Tuned {
  readonly schedule: Schedule;
  /** Milliseconds of the miniature under each candidate that was tried. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Reads through the cache only; the cheapest to compile, so it is tried first. */
const WHOLE: Schedule = { tile: () => TILES['direct 4x2'], parts: () => 1 };

const CANDIDATES: Readonly<Record<string, Schedule>> = {
  'direct, whole': WHOLE,
  'direct, shared': { tile: () => TILES['direct 4x2'], parts: (product) => DEFAULT_SCHEDULE.parts(product) },
  tiled: DEFAULT_SCHEDULE,
};

/** Below this rate nothing else than the first candidate is worth its compilation: the adapter computes in software. */
const SOFTWARE_GIGAFLOPS = 20;

/** Long enough for a clock that browsers round to a tenth of a millisecond. */
const LEAST_MS = 4;

const MOST_REPEATS = 64;

/** @throws EngineError of the device */
export async function tune(gpu: Gpu): Promise<Tuned> {
  const milliseconds: Record<string, number> = {};
  let best: [string, number] = ['direct, whole', Number.POSITIVE_INFINITY];
  for (const [name, schedule] of Object.entries(CANDIDATES)) {
    const time = await gpu.watch(`the timing of kernels (${name})`, () => timeMiniature(gpu, schedule));
    milliseconds[name] = time;
    if (time < best[1]) best = [name, time];
    if (OPERATIONS / time / 1e6 < SOFTWARE_GIGAFLOPS) break;
  }
  return { schedule: CANDIDATES[best[0]] ?? WHOLE, milliseconds };
}

const LEVELS = [
  { side: 32, channels: 32 },
  { side: 16, channels: 64 },
  { side: 8, channels: 128 },
] as const;

/** Multiply-adds of a 3x3 convolution at each level, twice. */
const OPERATIONS = LEVELS.reduce((total, { side, channels }) => total + 2 * 9 * side ** 2 * channels ** 2, 0);

function miniature() {
  const g = new GraphBuilder('miniature');
  for (const [i, { side, channels }] of LEVELS.entries()) {
    const x = g.input(`x${i}`, [1, side, side, channels]);
    g.output(`y${i}`, g.node('mean', [g.conv(x, channels, channels)], { axes: [1, 2], keepDims: false }));
  }
  // Halves, as shipped weights are.
  for (const { data } of g.weights.values())
    for (const [i, value] of data.entries()) data[i] = Math.round(value * 256) / 256;
  return { graph: g.build(), weights: g.weights };
}

async function timeMiniature(gpu: Gpu, schedule: Schedule): Promise<number> {
  const { graph, weights } = miniature();
  const onDevice = new DeviceWeights(gpu, graph.name, weights);
  const session = await Session.open({ gpu, program: lowerGraph(graph), weights: onDevice, schedule });
  try {
    session.write(Object.fromEntries(graph.inputs.map(({ name, shape }, i) => [name, noise(shape, i + 1)])));
    await timeRepeats(gpu, session, 1);
    for (let repeats = 1; ; repeats *= 4) {
      const time = await timeRepeats(gpu, session, repeats);
      if (time >= LEAST_MS || repeats >= MOST_REPEATS) return time / repeats;
    }
  } finally {
    session.dispose();
    onDevice.dispose();
  }
}

async function timeRepeats(gpu: Gpu, session: Session, repeats: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repeats; i++) session.submit();
  await gpu.device.queue.onSubmittedWorkDone();
  return performance.now() - started;
}
