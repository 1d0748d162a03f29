import { describe, expect, it, vi } from 'vitest';
import type { Counterfactual } from '../../counterfactual/edit';
import { nextTask } from '../../imaging/slices';
import type { CounterfactualWorker, WorkOptions } from '../services';
import { candidateSets } from '../../record/candidates';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { fakeAnalysis, fakeCounterfactual, fakeFile, fakeStudio } from '../testing/fakes';
import { cancelGeneration, explore, generate, SWEEP_GRADES, sweep, whyNotSweep } from './generate';
import { openFiles } from './openFiles';
import { cancelJob, finishJob, holdJob, moveJob, resumeJob, retryJob, runQueue } from './queue';
import { setSampling, typeText } from './request';
import { startEngine } from './startEngine';

type Generate = CounterfactualWorker['generate'];

/** Generations that wait until the test lets them go on. */
class Held {
  readonly asked: {
    readonly edit: Parameters<Generate>[1];
    readonly sampling: Parameters<Generate>[2];
    readonly options: WorkOptions;
    done: () => void;
    fail: (error: Error) => void;
  }[] = [];

  readonly generate: Generate = (source, edit, sampling, options) =>
    new Promise<Counterfactual>((resolve, reject) => {
      options.signal.addEventListener('abort', () => {
        reject(new DOMException('cancelled', 'AbortError'));
      });
      this.asked.push({
        edit,
        sampling,
        options,
        done: () => {
          resolve(fakeCounterfactual(source, edit, sampling.seed));
        },
        fail: reject,
      });
    });

  get latest() {
    const latest = this.asked.at(-1);
    if (latest === undefined) throw new Error('nothing was asked');
    return latest;
  }
}

async function readyStudio(worker: Partial<CounterfactualWorker> = {}) {
  const studio = fakeStudio({ worker });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  return studio;
}

/** Longer than the queue takes from one part to the next: on a busy machine its slices are many. */
const turn = async (): Promise<void> => {
  for (let round = 0; round < 20; round++) {
    await nextTask();
    await new Promise((resolve) => setTimeout(resolve));
  }
};
const jobs = ({ store }: Studio) => store.getState().jobs.map(({ job, status }) => `${job.kind} ${status}`);
const sets = ({ store }: Studio) => candidateSets(currentDocument(store.getState()));

describe('the queue', () => {
  it('does one job after another, in order, and is empty in the end', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    const first = generate(studio);
    const second = generate(studio);
    expect(jobs(studio)).toEqual(['single running', 'single waiting']);
    expect(held.asked).toHaveLength(1);
    held.latest.done();
    await first;
    await turn();
    expect(held.asked.map(({ sampling }) => sampling.seed)).toEqual([1, 2]);
    held.latest.done();
    await second;
    expect(jobs(studio)).toEqual([]);
    expect(currentDocument(studio.store.getState())?.versions).toHaveLength(2);
  });

  it('makes what was asked when it was asked, whatever the controls say when its turn comes', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    void generate(studio);
    const second = generate(studio);
    typeText(studio, 'mild left upper zone opacity');
    setSampling(studio, { seed: 900, steps: 40 });
    held.latest.done();
    await vi.waitFor(() => {
      expect(held.asked).toHaveLength(2);
    });
    expect(held.latest.edit).toMatchObject({ places: ['right_lower'], severity: 3 });
    expect(held.latest.sampling).toMatchObject({ seed: 2, steps: 12 });
    held.latest.done();
    await second;
    expect(currentDocument(studio.store.getState())?.versions.at(-1)?.label).toBe('severe right lower zone opacity');
  });

  it('works for a radiograph that is not on the screen, without taking the screen', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    const making = generate(studio);
    await openFiles(studio, [fakeFile('other.png')]);
    held.latest.done();
    await making;
    const { documents, currentId } = studio.store.getState();
    expect(currentId).toBe('radiograph other.png');
    expect(documents.map(({ versions }) => versions.length)).toEqual([1, 0]);
    expect(studio.store.getState().comparison).toBe('source');
  });

  it('lets waiting jobs change places, and takes one out that is not wanted', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    for (let count = 0; count < 3; count++) void generate(studio);
    const ids = () => studio.store.getState().jobs.map(({ job }) => job.parts[0]?.sampling.seed);
    const third = studio.store.getState().jobs[2]?.job.id ?? '';
    moveJob(studio, third, -1);
    expect(ids()).toEqual([1, 3, 2]);
    moveJob(studio, third, -1);
    expect(ids(), 'what runs is not passed').toEqual([1, 3, 2]);
    cancelJob(studio, third);
    expect(ids()).toEqual([1, 2]);
    cancelGeneration(studio);
    await turn();
    expect(ids()).toEqual([2]);
    expect(jobs(studio)).toEqual(['single running']);
  });

  it('goes on after a failure, which can be tried again', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    const first = generate(studio);
    const second = generate(studio);
    held.latest.fail(Object.assign(new Error('The GPU is gone.'), { code: 'device-lost', advice: 'Wait.' }));
    await first;
    await turn();
    expect(jobs(studio)).toEqual(['single failed', 'single running']);
    held.latest.done();
    await second;
    retryJob(studio, studio.store.getState().jobs[0]?.job.id ?? '');
    await turn();
    expect(held.latest.sampling.seed).toBe(1);
    held.latest.done();
    await turn();
    expect(jobs(studio)).toEqual([]);
  });

  it('holds the worker and lets it go on; the time it was held does not count', async () => {
    const held = new Held();
    let clock = 0;
    const studio = fakeStudio({ worker: held, now: () => clock });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    const making = generate(studio);
    const { onProgress, control } = held.latest.options;
    onProgress({ stage: 'sample', fraction: 0 });
    holdJob(studio);
    expect([control.paused, jobs(studio)[0]]).toEqual([true, 'single held']);
    clock = 60_000;
    resumeJob(studio);
    expect([control.paused, jobs(studio)[0]]).toEqual([false, 'single running']);
    clock = 61_000;
    onProgress({ stage: 'sample', fraction: 0.25 });
    const { generation } = studio.store.getState();
    expect(generation.status === 'running' ? generation.stageElapsed : 0).toBe(1000);
    held.latest.done();
    await making;
  });

  it('leaves out work for a radiograph that was closed meanwhile', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    void generate(studio);
    const second = generate(studio);
    studio.store.getState().closeDocument('radiograph chest.png');
    held.latest.done();
    await second;
    expect(held.asked).toHaveLength(1);
    expect(jobs(studio)).toEqual([]);
  });

  it('takes up jobs that were stored, from the part that was not done', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    studio.store.getState().setSeedCount(3);
    const making = generate(studio);
    const stored = structuredClone(studio.store.getState().jobs[0]?.job);
    cancelGeneration(studio);
    await making;
    if (stored === undefined) throw new Error('no job');
    studio.store.getState().setJobs(() => [{ job: { ...stored, done: 2 }, status: 'waiting' }]);
    const running = runQueue(studio);
    expect(held.latest.sampling.seed).toBe(3);
    held.latest.done();
    await running;
    expect(sets(studio).map(({ items }) => items.length)).toEqual([1]);
  });
});

describe('several seeds of a request', () => {
  it('come as candidates: the first is shown, the others wait, and seeds move on by as many', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    studio.store.getState().setSeedCount(3);
    const making = generate(studio);
    for (let seed = 1; seed <= 3; seed++) {
      held.latest.done();
      await turn();
    }
    await making;
    expect(held.asked.map(({ sampling }) => sampling.seed)).toEqual([1, 2, 3]);
    const document = currentDocument(studio.store.getState());
    expect(sets(studio)).toMatchObject([{ kind: 'candidates', asked: 3, items: [{}, {}, {}] }]);
    expect(document?.versions).toEqual([]);
    expect(document?.shownVersionId).toBe(sets(studio)[0]?.items[0]?.id);
    expect(document?.request.sampling.seed).toBe(4);
  });

  it('keep what is there when they are stopped', async () => {
    const held = new Held();
    const studio = await readyStudio(held);
    studio.store.getState().setSeedCount(4);
    const making = generate(studio);
    held.latest.done();
    await turn();
    cancelGeneration(studio);
    await making;
    expect(sets(studio).map(({ items }) => items.length)).toEqual([1]);
    expect(studio.store.getState().notices).toEqual([]);
  });
});

describe('exploring', () => {
  const trial = { trial: 0, trials: 17, score: 1, change: 0.02, outside: 0.01, best: true };

  it('tells its trials, ends early with the best, and hands on what was pinned', async () => {
    const search = vi.fn<CounterfactualWorker['search']>(
      (source, edit, { seed }, _request, { control, onProgress }) =>
        new Promise((resolve) => {
          onProgress({ stage: 'sample', fraction: 0.1, trial });
          control.listen((wish) => {
            if (wish === 'finish') resolve(fakeCounterfactual(source, edit, seed));
          });
        }),
    );
    const studio = await readyStudio({ search });
    const making = explore(studio);
    expect(sets(studio)).toMatchObject([{ kind: 'search', trials: [trial], items: [] }]);
    finishJob(studio, studio.store.getState().jobs[0]?.job.id ?? '');
    await making;
    expect(sets(studio)).toMatchObject([{ kind: 'search', items: [{}] }]);
    expect(search.mock.calls[0]?.[3].search).toMatchObject({ rounds: 4, candidates: 4 });
  });
});

describe('a severity sweep', () => {
  it('asks for five grades of one seed, mask and kind', async () => {
    const asked = vi.fn<Generate>((source, edit, { seed }) => Promise.resolve(fakeCounterfactual(source, edit, seed)));
    const studio = await readyStudio({ generate: asked });
    await sweep(studio);
    expect(asked.mock.calls.map(([, { severity }]) => severity)).toEqual(SWEEP_GRADES);
    expect(
      new Set(asked.mock.calls.map(([, { kind }, { seed, guidance }]) => `${kind} ${String(seed)} ${String(guidance)}`))
        .size,
    ).toBe(1);
    expect(currentDocument(studio.store.getState())?.request.sampling.seed).toBe(2);
  });

  it('is for what is graded', async () => {
    const studio = await readyStudio();
    expect(whyNotSweep(studio.store.getState())).toBeUndefined();
    typeText(studio, 'moderate left pneumothorax');
    expect(whyNotSweep(studio.store.getState())).toMatch(/graded/);
    await sweep(studio);
    expect(sets(studio)).toEqual([]);
  });
});

describe('a doubt that comes up while working', () => {
  it('takes the job away and asks', async () => {
    const doubt = Object.assign(new Error('chest.png is no chest.'), { code: 'not-frontal-chest', advice: '' });
    const studio = await readyStudio({
      generate: () => Promise.reject(doubt),
      analyse: () => Promise.resolve(fakeAnalysis()),
    });
    await generate(studio);
    expect(jobs(studio)).toEqual([]);
    expect(currentDocument(studio.store.getState())?.frontalDoubt).toBe('chest.png is no chest.');
  });
});
