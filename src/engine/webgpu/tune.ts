/**
 * Chooses a schedule by timing a network in miniature on the adapter: the three kinds of convolution that a UNet has (wide and
 * shallow, narrow and deep), under each family of kernels. A few tenths of a second on a GPU.
 */

import { GraphBuilder, noise } from '../graph/builder';
import { lowerGraph } from '../graph/lower';
import type { Gpu } from './gpu';
import type { Schedule } from './schedule';
import { Session } from './session';
import { FAMILIES, type FamilyName, FOR_SOFTWARE } from './stored-schedule';
import { DeviceWeights } from './weights';

export interface Tuned {
  readonly family: FamilyName;
  /** Milliseconds of the miniature under each family that was tried. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Below this rate the other candidates are not worth their compilation: the adapter computes in software. */
const SOFTWARE_GIGAFLOPS = 20;

/** Long enough for a clock that browsers round to a tenth of a millisecond. */
const LEAST_MS = 4;

const MOST_REPEATS = 64;

/** @throws EngineError of the device */
export async function tune(gpu: Gpu): Promise<Tuned> {
  const milliseconds: Record<string, number> = {};
  let best: [FamilyName, number] = ['direct, whole', Number.POSITIVE_INFINITY];
  let tried = 0;
  for (const name of Object.keys(FAMILIES) as FamilyName[]) {
    const schedule = FAMILIES[name];
    const time = await gpu.watch(`the timing of kernels (${name})`, () => timeMiniature(gpu, schedule));
    milliseconds[name] = time;
    if (time < best[1]) best = [name, time];
    if (++tried >= FOR_SOFTWARE && OPERATIONS / best[1] / 1e6 < SOFTWARE_GIGAFLOPS) break;
  }
  return { family: best[0], milliseconds };
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
    return await timeSession(gpu, session);
  } finally {
    session.dispose();
    onDevice.dispose();
  }
}

/** Milliseconds of one run, by as many runs as make a time that can be measured. */
export async function timeSession(gpu: Gpu, session: Session): Promise<number> {
  await timeRepeats(gpu, session, 1);
  for (let repeats = 1; ; repeats *= 4) {
    const time = await timeRepeats(gpu, session, repeats);
    if (time >= LEAST_MS || repeats >= MOST_REPEATS) return time / repeats;
  }
}

async function timeRepeats(gpu: Gpu, session: Session, repeats: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < repeats; i++) session.submit();
  await gpu.device.queue.onSubmittedWorkDone();
  return performance.now() - started;
}
