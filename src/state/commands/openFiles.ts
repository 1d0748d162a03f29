/** Opens files one after another. A file that fails is named with its reason; the others open, and what was open stays. */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { inSlices, nextTask } from '../../imaging/slices';
import { preparePixels } from '../../viewport/pixels/pyramid';
import { initialRequest } from '../../record/editRequest';
import type { Radiograph } from '../../imaging/radiograph';
import { toProblem, type Problem } from '../../record/problem';
import { keepFile } from '../filesOfFilms';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { newDocument, type StudioDocument } from '../../record/studioDocument';
import { thumbnailInSlices } from '../../record/thumbnail';
import { analyseDocument } from './analyseDocument';
import { lookForText } from './lookForText';
import { openChosen } from './chooseFrame';
import { isProjectFile, openProjectFile } from './projectFile';

/** Undefined: of a file of several frames the user wants none. */
async function read(studio: Studio, bytes: Uint8Array, name: string): Promise<StudioDocument | undefined> {
  const radiograph = await openChosen(studio, bytes, name);
  return radiograph && documentOf(studio, radiograph);
}

async function documentOf(studio: Studio, radiograph: Radiograph): Promise<StudioDocument> {
  const thumbnail = await inSlices(thumbnailInSlices(radiograph));
  await inSlices(preparePixels(radiograph));
  return newDocument(radiograph, thumbnail, initialRequest(studio.store.getState().preferredSampler));
}

/** A film that was made here, not read from a file, joins the open ones, and is then read by the networks. */
export async function openMade(
  studio: Studio,
  radiograph: Radiograph,
  whenShown: (document: StudioDocument) => void,
): Promise<void> {
  const { addDocument, setComparison } = studio.store.getState();
  const document = await documentOf(studio, radiograph);
  addDocument(document);
  setComparison('source');
  whenShown(document);
  await readOpened(studio, [document]);
}

/** Looks at a file once its bytes are there. @returns whether it is taken elsewhere and so not opened */
export type Diversion = (file: OpenableFile, bytes: Uint8Array) => Promise<boolean>;

/** A project among the files is opened first; the radiographs then join it. */
export async function openFiles(studio: Studio, files: readonly OpenableFile[]): Promise<void> {
  await readOpened(studio, await openEach(studio, files));
}

/** One file at a time, each read once. @returns what was opened, still to be read by the networks */
export async function openEach(
  studio: Studio,
  files: readonly OpenableFile[],
  divert?: Diversion,
): Promise<readonly StudioDocument[]> {
  const project = files.find(isProjectFile);
  if (project !== undefined) await openProjectFile(studio, project);
  const radiographs = files.filter((file) => !isProjectFile(file));
  return radiographs.length === 0 ? [] : openRadiographs(studio, radiographs, divert);
}

async function openRadiographs(
  studio: Studio,
  files: readonly OpenableFile[],
  divert?: Diversion,
): Promise<readonly StudioDocument[]> {
  const { store } = studio;
  const problems: Problem[] = [];
  const opened: StudioDocument[] = [];
  for (const [index, file] of files.entries()) {
    store.getState().setOpening(files.slice(index).map(({ name }) => name));
    try {
      const bytes = await file.bytes();
      if ((await divert?.(file, bytes)) === true) continue;
      const document = await read(studio, bytes, file.name);
      if (document === undefined) continue;
      opened.push(document);
      if (document.radiograph.dicomReference) keepFile(store, document.id, file);
      store.getState().addDocument(document);
      if (currentDocument(store.getState()) === document) store.getState().setComparison('source');
    } catch (error) {
      problems.push(toProblem(error, errors.openingFile({ name: file.name })));
    }
  }
  store.getState().setOpening([]);
  report(studio, files, opened.length, problems);
  return opened;
}

export async function readOpened(studio: Studio, opened: readonly StudioDocument[]): Promise<void> {
  // The page draws what it opened before the pixels are copied for the reader.
  await nextTask();
  const looked = lookForText(studio, opened);
  for (const { id } of opened) {
    // What was on the screen may have been read, or have failed, while the files after it were opened.
    if (studio.store.getState().documents.find((document) => document.id === id)?.analysis.status !== 'failed')
      await analyseDocument(studio, id);
  }
  await looked;
}

function report({ store }: Studio, files: readonly OpenableFile[], opened: number, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const only = files.length === 1 ? files[0] : undefined;
  const title =
    only === undefined
      ? notices.filesOpened({ opened, count: opened + problems.length })
      : notices.notOpened({ name: only.name });
  store.getState().notify({ tone: 'error', title, problems });
}
