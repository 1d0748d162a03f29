/**
 * Saves the open project whenever something in it changes. Saves run one after another, each of the state as it is when its
 * turn comes, so an older state never overwrites a newer one. A save that fails is said once; work goes on unsaved, and every
 * further change tries again.
 */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { packHistory } from '../commands/packHistory';
import { toProblem } from '../problem';
import type { StudioState, StudioStore } from '../store';
import type { Studio } from '../studio';
import { packProject, type PackedProject } from './pack';
import type { ProjectSummary } from './projectStorage';
import { projectTitle, takeSnapshot, type ProjectParts } from './snapshot';

const PARTS: readonly (keyof ProjectParts)[] = [
  'project',
  'documents',
  'currentId',
  'comparison',
  'comparedId',
  'swipePosition',
  'view',
  'jobs',
  'interrupted',
];

/** Changes within this time are saved together. */
const DELAY_MILLISECONDS = 700;

interface Saving {
  queue: Promise<void>;
  /** The state that storage holds. */
  saved: ProjectParts;
}

const savings = new WeakMap<StudioStore, Saving>();

function savingOf(store: StudioStore): Saving {
  const known = savings.get(store);
  if (known !== undefined) return known;
  const saving: Saving = { queue: Promise.resolve(), saved: store.getState() };
  savings.set(store, saving);
  return saving;
}

function differs(a: ProjectParts, b: ProjectParts): boolean {
  return PARTS.some((part) => !Object.is(a[part], b[part]));
}

/** What is open now is what storage holds: it was just read from there, or there is nothing to keep yet. */
export function countAsSaved({ store }: Studio): void {
  savingOf(store).saved = store.getState();
  store.getState().setSaveState({ status: 'saved' });
}

/** A project without a radiograph that was never stored is nothing to come back to. */
function isWorthKeeping({ documents, storedProjects, project }: StudioState): boolean {
  return documents.length > 0 || storedProjects.some(({ id }) => id === project.id);
}

export function summaryOf(state: ProjectParts, { text, blobs }: PackedProject): ProjectSummary {
  let bytes = text.length;
  for (const blob of blobs.values()) bytes += blob.byteLength;
  return {
    id: state.project.id,
    title: projectTitle(state),
    savedAt: new Date().toISOString(),
    bytes,
    radiographs: state.documents.length,
    versions: state.documents.reduce((sum, { versions }) => sum + versions.length, 0),
  };
}

async function saveOnce({ store, services }: Studio): Promise<void> {
  const state = store.getState();
  const saving = savingOf(store);
  const { setSaveState, setStoredProjects, notify } = state;
  if (!isWorthKeeping(state)) {
    saving.saved = state;
    setSaveState({ status: 'saved' });
    return;
  }
  const failedBefore = state.saveState.status === 'failed' ? state.saveState.problem.code : undefined;
  if (failedBefore === undefined) setSaveState({ status: 'saving' });
  try {
    const packed = await packProject(takeSnapshot(state));
    await services.projects.write(summaryOf(state, packed), packed);
    saving.saved = state;
    setStoredProjects(await services.projects.list());
    setSaveState({ status: differs(store.getState(), state) ? 'saving' : 'saved' });
  } catch (error) {
    const problem = toProblem(error, errors.savingProject());
    setSaveState({ status: 'failed', problem });
    if (failedBefore !== problem.code) notify({ tone: 'error', title: notices.projectIsNotSaved(), problems: [problem] });
  }
}

/** Saves what has changed since the last save. Never rejects: the save state tells how it went. */
export function saveProject(studio: Studio): Promise<void> {
  const saving = savingOf(studio.store);
  saving.queue = saving.queue.then(async () => {
    await packHistory(studio);
    if (differs(studio.store.getState(), saving.saved)) await saveOnce(studio);
  });
  return saving.queue;
}

/** @returns how to stop */
export function keepSaved(studio: Studio): () => void {
  const { store } = studio;
  const saving = savingOf(store);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = store.subscribe((state, before) => {
    if (!differs(state, before) || !differs(state, saving.saved)) return;
    if (state.saveState.status === 'saved' && isWorthKeeping(state)) state.setSaveState({ status: 'saving' });
    // The beginning of a computation is what a crash in the middle of it must find.
    const delay = state.jobs.length <= before.jobs.length ? DELAY_MILLISECONDS : 0;
    if (delay === 0) clearTimeout(timer);
    else if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void saveProject(studio);
    }, delay);
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
