import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../counterfactual/edit';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import { EngineError, type BackendName } from '../engine';
import { OfflineError } from '../networks/errors';
import type { Analysis } from '../counterfactual/analysis';
import type { Response } from './messages';
import type { JobOptions, Method, OpenMethod } from './method';
import { createServer, type Server } from './server';
import { handClock } from './testing/handClock';

const film = fakeRadiograph(64, 64, 8);
const START = { type: 'start', id: 1, prefer: 'auto', baseUrl: 'https://test/' };
const ANALYSE = { type: 'analyse', id: 2, radiograph: film };
const GENERATE = {
  type: 'generate',
  id: 3,
  radiograph: film,
  edit: { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 },
  sampling: { seed: 1, steps: 4, sampler: 'auto', guidance: 4, maxTime: 0.9 },
};
const ANALYSIS = { frontalChest: 1 } as Analysis;

interface Bench {
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
function bench(
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
      rest: (signal) => {
        rests.push(signal);
        return Promise.resolve(true);
      },
      dispose: async () => void disposed.push(backend),
    };
    return method;
  };
  const { clock, pass } = handClock();
  return { server: createServer(open, (response) => posted.push(response), clock), posted, opened, disposed, rests, pass };
}

const answers = (posted: readonly Response[]): readonly string[] =>
  posted.filter(({ type }) => type !== 'progress').map(({ type, id }) => `${type} ${id}`);

describe('server', () => {
  it('starts, analyses and generates', async () => {
    const { server, posted } = bench();
    for (const message of [START, ANALYSE, GENERATE]) await server.handle(message);
    expect(answers(posted)).toEqual(['started 1', 'analysed 2', 'generated 3']);
    expect(posted[0]).toEqual({ type: 'progress', id: 1, stage: 'download', fraction: 1 });
  });

  it('hands on that the user insists', async () => {
    const { server, posted } = bench();
    await server.handle(START);
    await server.handle({ ...GENERATE, allowUncertain: true });
    expect(posted.at(-1)).toMatchObject({ counterfactual: { changedPixels: 1 } });
  });

  it('does one job at a time, in order', async () => {
    let busy = 0;
    let most = 0;
    const { server, posted } = bench(async () => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setTimeout(resolve, 2));
      busy -= 1;
    });
    await Promise.all([START, ANALYSE, GENERATE].map((message) => server.handle(message)));
    expect(most).toBe(1);
    expect(answers(posted)).toEqual(['started 1', 'analysed 2', 'generated 3']);
  });

  it('cancels a running and a waiting job, and goes on with the next', async () => {
    const { server, posted } = bench(
      (_, { signal }) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) reject(new Error('too late'));
          signal.addEventListener('abort', () => reject(new EngineError('aborted', 'stopped')));
          setTimeout(resolve, 20);
        }),
    );
    await server.handle(START);
    const jobs = [2, 3, 4].map((id) => server.handle({ ...ANALYSE, id }));
    await new Promise((resolve) => setTimeout(resolve, 1));
    await server.handle({ type: 'cancel', id: 2 });
    await server.handle({ type: 'cancel', id: 3 });
    await Promise.all(jobs);
    expect(answers(posted)).toEqual(['started 1', 'failed 2', 'failed 3', 'analysed 4']);
    expect(posted.filter(({ type }) => type === 'failed')).toMatchObject([
      { error: { code: 'cancelled' } },
      { error: { code: 'cancelled' } },
    ]);
  });

  /** A job of some steps, each of which lets the event loop turn. */
  const steps = (count: number) => async (_backend: BackendName, { breathe }: JobOptions): Promise<void> => {
    for (let step = 0; step < count && breathe !== undefined; step++) await breathe();
  };
  const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

  it('reads what is opened between two steps of a generation, also while that is paused', async () => {
    const { server, posted } = bench(steps(50));
    await server.handle(START);
    const generated = server.handle(GENERATE);
    await server.handle({ type: 'wish', id: GENERATE.id, wish: 'pause' });
    void server.handle({ ...ANALYSE, id: 8 });
    await turns();
    void server.handle({ ...ANALYSE, id: 9 });
    await turns();
    expect(answers(posted)).toEqual(['started 1', 'analysed 8', 'analysed 9']);
    await server.handle({ type: 'wish', id: GENERATE.id, wish: 'resume' });
    await generated;
    expect(answers(posted).at(-1)).toBe('generated 3');
  });

  it('cancels a job that is paused', async () => {
    const { server, posted } = bench(async (backend, job) => {
      await steps(50)(backend, job);
      job.signal.throwIfAborted();
    });
    await server.handle(START);
    const generated = server.handle(GENERATE);
    await server.handle({ type: 'wish', id: GENERATE.id, wish: 'pause' });
    await turns();
    await server.handle({ type: 'cancel', id: GENERATE.id });
    await generated;
    expect(posted.at(-1)).toMatchObject({ type: 'failed', error: { code: 'cancelled' } });
  });

  it('searches, lets a search end early, and takes an edit back', async () => {
    const { server, posted } = bench(steps(5));
    const search = { rounds: 2, candidates: 2, rho: 0.5, beta: 1, gamma: 1 };
    const SEARCH = { ...GENERATE, type: 'search', search, accepted: [new Float32Array(1024)] };
    const sampling = { ...GENERATE.sampling, sampler: 'twin-flow', shift: 1, averages: 1, passes: 1 };
    await server.handle(START);
    await server.handle(SEARCH);
    expect(posted.at(-1)).toMatchObject({ type: 'generated', counterfactual: { changedPixels: 9 } });
    const early = server.handle({ ...SEARCH, id: 4 });
    await server.handle({ type: 'wish', id: 4, wish: 'finish' });
    await early;
    expect(posted.at(-1)).toMatchObject({ type: 'generated', id: 4, counterfactual: { changedPixels: 7 } });
    await server.handle({ type: 'reverse', id: 5, radiograph: film, edit: GENERATE.edit, result: film, recipe: { sampling } });
    expect(posted.at(-1)).toEqual({ type: 'reversed', id: 5, reversal: { error: 0.02, own: 0.01 } });
  });

  it('moves to the CPU when memory runs out, says so, and finishes the job', async () => {
    const { server, posted, opened, disposed } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('out-of-memory', 'The GPU has no memory left.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({
      report: {
        backend: 'wasm',
        notes: [{ kind: 'moved', error: { code: 'out-of-memory', message: 'The GPU has no memory left.' }, triedAgainIn: 30_000 }],
      },
    });
    expect(opened).toEqual(['auto', 'wasm']);
    expect(disposed).toEqual(['webgpu']);
  });

  it('does a job again on a new device when the first is lost', async () => {
    let losses = 1;
    const { server, posted, opened } = bench(async () => {
      if (losses-- > 0) throw new EngineError('device-lost', 'The device is gone.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3']);
    expect(opened).toEqual(['auto', 'webgpu only']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({ report: { backend: 'webgpu' } });
  });

  it('takes the CPU when devices are lost one after another', async () => {
    const { server, posted, opened } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('device-lost', 'The device is gone.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(opened).toEqual(['auto', 'webgpu only', 'webgpu only', 'wasm']);
    expect(answers(posted).at(-1)).toBe('generated 3');
  });

  it('reads what was let in between two steps after the job that lost its device has begun anew', async () => {
    let losses = 1;
    const lost = new EngineError('device-lost', 'The device is gone.');
    const { server, posted } = bench(async (_, { breathe }) => {
      // The reading comes while the generation breathes, and the device goes under both.
      await breathe?.();
      if (losses > 0 && breathe !== undefined) losses--;
      else if (losses === 0) return;
      throw lost;
    });
    await server.handle(START);
    const generated = server.handle(GENERATE);
    const analysed = server.handle(ANALYSE);
    await Promise.all([generated, analysed]);
    await turns();
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3', 'analysed 2']);
  });

  it('comes back to the GPU between jobs, and not while the page is hidden', async () => {
    let memory = false;
    const { server, posted, opened, disposed, pass } = bench(async (backend) => {
      if (backend === 'webgpu' && !memory) throw new EngineError('out-of-memory', 'No memory.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    memory = true;
    await server.handle({ type: 'visibility', id: 0, hidden: true });
    pass(30_000);
    await turns();
    expect(opened).toEqual(['auto', 'wasm']);
    await server.handle({ type: 'visibility', id: 0, hidden: false });
    await turns();
    expect(opened).toEqual(['auto', 'wasm', 'webgpu only']);
    expect(disposed).toEqual(['webgpu', 'wasm']);
    expect(posted.at(-1)).toMatchObject({ type: 'device-changed', id: 0, report: { backend: 'webgpu', notes: [{ kind: 'returned' }] } });
    await server.handle({ ...GENERATE, id: 5 });
    expect(answers(posted).at(-1)).toBe('generated 5');
  });

  it('stays on the CPU, and keeps it working, while the GPU cannot be had, and asks later again', async () => {
    let offered = true;
    const { server, posted, opened, pass } = bench(
      async (backend) => {
        if (backend === 'webgpu') throw new EngineError('out-of-memory', 'No memory.');
      },
      (prefer) => (prefer === 'wasm' || !offered ? 'wasm' : 'webgpu'),
    );
    await server.handle(START);
    await server.handle(GENERATE);
    offered = false;
    pass(30_000);
    await turns();
    expect(posted.at(-1)).toMatchObject({
      type: 'device-changed',
      report: { backend: 'wasm', notes: [{ kind: 'not-yet', triedAgainIn: 60_000 }] },
    });
    pass(59_999);
    await turns();
    expect(opened).toEqual(['auto', 'wasm', 'webgpu only']);
    pass(1);
    await turns();
    expect(opened).toHaveLength(4);
    await server.handle({ ...GENERATE, id: 6 });
    expect(answers(posted).at(-1)).toBe('generated 6');
  });

  it('does not come back to a driver that refused a kernel', async () => {
    const { server, posted, opened, pass } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('backend-failed', 'The kernel “product v” failed.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    pass(10_000_000);
    await turns();
    expect(opened).toEqual(['auto', 'wasm']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({
      report: { notes: [{ kind: 'moved', error: { message: 'The kernel “product v” failed.' }, triedAgainIn: undefined }] },
    });
  });

  it('rests on the GPU while there is nothing to do, until a job comes', async () => {
    const { server, rests, pass } = bench();
    await server.handle(START);
    await server.handle(GENERATE);
    expect(rests).toHaveLength(0);
    pass(5000);
    expect(rests.map(({ aborted }) => aborted)).toEqual([false]);
    const next = server.handle({ ...GENERATE, id: 4 });
    expect(rests.map(({ aborted }) => aborted)).toEqual([true]);
    await next;
  });

  it('has no use for idle time on the CPU, or while the page is hidden', async () => {
    const cpu = bench();
    await cpu.server.handle({ ...START, prefer: 'wasm' });
    cpu.pass(5000);
    const hidden = bench();
    await hidden.server.handle(START);
    await hidden.server.handle({ type: 'visibility', id: 0, hidden: true });
    hidden.pass(5000);
    expect([...cpu.rests, ...hidden.rests]).toEqual([]);
  });

  it('opens the CPU once where a lost GPU does not come back, also when asked for again later', async () => {
    let gpu = true;
    const { server, opened, disposed, pass } = bench(
      async (backend) => {
        if (backend === 'webgpu') {
          gpu = false;
          throw new EngineError('device-lost', 'The device is gone.');
        }
      },
      (prefer, only) => {
        if (prefer === 'wasm') return 'wasm';
        if (gpu) return 'webgpu';
        if (only) throw new EngineError('backend-unavailable', 'No adapter.');
        return 'wasm';
      },
    );
    await server.handle(START);
    await server.handle(GENERATE);
    expect(opened).toEqual(['auto', 'webgpu only', 'wasm']);
    pass(30_000);
    await turns();
    expect(opened).toEqual(['auto', 'webgpu only', 'wasm', 'webgpu only']);
    expect(disposed).toEqual(['webgpu']);
  });

  it('opens anew with the next job after a recovery that failed, and says where it works', async () => {
    let offline = false;
    let memory = false;
    const { server, posted, opened } = bench(
      async (backend) => {
        if (backend !== 'webgpu' || memory) return;
        offline = true;
        throw new EngineError('out-of-memory', 'No memory.');
      },
      (prefer) => {
        if (offline) throw new OfflineError('manifest.json');
        return prefer === 'wasm' ? 'wasm' : 'webgpu';
      },
    );
    await server.handle(START);
    await server.handle(GENERATE);
    await server.handle({ ...ANALYSE, id: 4 });
    expect(posted.slice(-2)).toMatchObject([
      { type: 'failed', id: 3, error: { code: 'offline' } },
      { type: 'failed', id: 4, error: { code: 'offline' } },
    ]);
    [offline, memory] = [false, true];
    await server.handle({ ...ANALYSE, id: 5 });
    expect(opened).toEqual(['auto', 'wasm', 'auto', 'auto']);
    expect(answers(posted).slice(-2)).toEqual(['device-changed 5', 'analysed 5']);
  });

  it('names the failure when there is nothing left to move to', async () => {
    const { server, posted, opened } = bench(
      async () => {
        throw new EngineError('device-lost', 'The device is gone.');
      },
      () => 'webgpu',
    );
    await server.handle(START);
    await server.handle(GENERATE);
    await server.handle({ ...GENERATE, id: 4 });
    expect(opened).toEqual(['auto', 'webgpu only', 'webgpu only', 'wasm']);
    expect(posted.filter(({ type }) => type === 'failed')).toMatchObject([
      { id: 3, error: { code: 'device-lost', message: 'The device is gone.' } },
      { id: 4 },
    ]);
  });

  it('carries code, message and advice of any error, and never throws', async () => {
    const known = new OfflineError('reader/graph.json');
    let thrown: unknown = known;
    const { server, posted } = bench(async () => {
      throw thrown;
    });
    await server.handle(ANALYSE);
    await server.handle(START);
    await server.handle(ANALYSE);
    thrown = 'a string';
    await server.handle(ANALYSE);
    expect(
      posted
        .filter(({ type }) => type === 'failed')
        .map((response) => (response.type === 'failed' ? response.error : undefined)),
    ).toEqual([
      expect.objectContaining({ code: 'not-started' }),
      { code: 'offline', message: known.message, advice: known.advice },
      expect.objectContaining({ code: 'unexpected', message: expect.stringContaining('a string') as string }),
    ]);
  });

  it.each([
    ['no message', 'nonsense', -1, 'the whole'],
    ['an unknown type', { type: 'dance', id: 9 }, 9, 'type'],
    ['pixels of another size', { ...ANALYSE, radiograph: { ...film, width: 65 } }, 2, 'radiograph.pixels'],
    ['a severity out of range', { ...GENERATE, edit: { ...GENERATE.edit, severity: 7 } }, 3, 'edit.severity'],
    [
      'a mask of another size',
      { ...GENERATE, edit: { ...GENERATE.edit, mask: { width: 2, height: 2, data: new Uint8Array(4) } } },
      3,
      'edit.mask',
    ],
    ['too many steps', { ...GENERATE, sampling: { ...GENERATE.sampling, steps: 1000 } }, 3, 'sampling.steps'],
  ])('refuses %s', async (_, message, id, where) => {
    const { server, posted } = bench();
    await server.handle(message);
    expect(posted).toMatchObject([
      { type: 'failed', id, error: { code: 'message-invalid', message: expect.stringContaining(where) as string } },
    ]);
  });
});
