/** Opens files one after another. A file that fails is named with its reason; the others open, and what was open stays. */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { inSlices, nextTask } from '../../imaging/slices';
import { preparePixels } from '../../viewport/pixels/pyramid';
import { initialRequest } from '../editRequest';
import { toProblem, type Problem } from '../problem';
import type { OpenableFile } from '../services';
import { currentDocument } from '../slices/documents';
import type { Studio } from '../studio';
import { newDocument, type StudioDocument } from '../studioDocument';
import { thumbnailInSlices } from '../thumbnail';
import { analyseDocument } from './analyseDocument';
import { isProjectFile, openProjectFile } from './projectFile';

async function read({ store, services }: Studio, file: OpenableFile): Promise<StudioDocument> {
  const radiograph = await services.open(await file.bytes(), file.name);
  const thumbnail = await inSlices(thumbnailInSlices(radiograph));
  await inSlices(preparePixels(radiograph));
  return newDocument(radiograph, thumbnail, initialRequest(store.getState().preferredSampler));
}

/** A project among the files is opened first; the radiographs then join it. */
export async function openFiles(studio: Studio, files: readonly OpenableFile[]): Promise<void> {
  const project = files.find(isProjectFile);
  if (project !== undefined) await openProjectFile(studio, project);
  const radiographs = files.filter((file) => !isProjectFile(file));
  if (radiographs.length > 0) await openRadiographs(studio, radiographs);
}

async function openRadiographs(studio: Studio, files: readonly OpenableFile[]): Promise<void> {
  const { store } = studio;
  const problems: Problem[] = [];
  const opened: StudioDocument[] = [];
  for (const [index, file] of files.entries()) {
    store.getState().setOpening(files.slice(index).map(({ name }) => name));
    try {
      const document = await read(studio, file);
      opened.push(document);
      store.getState().addDocument(document);
      if (currentDocument(store.getState()) === document) store.getState().setComparison('source');
    } catch (error) {
      problems.push(toProblem(error, errors.openingFile({ name: file.name })));
    }
  }
  store.getState().setOpening([]);
  report(studio, files, problems);
  // The page draws what it opened before the pixels are copied for the reader.
  await nextTask();
  for (const { id } of opened) await analyseDocument(studio, id);
}

function report({ store }: Studio, files: readonly OpenableFile[], problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const only = files.length === 1 ? files[0] : undefined;
  const title =
    only === undefined
      ? notices.filesOpened({ opened: files.length - problems.length, count: files.length })
      : notices.notOpened({ name: only.name });
  store.getState().notify({ tone: 'error', title, problems });
}
