/** Carries a plan through in the page: the same runner, journal and sink as on the command line, one item at a time. */

import type { Plan } from '../../dataset/plan/schema';
import { planText } from '../../dataset/plan/schema';
import { runSink } from '../../export/runSink';
import { inSlices } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { toProblem } from '../../record/problem';
import { journalOf, keepPlan, openRun, writeAccepted, writeTable } from '../../run/folder';
import type { Outcome, RunItem } from '../../run/item';
import { itemsOfPlan, plannedSink } from '../../run/planned';
import { run, type FilmSource, type RunProgress, type Sink } from '../../run/runner';
import { JobControl } from '../../worker/control';
import { listRuns } from './offerRuns';
import { filmsFrom } from '../run/films';
import { workerMethod } from '../run/method';
import { RunClock } from '../run/clock';
import type { RunPlace } from '../run/places';
import { encodeStrip, previewPath, stripOf } from '../run/strip';
import { stripsOf } from '../run/readStrip';
import type { OpenableFile } from '../services';
import { finishedOf, type OpenRun, type RunWork } from '../slices/run';
import type { Studio } from '../studio';

interface Session {
  readonly control: JobControl;
  readonly clock: RunClock;
  /** Resolves when nothing is written any more. */
  ended: Promise<void>;
}

const sessions = new WeakMap<Studio['store'], Session>();

/** A failure is told, and nothing is lost. @returns whether it went well */
async function told(studio: Studio, doing: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    studio.store
      .getState()
      .notify({ tone: 'error', title: notices.runNotOpened(), problems: [toProblem(error, doing)] });
    return false;
  }
}

/** Into a folder of the user's or of the browser's own; a folder that holds results of this very plan is gone on with. */
export async function beginRun(
  studio: Studio,
  asked: Plan | Promise<Plan>,
  films: readonly OpenableFile[],
  kind: RunPlace['kind'],
): Promise<void> {
  const { runs } = studio.services;
  let place: RunPlace | undefined;
  const isBegun = await told(studio, errors.openingRun(), async () => {
    if (kind === 'folder') place = await runs.choose();
    const plan = await asked;
    if (kind === 'browser') place = await runs.make(plan.header.table.names[0] ?? 'run');
    if (place === undefined) return;
    await keepPlan(place.files, planText(plan));
    await show(studio, place, films);
  });
  if (!isBegun) place?.release();
  else if (place !== undefined) await goOn(studio);
}

/** One that this browser remembers. Its films come back with their folder. */
export async function reopenRun(studio: Studio, id: string): Promise<void> {
  const { services, store } = studio;
  const before = store.getState().run;
  if (before?.place.id === id) {
    store.getState().setDialog('run');
    return;
  }
  let place: RunPlace | undefined;
  const isOpen = await told(studio, errors.openingRun(), async () => {
    place = await services.runs.reopen(id);
    await show(studio, place, undefined);
  });
  if (!isOpen) place?.release();
}

/** A folder of results that the user chooses, whoever made them. */
export async function openRunFolder(studio: Studio): Promise<void> {
  let place: RunPlace | undefined;
  const isOpen = await told(studio, errors.openingRun(), async () => {
    place = await studio.services.runs.choose();
    if (place !== undefined) await show(studio, place, undefined);
  });
  if (!isOpen) place?.release();
}

/** Back to the list of runs. What is being made is given up, and made when the run goes on. */
export async function closeRun(studio: Studio): Promise<void> {
  const { store } = studio;
  stopRun(studio);
  await sessions.get(store)?.ended;
  store.getState().run?.place.release();
  store.getState().setRun(undefined);
  await listRuns(studio);
}

async function show(studio: Studio, place: RunPlace, films: readonly OpenableFile[] | undefined): Promise<void> {
  const { store, services } = studio;
  const record = await openRun(place.files);
  stopRun(studio);
  await sessions.get(store)?.ended;
  store.getState().run?.place.release();
  const opened: OpenRun = {
    ...record,
    place,
    startedAt: new Date().toISOString(),
    films: films === undefined ? undefined : filmsFrom(films, services),
    strips: stripsOf(studio, place.files),
    work: { status: 'resting' },
  };
  store.getState().setRun(opened);
  const { finished, total } = finishedOf(opened);
  store.getState().setRunTab(finished < total ? 'run' : 'review');
  store.getState().setOfferedRun(undefined);
  store.getState().setDialog('run');
  await remember(studio, opened);
}

/** What is offered at the next start; a browser that keeps nothing offers nothing. */
async function remember({ services }: Studio, opened: OpenRun): Promise<void> {
  const { id, name, kind } = opened.place;
  const { startedAt } = opened;
  await services.runs.remember({ id, name, kind, startedAt, ...finishedOf(opened) }).catch(() => undefined);
}

/** Lets the user say where the films of the open run are. */
export async function chooseFilms(studio: Studio): Promise<void> {
  const films = await studio.services.pickFilms();
  if (films.length === 0) return;
  studio.store.getState().updateRun((open) => ({ ...open, films: filmsFrom(films, studio.services) }));
  studio.store.getState().run?.strips.retry();
}

/** Makes what is missing, and nothing twice. Resolves at the end, or when it is stopped. Never rejects. */
export async function goOn(studio: Studio, { retryFailed = false } = {}): Promise<void> {
  const { store, services } = studio;
  const open = store.getState().run;
  if (open?.plan === undefined || open.films === undefined || open.work.status !== 'resting') return;
  const session: Session = {
    control: new JobControl(),
    clock: new RunClock(() => services.now()),
    ended: Promise.resolve(),
  };
  sessions.set(store, session);
  session.ended = work(studio, { ...open, plan: open.plan, films: open.films }, session, retryFailed);
  await session.ended;
}

async function work(
  studio: Studio,
  { place, plan, films, strips, outcomes }: OpenRun & { readonly plan: Plan; readonly films: FilmSource },
  session: Session,
  retryFailed: boolean,
): Promise<void> {
  const { store, services } = studio;
  const isCurrent = (): boolean => store.getState().run?.place === place;
  const working = (change: Partial<Extract<RunWork, { item: unknown }>>): void => {
    if (isCurrent())
      store
        .getState()
        .updateRun((now) => (now.work.status === 'resting' ? now : { ...now, work: { ...now.work, ...change } }));
  };
  store.getState().updateRun((now) => ({
    ...now,
    work: { status: 'running', item: undefined, fraction: 0, millisecondsLeft: undefined },
  }));
  let problem: ReturnType<typeof toProblem> | undefined;
  let failed = 0;
  try {
    const release = await services.release();
    const onProgress = (item: RunItem, fraction: number): void => {
      working({ item, fraction });
    };
    const method = workerMethod(services.worker, release, { control: session.control, onProgress });
    const sink = plannedSink(withStrips(runSink(place.files, 'png', release), place, strips), plan);
    const onOutcome = (outcome: Outcome, { millisecondsLeft }: RunProgress): void => {
      working({ item: undefined, fraction: 0, millisecondsLeft });
      if (!isCurrent()) return;
      store.getState().updateRun((now) => ({
        ...now,
        outcomes: new Map(now.outcomes).set(outcome.item.id, outcome),
      }));
      const now = store.getState().run;
      if (now !== undefined) void remember(studio, now);
    };
    // What another machine has done, in a journal of its own, is done.
    const items = itemsOfPlan(plan).filter(({ id }) => outcomes.get(id)?.status !== 'done');
    await run(
      items,
      { films, method, sink, journal: journalOf(place.files) },
      { signal: session.control.signal, retryFailed, onOutcome, now: () => session.clock.now() },
    );
    const now = store.getState().run;
    if (now?.place === place) {
      const made = itemsOfPlan(plan).flatMap(({ id }) => now.outcomes.get(id) ?? []);
      failed = made.filter(({ status }) => status === 'failed').length;
      await writeTable(place.files, made);
      await writeAccepted(place.files, now);
    }
  } catch (error) {
    problem = toProblem(error, errors.runningPlan());
  }
  if (sessions.get(store) === session) sessions.delete(store);
  if (!isCurrent()) return;
  store.getState().updateRun((now) => ({
    ...now,
    work: { status: 'resting', ...(problem === undefined ? {} : { problem }) },
  }));
  const ended = store.getState().run;
  if (ended === undefined) return;
  await remember(studio, ended);
  const { finished, total } = finishedOf(ended);
  if (problem !== undefined && store.getState().dialog !== 'run')
    store.getState().notify({ tone: 'error', title: notices.runStopped({ finished, total }), problems: [problem] });
  else if (problem === undefined && finished === total)
    store.getState().notify({
      tone: failed === 0 ? 'success' : 'warning',
      title: notices.runDone({ count: total - failed, failed }),
      problems: [],
    });
}

/** While both pictures are at hand anyway. That it cannot be kept is no reason to lose the result. */
function withStrips(sink: Sink, { files }: RunPlace, strips: OpenRun['strips']): Sink {
  return {
    async write(item, source, result, donor) {
      const written = await sink.write(item, source, result, donor);
      const strip = await inSlices(stripOf(source, result.image));
      strips.put(item.id, strip);
      const bytes = encodeStrip(strip);
      if (bytes !== undefined) await files.write(previewPath(item.id), bytes).catch(() => undefined);
      return written;
    },
  };
}

/** Holds it after the current step. */
export function holdRun({ store }: Studio): void {
  const session = sessions.get(store);
  if (session === undefined) return;
  session.control.pause();
  session.clock.stop();
  setStatus(store, 'held');
}

export function releaseRun({ store }: Studio): void {
  const session = sessions.get(store);
  if (session === undefined) return;
  session.clock.start();
  session.control.resume();
  setStatus(store, 'running');
}

/** Gives up the item at hand; it is made when the run goes on. */
export function stopRun({ store }: Studio): void {
  const session = sessions.get(store);
  if (session === undefined) return;
  setStatus(store, 'stopping');
  session.control.cancel();
}

function setStatus(store: Studio['store'], status: 'running' | 'held' | 'stopping'): void {
  store
    .getState()
    .updateRun((open) => (open.work.status === 'resting' ? open : { ...open, work: { ...open.work, status } }));
}
