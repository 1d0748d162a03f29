import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../dataset/plan/schema';
import { remarksOf } from '../../run/item';
import type { MemoryFiles } from '../../run/testing/memoryFiles';
import type { Studio } from '../studio';
import type { CounterfactualWorker } from '../services';
import { fakeAnalysis, fakeCounterfactual, fakeStudio } from '../testing/fakes';
import { MemoryRuns } from '../testing/memoryRuns';
import { offerRuns } from './offerRuns';
import { beginRun, chooseFilms, closeRun, goOn, holdRun, releaseRun, reopenRun, stopRun } from './planRun';
import { decide } from './reviewRun';

const FILMS = ['a.png', 'b.png', 'c.png'];
const about = { class: 'Opacity', patient: '', split: 'train', source: 'A', shows: [] };
const PLAN: Plan = {
  header: {
    format: 'counterpart-plan',
    version: 1,
    table: { names: ['t.csv'], dialect: 'hugging-face', films: 3 },
    options: { split: 'train', ratio: 0.25, seed: 1, uncertain: 'ignore', blank: 'ignore' },
    classes: [
      {
        name: 'opacity',
        finding: 'lung_opacity',
        real: 0,
        target: 3,
        items: FILMS.length,
        acceptance: 1,
        measuredOn: 0,
        expected: 3,
      },
    ],
    secondsAnItem: 1,
    notes: [],
  },
  generated: FILMS.map((film, at) => ({
    arm: 'generated',
    how: 'sketch',
    ...about,
    patient: `p${String(at)}`,
    film,
    finding: 'lung_opacity',
    request: 'mild left lower zone opacity',
    seed: 1,
  })),
  control: [],
};
const files = FILMS.map((name) => ({
  name,
  path: `set/${name}`,
  bytes: () => Promise.resolve(new TextEncoder().encode(name)),
}));

let runs: MemoryRuns;
beforeEach(() => {
  runs = new MemoryRuns();
});

function studioWith(over: Parameters<typeof fakeStudio>[0] = {}) {
  return fakeStudio({ runs, pickFilms: () => Promise.resolve(files), ...over });
}

function folder(): MemoryFiles {
  const [only] = runs.folders.values();
  if (only === undefined) throw new Error('no folder was made');
  return only;
}

const lines = (): readonly { status: string; item: { film: string } }[] =>
  folder()
    .text('journal.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { status: string; item: { film: string } });

describe('a plan in the page', () => {
  it('is made item by item, and leaves what the command line leaves', async () => {
    const studio = studioWith();
    await beginRun(studio, PLAN, files, 'browser');
    expect(lines().map(({ status, item }) => `${status} ${item.film}`)).toEqual(FILMS.map((film) => `done ${film}`));
    const paths = [...folder().files.keys()];
    for (const start of ['images/', 'masks/', 'recipes/', 'previews/'])
      expect(paths.filter((path) => path.startsWith(start))).toHaveLength(3);
    expect(paths).toEqual(expect.arrayContaining(['plan.jsonl', 'metadata.csv', 'accepted.csv', 'control.csv']));
    expect(folder().text('metadata.csv')).toMatch(/^file_name,/);
    const { run, dialog, notices } = studio.store.getState();
    expect([run?.work.status, dialog, notices.map(({ tone }) => tone)]).toEqual(['resting', 'run', ['success']]);
  });

  it('tells once of each film that may be mirrored, also at the next visit, and makes it all the same', async () => {
    const studio = studioWith({
      worker: {
        analyse: ({ name }: { readonly name: string }) =>
          Promise.resolve(fakeAnalysis(name === 'b.png' ? { mirrored: true } : {})),
      },
    });
    await beginRun(studio, PLAN, files, 'browser');
    const told = ({ store }: Studio) => remarksOf(store.getState().run?.outcomes.values() ?? []);
    expect(told(studio)).toEqual([{ film: 'b.png', text: expect.stringContaining('may be mirrored') as string }]);
    runs.reload();
    const later = studioWith();
    const [known] = await runs.list();
    await reopenRun(later, known?.id ?? '');
    expect(told(later)).toEqual(told(studio));
    expect(lines().map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('is offered after the page died, and makes nothing twice', async () => {
    const made: string[] = [];
    const worker = {
      generate: (...[source, edit, { seed }]: Parameters<CounterfactualWorker['generate']>) => {
        made.push(source.name);
        // The page dies in the second item.
        if (made.length === 2) return new Promise<never>(() => undefined);
        return Promise.resolve(fakeCounterfactual(source, edit, seed));
      },
    };
    const dying = studioWith({ worker });
    void beginRun(dying, PLAN, files, 'browser');
    await expect.poll(() => made.length).toBe(2);
    runs.reload();

    const studio = studioWith();
    await offerRuns(studio);
    const { offeredRun, knownRuns } = studio.store.getState();
    expect(knownRuns).toMatchObject([{ id: offeredRun, total: 3 }]);
    await reopenRun(studio, offeredRun ?? '');
    await goOn(studio);
    // Nobody has said where the films are.
    expect(lines()).toHaveLength(1);
    await chooseFilms(studio);
    await goOn(studio);
    expect(lines().map(({ item }) => item.film)).toEqual(FILMS);
    // At its end it is not offered, and stays in the list.
    await closeRun(studio);
    await offerRuns(studio);
    expect(studio.store.getState()).toMatchObject({ offeredRun: undefined, knownRuns: [{ finished: 3, total: 3 }] });
  });

  it('names what failed and goes on; what failed can be tried again', async () => {
    const bad = { ...files[1], name: 'b.png', bytes: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    const studio = studioWith();
    await beginRun(
      studio,
      PLAN,
      [files[0], bad, files[2]].filter((each) => each !== undefined),
      'browser',
    );
    expect(lines().map(({ status }) => status)).toEqual(['done', 'failed', 'done']);
    expect(studio.store.getState().notices.at(-1)?.tone).toBe('warning');
    await chooseFilms(studio);
    await goOn(studio, { retryFailed: true });
    expect(lines().at(-1)).toMatchObject({ status: 'done', item: { film: 'b.png' } });
    expect(lines()).toHaveLength(4);
  });

  it('ends where the disk is full or the films may not be read any more, and goes on later', async () => {
    const lost = files.map((file) => ({
      ...file,
      bytes: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
    }));
    const studio = studioWith();
    await beginRun(studio, PLAN, lost, 'browser');
    const problem = () => {
      const work = studio.store.getState().run?.work;
      return work?.status === 'resting' ? work.problem?.code : undefined;
    };
    expect(problem()).toBe('films-lost');
    await chooseFilms(studio);
    folder().full = true;
    await goOn(studio);
    expect(problem()).toBe('export-target');
    folder().full = false;
    await goOn(studio);
    expect(problem()).toBeUndefined();
    expect(lines().map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('is held between two steps and goes on, or is stopped without a trace of the item at hand', async () => {
    const studio = studioWith({
      worker: {
        analyse: () => {
          holdRun(studio);
          return Promise.resolve(fakeAnalysis());
        },
      },
    });
    const running = beginRun(studio, PLAN, files, 'browser');
    const status = () => studio.store.getState().run?.work.status;
    await expect.poll(status).toBe('held');
    releaseRun(studio);
    await expect.poll(() => studio.store.getState().run?.outcomes.size).toBe(1);
    await expect.poll(status).toBe('held');
    stopRun(studio);
    await running;
    expect(studio.store.getState().run?.work).toEqual({ status: 'resting' });
    expect(lines()).toHaveLength(1);
    expect(folder().text('metadata.csv').trim().split('\r\n')).toHaveLength(2);
  });

  it('makes nothing that another machine has made', async () => {
    await beginRun(studioWith(), PLAN, files, 'folder');
    const [first = ''] = folder().text('journal.jsonl').split('\n');
    folder().files.delete('journal.jsonl');
    await folder().append('journal-1-of-2.jsonl', `${first}\n`);
    runs.reload();
    const studio = studioWith();
    await beginRun(studio, PLAN, files, 'folder');
    expect(lines().map(({ item }) => item.film)).toEqual(FILMS.slice(1));
    expect(folder().text('metadata.csv').trim().split('\r\n')).toHaveLength(1 + FILMS.length);
  });

  it('takes no folder that holds the results of another plan', async () => {
    await beginRun(studioWith(), PLAN, files, 'folder');
    runs.reload();
    const studio = studioWith();
    await beginRun(studio, { ...PLAN, generated: PLAN.generated.slice(1) }, files, 'folder');
    expect(studio.store.getState().notices.at(-1)?.problems[0]?.code).toBe('plan-differs');
    expect(studio.store.getState().run).toBeUndefined();
  });
});

describe('a decision', () => {
  it('is kept in the file of the command line, and taken back where it cannot be', async () => {
    const studio = studioWith();
    await beginRun(studio, PLAN, files, 'browser');
    const [id = ''] = studio.store.getState().run?.outcomes.keys() ?? [];
    await decide(studio, { id, decision: 'reject', reason: 'too strong' });
    expect(folder().text('review.jsonl')).toBe(`${JSON.stringify({ id, decision: 'reject', reason: 'too strong' })}\n`);
    folder().full = true;
    await decide(studio, { id, decision: 'accept', reason: '' });
    expect(studio.store.getState().run?.decisions.get(id)?.decision).toBe('reject');
    expect(studio.store.getState().notices.at(-1)?.tone).toBe('error');
  });
});
