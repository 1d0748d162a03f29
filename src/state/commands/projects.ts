/** Opening, leaving and removing projects. What is open is saved before another takes its place, and stays when that fails. */

import { inSlices, nextTask } from '../../imaging/slices';
import { preparePixels } from '../../viewport/pixels/pyramid';
import * as errors from '../../messages/en/errors';
import * as names from '../../messages/en/names';
import * as notices from '../../messages/en/notices';
import { toProblem } from '../../record/problem';
import { PixelsLostError, ProjectOpenElsewhereError } from '../../record/project/errors';
import { unpackProject } from '../../record/project/pack';
import { countAsSaved, saveProject, stopSaving } from '../project/saveProject';
import { tellLosses } from '../project/tellLosses';
import { projectTitle, restoredState, type ProjectIdentity, type ProjectSnapshot } from '../../record/project/snapshot';
import { emptyProject } from '../project/emptyProject';
import { newProject } from '../slices/project';
import type { StudioStore } from '../store';
import type { Studio } from '../studio';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { loadBaseImage, shownVersion } from '../../record/studioDocument';
import { analyseDocument } from './analyseDocument';
import { mayLeave, whyNotLeave } from './leave';

/** The right to write the open project. */
const held = new WeakMap<StudioStore, () => void>();

/** Runs what may fail; a failure is told and changes nothing. */
export async function attempt(
  { store }: Studio,
  title: string,
  doing: string,
  effect: () => Promise<void>,
): Promise<void> {
  try {
    await effect();
  } catch (error) {
    store.getState().notify({ tone: 'error', title, problems: [toProblem(error, doing)] });
  }
}

async function list({ store, services }: Studio): Promise<void> {
  store.getState().setStoredProjects(await services.projects.list());
}

function take({ store, services }: Studio, release: () => void, id: string): void {
  held.get(store)?.();
  held.set(store, release);
  services.projects.rememberOpen(id);
}

/** Leaves the open project, saved as it is, to the page that takes this one's place; this one writes it no more. */
export function handOverProject(studio: Studio): void {
  const { store } = studio;
  stopSaving(studio);
  held.get(store)?.();
  held.delete(store);
}

/** The open project gets its lock; its id is new, so nobody else has it. */
async function holdOpen(studio: Studio): Promise<void> {
  const { id } = studio.store.getState().project;
  const release = await studio.services.projects.hold(id);
  take(studio, release ?? (() => undefined), id);
}

async function begin(studio: Studio, project: ProjectIdentity): Promise<void> {
  studio.store.setState({ ...emptyProject(studio.store), project });
  countAsSaved(studio);
  await holdOpen(studio);
}

/** An empty project in the place of the open one, which is kept. */
export async function startProject(studio: Studio): Promise<void> {
  if (whyNotLeave(studio.store.getState()) !== undefined || !(await mayLeave(studio))) return;
  await begin(studio, newProject());
}

/** What the viewer shows first is made ready in slices; the viewer would else do it while it draws. */
async function prepareShown({ documents, currentId }: ProjectSnapshot): Promise<void> {
  const document = documents.find(({ id }) => id === currentId) ?? documents[0];
  if (document === undefined) return;
  const shown = shownVersion(document);
  try {
    await inSlices(preparePixels(await loadBaseImage(document)));
    if (shown !== undefined) await inSlices(preparePixels(await loadImage(shown)));
  } catch (error) {
    // Said when it is shown: the project opens without the picture.
    if (!(error instanceof PixelsLostError)) throw error;
  }
}

/** An empty project, whatever is wrong with the open one: nothing of it is saved, and what is kept of it stays as it is. */
export async function startWithout(studio: Studio): Promise<void> {
  studio.store.getState().setDialog(undefined);
  await attempt(studio, notices.projectsNotKept(), errors.beginningProject(), () => begin(studio, newProject()));
}

/** Puts a project on the screen and has read in it what was not read yet, the picture on the screen first. */
function show(studio: Studio, snapshot: ProjectSnapshot, losses: readonly string[]): void {
  studio.store.setState({ ...emptyProject(studio.store), ...restoredState(snapshot), opening: [] });
  tellLosses(studio.store, losses);
  void analyseAll(studio);
}

async function analyseAll(studio: Studio): Promise<void> {
  // The page draws what it opened before the pixels are copied for the reader.
  await nextTask();
  const { documents, currentId } = studio.store.getState();
  if (currentId !== undefined) await analyseDocument(studio, currentId);
  for (const { id } of documents) await analyseDocument(studio, id);
}

/** @param mayShow asked when all is read: whether the project is still wanted */
async function openStored(studio: Studio, id: string, title: string, mayShow: () => Promise<boolean>): Promise<void> {
  const release = await studio.services.projects.hold(id);
  if (release === undefined) throw new ProjectOpenElsewhereError(title);
  try {
    const { text, blobs } = await studio.services.projects.read(id);
    const { project, losses } = await unpackProject(text, blobs, names.projectCalled({ title }));
    await prepareShown(project);
    if (!(await mayShow())) {
      release();
      return;
    }
    take(studio, release, id);
    show(studio, project, losses);
    countAsSaved(studio, { damaged: losses.length > 0 });
  } catch (error) {
    release();
    throw error;
  }
}

/** @param id of a stored project */
export async function openProject(studio: Studio, id: string): Promise<void> {
  const state = studio.store.getState();
  if (whyNotLeave(state) !== undefined || id === state.project.id) return;
  const title = state.storedProjects.find((stored) => stored.id === id)?.title ?? names.theProject();
  await attempt(studio, notices.projectNotOpened(), errors.openingProject({ title }), () =>
    openStored(studio, id, title, () => mayLeave(studio)),
  );
}

/** The save before the latest, as a project of its own: whatever is wrong with the latest, it stays where it is. */
export async function openEarlierSave(studio: Studio, id: string): Promise<void> {
  const { store, services } = studio;
  if (whyNotLeave(store.getState()) !== undefined) return;
  const title = store.getState().storedProjects.find((stored) => stored.id === id)?.title ?? names.theProject();
  await attempt(studio, notices.projectNotOpened(), errors.openingProject({ title }), async () => {
    const { text, blobs } = await services.projects.read(id, 'earlier');
    const { project, losses } = await unpackProject(text, blobs, names.projectCalled({ title }));
    await adoptProject(studio, project, losses);
  });
}

/** A project from a file, as a project of its own: what is kept of the same project is not overwritten. */
export async function adoptProject(
  studio: Studio,
  snapshot: ProjectSnapshot,
  losses: readonly string[],
): Promise<void> {
  if (!(await mayLeave(studio))) return;
  show(studio, { ...snapshot, id: newProject().id }, losses);
  await holdOpen(studio);
}

/**
 * What was open when the page was left: in this tab, or else the project saved last. Open in another tab: a new project.
 */
export async function resumeProject(studio: Studio): Promise<void> {
  const { store, services } = studio;
  await attempt(studio, notices.projectsNotKept(), errors.lookingForProjects(), () => list(studio));
  const { storedProjects } = store.getState();
  const here = services.projects.lastOpen();
  const wanted = here === undefined ? storedProjects[0] : storedProjects.find(({ id }) => id === here);
  // Files may be opened while storage is asked; they are what the user wants then.
  const untouched = () => store.getState().documents.length === 0;
  if (wanted === undefined || !untouched()) {
    await attempt(studio, notices.projectsNotKept(), errors.beginningProject(), () => holdOpen(studio));
    return;
  }
  store.getState().setOpening([wanted.title]);
  try {
    await openStored(studio, wanted.id, wanted.title, () => Promise.resolve(untouched()));
  } catch (error) {
    const elsewhere = error instanceof ProjectOpenElsewhereError;
    store.getState().notify({
      tone: elsewhere ? 'warning' : 'error',
      title: elsewhere ? notices.newProjectHere() : notices.lastNotOpened(),
      problems: [toProblem(error, errors.openingProject({ title: wanted.title }))],
    });
  }
  if (store.getState().project.id === wanted.id) return;
  store.getState().setOpening([]);
  await attempt(studio, notices.projectsNotKept(), errors.beginningProject(), () => holdOpen(studio));
}

/** Deletes for good. The open project makes way for an empty one. */
export async function deleteProject(studio: Studio, id: string): Promise<void> {
  const { store, services } = studio;
  const state = store.getState();
  const isOpen = id === state.project.id;
  if (isOpen && whyNotLeave(state) !== undefined) return;
  const title = isOpen
    ? projectTitle(state)
    : (state.storedProjects.find((stored) => stored.id === id)?.title ?? names.theProject());
  await attempt(studio, notices.projectNotDeleted(), errors.deletingProject({ title }), async () => {
    const release = isOpen ? undefined : await services.projects.hold(id);
    if (!isOpen && release === undefined) throw new ProjectOpenElsewhereError(title);
    if (isOpen) {
      // A save under way would bring it back.
      await saveProject(studio);
      await begin(studio, newProject());
    }
    await services.projects.remove(id);
    release?.();
    await list(studio);
    store.getState().notify({ tone: 'success', title: notices.projectDeleted({ title }), problems: [] });
  });
}
