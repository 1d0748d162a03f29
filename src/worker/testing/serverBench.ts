/** A server over a method that does what a test says. */

import type { Analysis } from '../../counterfactual/analysis';
import type { Counterfactual } from '../../counterfactual/edit';
import { fakeRadiograph } from '../../counterfactual/testing/fakes';
import type { BackendName } from '../../engine';
import type { Response } from '../messages';
import type { JobOptions, Method, OpenMethod } from '../method';
import { createServer, type Server } from '../server';
import { handClock } from './handClock';

export const film = fakeRadiograph(64, 64, 8);
export const START = { type: 'start', id: 1, prefer: 'auto', baseUrl: 'https://test/' };
export const ANALYSE = { type: 'analyse', id: 2, radiograph: film };
export const GENERATE = {
  type: 'generate',
  id: 3,
  radiograph: film,
  edit: { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 },
  sampling: { seed: 1, steps: 4, sampler: 'auto', guidance: 4, maxTime: 0.9 },
};
const ANALYSIS = { frontalChest: 1 } as Analysis;

export interface Bench {
  readonly server: Server;
  readonly posted: Response[];
  readonly opened: string[];
  readonly disposed: string[];
  /** The signal of each idle time. */
  readonly rests: AbortSignal[];
  /** Lets time pass. */
  readonly pass: (milliseconds: number) => void;
}

/** A server whose method does what the test says. */
export function bench(
  act: (backend: BackendName, job: JobOptions) => Promise<void> = async () => undefined,
  backendOf = (prefer: string, _only: boolean): BackendName => (prefer === 'wasm' ? 'wasm' : 'webgpu'),
): Bench {
  const posted: Response[] = [];
  const opened: string[] = [];
  const disposed: string[] = [];
  const rests: AbortSignal[] = [];
  const open: OpenMethod = async (prefer, _, onProgress, only = false) => {
    opened.push(only ? `${prefer} only` : prefer);
    const backend = backendOf(prefer, only);
    onProgress({ stage: 'download', fraction: 1 });
    const method: Method = {
      report: { backend, device: 'a test', calibration: {}, notes: [] },
      analyse: async (_radiograph, job) => {
        await act(backend, job);
        return ANALYSIS;
      },
      generate: async (radiograph, _edit, _sampling, allowUncertain, job) => {
        await act(backend, job);
        const mask = { width: 64, height: 64, data: new Uint8Array(4096) };
        return { image: radiograph, mask, changedPixels: allowUncertain ? 1 : 0 } as Counterfactual;
      },
      search: async (radiograph, _edit, _sampling, _allow, _search, job) => {
        await act(backend, job);
        const mask = { width: 64, height: 64, data: new Uint8Array(4096) };
        return { image: radiograph, mask, changedPixels: job.finish?.aborted === true ? 7 : 9 } as Counterfactual;
      },
      reverse: async (_radiograph, _edit, _result, _recipe, job) => {
        await act(backend, job);
        return { error: 0.02, own: 0.01 };
      },
      pathology: async (_radiograph, _healthy, job) => {
        await act(backend, job);
        return { tokens: new Float32Array(800), opacity: new Float32Array(100) };
      },
      rest: (signal) => {
        rests.push(signal);
        return Promise.resolve(true);
      },
      dispose: async () => void disposed.push(backend),
    };
    return method;
  };
  const { clock, pass } = handClock();
  return {
    server: createServer(open, (response) => posted.push(response), clock),
    posted,
    opened,
    disposed,
    rests,
    pass,
  };
}

export const answers = (posted: readonly Response[]): readonly string[] =>
  posted.filter(({ type }) => type !== 'progress').map(({ type, id }) => `${type} ${id}`);

/** Turns of the event loop rather than a time: a busy machine gives fewer of them in one. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setTimeout(resolve));
}
