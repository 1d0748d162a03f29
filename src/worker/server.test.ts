import { describe, expect, it } from 'vitest';
import { EngineError, type BackendName } from '../engine';
import { OfflineError } from '../networks/errors';
import type { JobOptions } from './method';
import { ANALYSE, answers, bench, film, GENERATE, START, turns } from './testing/serverBench';

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
  const steps =
    (count: number) =>
    async (_backend: BackendName, { breathe }: JobOptions): Promise<void> => {
      for (let step = 0; step < count && breathe !== undefined; step++) await breathe();
    };

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
    await server.handle({
      type: 'reverse',
      id: 5,
      radiograph: film,
      edit: GENERATE.edit,
      result: film,
      recipe: { sampling },
    });
    expect(posted.at(-1)).toEqual({ type: 'reversed', id: 5, reversal: { error: 0.02, own: 0.01 } });
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
