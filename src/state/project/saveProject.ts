/**
 * Saves the open project whenever something in it changes. Saves run one after another, each of the state as it is when its
 * turn comes, so an older state never overwrites a newer one. A save that fails is said once; work goes on unsaved, and every
 * further change tries again. Whoever takes something off the screen asks for the outcome first.
 */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { packHistory } from '../commands/packHistory';
import { toProblem, type Problem } from '../../record/problem';
import { about } from '../slices/notices';
import type { StudioState, StudioStore } from '../store';
import type { Studio } from '../studio';
import { ProjectHandedOverError } from '../../record/project/errors';
import { releasePixels } from '../../record/project/arrays';
import { withThumbnails } from '../../record/project/thumbnailAnew';
import { packProject, type PackedProject } from '../../record/project/pack';
import type { ProjectSummary } from '../../record/project/projectStorage';
import { repairProject } from '../../record/project/repair';
import { tellLosses } from './tellLosses';
import { projectTitle, takeSnapshot, type ProjectParts } from '../../record/project/snapshot';

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

/** How a save went. Storage holds all that was open when it ended, or the user has to be asked before any of it goes. */
export type SaveOutcome = { readonly status: 'saved' } | { readonly status: 'failed'; readonly problem: Problem };

interface Saving {
  queue: Promise<SaveOutcome>;
  /** The state that storage holds. */
  saved: ProjectParts;
  /** Another page may write the project now. */
  handedOver?: boolean;
  /** What had to be left out of the last save, as it was told. */
  lost: string;
  /** What storage holds was not all readable: it is kept beside what is written in its place. */
  damaged: boolean;
}

const savings = new WeakMap<StudioStore, Saving>();

function savingOf(store: StudioStore): Saving {
  const known = savings.get(store);
  if (known !== undefined) return known;
  const saving: Saving = {
    queue: Promise.resolve({ status: 'saved' }),
    saved: store.getState(),
    lost: '',
    damaged: false,
  };
  savings.set(store, saving);
  return saving;
}

function differs(a: ProjectParts, b: ProjectParts): boolean {
  return PARTS.some((part) => !Object.is(a[part], b[part]));
}

/** What is open now is what storage holds: it was just read from there, or there is nothing to keep yet. */
export function countAsSaved({ store }: Studio, { damaged = false }: { readonly damaged?: boolean } = {}): void {
  Object.assign(savingOf(store), { saved: store.getState(), damaged } satisfies Partial<Saving>);
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

/** Whether something is open that storage does not hold. */
export function hasUnsaved({ store }: Studio): boolean {
  const state = store.getState();
  return isWorthKeeping(state) && differs(state, savingOf(store).saved);
}

async function saveOnce({ store, services }: Studio): Promise<void> {
  const state = store.getState();
  const saving = savingOf(store);
  const { setSaveState, setStoredProjects } = state;
  if (!isWorthKeeping(state)) {
    saving.saved = state;
    setSaveState({ status: 'saved' });
    return;
  }
  if (state.saveState.status !== 'failed') setSaveState({ status: 'saving' });
  // Checked as it will be when it is opened: what is written opens again.
  const { project, losses } = await withThumbnails(repairProject(takeSnapshot(state), projectTitle(state)));
  const packed = await packProject(project, state.closedDocuments);
  await services.projects.write(summaryOf(state, packed), packed, { keepFormer: saving.damaged || losses.length > 0 });
  releasePixels(packed.blobs, (sha256) => services.projects.blob(sha256));
  Object.assign(saving, { saved: state, damaged: false } satisfies Partial<Saving>);
  if (losses.join() !== saving.lost) tellLosses(store, losses);
  saving.lost = losses.join();
  setStoredProjects(await services.projects.list());
  setSaveState({ status: differs(store.getState(), state) ? 'saving' : 'saved' });
}

function failed({ store }: Studio, error: unknown): SaveOutcome {
  const { saveState, setSaveState, notify } = store.getState();
  const problem = toProblem(error, errors.savingProject());
  setSaveState({ status: 'failed', problem });
  const known = saveState.status === 'failed' && saveState.problem.code === problem.code;
  if (!known) notify({ tone: 'error', title: notices.projectIsNotSaved(), problems: [problem], about: [about.saving] });
  return { status: 'failed', problem };
}

/** Whoever gave up the right to write the project writes it no more, whatever becomes of this page. */
export function stopSaving({ store }: Studio): void {
  savingOf(store).handedOver = true;
}

/** What changed while it was written is written too, so that "saved" is true of what is open now. */
async function saveAll(studio: Studio): Promise<SaveOutcome> {
  try {
    do {
      await packHistory(studio);
      if (savingOf(studio.store).handedOver === true && hasUnsaved(studio))
        throw new ProjectHandedOverError(projectTitle(studio.store.getState()));
      if (differs(studio.store.getState(), savingOf(studio.store).saved)) await saveOnce(studio);
    } while (hasUnsaved(studio));
    const { saveState, setSaveState, dismissAbout } = studio.store.getState();
    if (saveState.status !== 'saved') setSaveState({ status: 'saved' });
    dismissAbout(about.saving);
    return { status: 'saved' };
  } catch (error) {
    return failed(studio, error);
  }
}

/** Saves what has changed since the last save. Never rejects, and one that fails does not stop the next. */
export function saveProject(studio: Studio): Promise<SaveOutcome> {
  const saving = savingOf(studio.store);
  saving.queue = saving.queue.then(() => saveAll(studio));
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
