/**
 * Runs the queue: one job at a time, part by part. What is finished is kept whatever becomes of the rest; a job that fails stays
 * in the queue, to be tried again from the part it failed in.
 */

import { partsOf } from '../../counterfactual/parts';
import { impliedPlaces } from '../../findings/knowledge';
import { nextTask } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { toldError } from '../../messages/language';
import type { AreaOutline } from '../../viewport/viewport';
import { JobControl } from '../../worker/control';
import { isAbort, toProblem } from '../../record/problem';
import { imageNow, loadImage } from '../../record/pixels/storedCounterfactual';
import { isUnderWay, moved, nextJob, type Job, type JobPart } from '../../record/job';
import type { WorkOptions } from '../services';
import { about } from '../slices/notices';
import { jobUnderWay } from '../slices/queue';
import type { Studio } from '../studio';
import {
  baseAnalysis,
  baseImageNow,
  findVersion,
  loadBaseImage,
  type StudioDocument,
} from '../../record/studioDocument';
import { outlineOfPlaces } from '../zoneMask';
import { acceptedChanges, deliver, deliverReversal, deliverTrial } from './deliver';

const controls = new WeakMap<Studio['store'], Map<string, JobControl>>();
const busy = new WeakSet<Studio['store']>();

function controlsOf({ store }: Studio): Map<string, JobControl> {
  const known = controls.get(store);
  if (known !== undefined) return known;
  const made = new Map<string, JobControl>();
  controls.set(store, made);
  return made;
}

/** Resolves when the job has left the queue, or has failed. */
export async function enqueue(studio: Studio, job: Job): Promise<void> {
  const { store } = studio;
  store.getState().setJobs((jobs) => [...jobs, { job, status: 'waiting' }]);
  void runQueue(studio);
  await settled(studio, job.id);
}

function settled({ store }: Studio, id: string): Promise<void> {
  const isSettled = (): boolean => {
    const found = store.getState().jobs.find(({ job }) => job.id === id);
    return found === undefined || found.status === 'failed';
  };
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!isSettled()) return;
      stop();
      resolve();
    });
  });
}

/** Does what waits, one after another; nothing if it is at it already. Never rejects. */
export async function runQueue(studio: Studio): Promise<void> {
  const { store } = studio;
  if (busy.has(store)) return;
  busy.add(store);
  try {
    for (let job = nextJob(store.getState().jobs); job !== undefined; job = nextJob(store.getState().jobs))
      await runJob(studio, job);
  } finally {
    busy.delete(store);
  }
}

function documentOf({ store }: Studio, { documentId }: Pick<Job, 'documentId'>): StudioDocument | undefined {
  return store.getState().documents.find(({ id }) => id === documentId);
}

async function runJob(studio: Studio, job: Job): Promise<void> {
  const { store } = studio;
  const control = new JobControl();
  controlsOf(studio).set(job.id, control);
  store.getState().setJobStatus(job.id, { status: 'running' });
  try {
    let partMilliseconds: number | undefined;
    for (let part = job.done; part < job.parts.length; part++) {
      // Stopped while the part before was being shown.
      control.signal.throwIfAborted();
      const asked = job.parts[part];
      const document = documentOf(studio, job);
      // Closed meanwhile: there is nobody to make it for.
      if (asked === undefined || document === undefined) break;
      const began = studio.services.now();
      begin(studio, document, job, part, asked, partMilliseconds);
      await runPart(studio, document, job, asked, control);
      // The page draws a result before the queue goes on.
      await nextTask();
      partMilliseconds = studio.services.now() - began;
      store.getState().updateJob(job.id, (each) => ({ ...each, done: part + 1 }));
    }
    remove(studio, job.id);
  } catch (error) {
    if (isAbort(error)) remove(studio, job.id);
    else fail(studio, job, error);
  } finally {
    controlsOf(studio).delete(job.id);
    store.getState().setGeneration({ status: 'idle' });
  }
}

function begin(
  { store, services }: Studio,
  document: StudioDocument,
  job: Job,
  part: number,
  { edit, sampling, search }: JobPart,
  partMilliseconds: number | undefined,
): void {
  store.getState().setGeneration({
    status: 'running',
    jobId: job.id,
    kind: job.kind,
    documentId: job.documentId,
    label: job.label,
    steps: search === undefined ? sampling.steps : 1 + search.rounds * search.candidates,
    part,
    parts: job.parts.length,
    stage: 'read',
    fraction: 0,
    preview: undefined,
    within: withinOf(document, job, edit),
    trial: undefined,
    stageStartedAt: services.now(),
    stageElapsed: 0,
    partMilliseconds,
    heldAt: undefined,
    cancelling: false,
  });
}

/** What may change, as far as the studio knows. */
function withinOf(
  document: StudioDocument,
  { baseVersionId }: Job,
  edit: JobPart['edit'],
): AreaOutline['area'] | undefined {
  const state = baseAnalysis({ ...document, baseVersionId });
  if (edit.mask !== undefined || state.status !== 'ready') return edit.mask;
  const places = partsOf(edit).flatMap((part) => impliedPlaces(part.finding, part.places));
  const loops = outlineOfPlaces(state.analysis, [...new Set(places)]);
  return loops.length === 0 ? undefined : loops;
}

async function runPart(
  studio: Studio,
  document: StudioDocument,
  job: Job,
  { edit, sampling, search }: JobPart,
  control: JobControl,
): Promise<void> {
  const { store, services } = studio;
  const from = { ...document, baseVersionId: job.baseVersionId };
  const base = baseImageNow(from) ?? (await loadBaseImage(from));
  const options: WorkOptions = {
    onProgress: (progress) => {
      store.getState().advanceGeneration(progress, services.now());
      if (progress.trial !== undefined) deliverTrial(studio, job, progress.trial);
    },
    signal: control.signal,
    control,
    allowUncertain: job.allowUncertain,
  };
  const { worker } = services;
  if (job.kind === 'undo') {
    const result = findVersion(document, job.resultId);
    if (result === undefined) return;
    const { recipe } = result.counterfactual;
    const image = imageNow(result) ?? (await loadImage(result));
    deliverReversal(studio, job, await worker.reverse(base, edit, image, recipe, options));
    return;
  }
  const counterfactual =
    search === undefined
      ? await worker.generate(base, edit, sampling, options)
      : await worker.search(base, edit, sampling, { search, accepted: acceptedChanges(document, edit) }, options);
  await deliver(studio, job, counterfactual);
}

function remove({ store }: Studio, id: string): void {
  store.getState().setJobs((jobs) => jobs.filter(({ job }) => job.id !== id));
  store.getState().dismissAbout(about.job(id));
}

/** The method may doubt the picture where the reading did not; the user can then still insist. */
function fail(studio: Studio, job: Job, error: unknown): void {
  const state = studio.store.getState();
  const name = documentOf(studio, job)?.radiograph.name ?? errors.someRadiograph();
  const problem = toProblem(error, errors.makingCounterfactual({ name }));
  if (problem.code === 'not-frontal-chest') {
    remove(studio, job.id);
    state.updateDocument(job.documentId, 'derived', (open) => ({ ...open, frontalDoubt: toldError(problem).message }));
    return;
  }
  state.setJobStatus(job.id, { status: 'failed', problem });
  state.notify({
    tone: 'error',
    title: job.kind === 'undo' ? notices.editNotTakenBack() : notices.noCounterfactual(),
    problems: [problem],
    about: [about.job(job.id), about.document(job.documentId)],
  });
}

/** Takes a job out of the queue. What it has finished is kept. */
export function cancelJob(studio: Studio, id: string): void {
  const { store } = studio;
  const found = store.getState().jobs.find(({ job }) => job.id === id);
  if (found === undefined) return;
  if (!isUnderWay(found)) {
    remove(studio, id);
    return;
  }
  store.getState().setJobStatus(id, { status: 'ending' });
  store.getState().updateGeneration((generation) => ({ ...generation, cancelling: true }));
  controlsOf(studio).get(id)?.cancel();
}

/** Ends a job with what it has: a search with the best so far, a set with the results that are there. */
export function finishJob(studio: Studio, id: string): void {
  const { generation, jobs, setJobStatus, updateGeneration } = studio.store.getState();
  const searching =
    generation.status === 'running' &&
    generation.jobId === id &&
    generation.kind === 'search' &&
    generation.trial !== undefined;
  const ending = jobs.some(({ job, status }) => job.id === id && status === 'ending');
  if (!searching || ending) {
    cancelJob(studio, id);
    return;
  }
  setJobStatus(id, { status: 'ending' });
  updateGeneration((running) => ({ ...running, cancelling: true }));
  controlsOf(studio).get(id)?.finish();
}

/** Holds the running job after its current step. */
export function holdJob(studio: Studio): void {
  const { store, services } = studio;
  const found = jobUnderWay(store.getState());
  if (found?.status !== 'running') return;
  store.getState().setJobStatus(found.job.id, { status: 'held' });
  store.getState().updateGeneration((generation) => ({ ...generation, heldAt: services.now() }));
  controlsOf(studio).get(found.job.id)?.pause();
}

export function resumeJob(studio: Studio): void {
  const { store, services } = studio;
  const found = jobUnderWay(store.getState());
  if (found?.status !== 'held') return;
  store.getState().setJobStatus(found.job.id, { status: 'running' });
  store.getState().updateGeneration((generation) => ({
    ...generation,
    // The time it was held is not the work's.
    stageStartedAt: generation.stageStartedAt + (services.now() - (generation.heldAt ?? services.now())),
    heldAt: undefined,
  }));
  controlsOf(studio).get(found.job.id)?.resume();
}

/** Puts a failed job in line again; it goes on with the part it failed in. */
export function retryJob(studio: Studio, id: string): void {
  studio.store.getState().setJobStatus(id, { status: 'waiting' });
  studio.store.getState().dismissAbout(about.job(id));
  void runQueue(studio);
}

export function moveJob({ store }: Studio, id: string, by: -1 | 1): void {
  store.getState().setJobs((jobs) => moved(jobs, id, by));
}
