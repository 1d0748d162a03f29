/** Has what edits of a document start from read: zones, findings, and whether it is a frontal chest radiograph at all. */

import * as errors from '../../messages/en/errors';
import { nextTask } from '../../imaging/slices';
import { toProblem } from '../../record/problem';
import { currentDocument } from '../slices/documents';
import type { StudioState, StudioStore } from '../store';
import type { Studio } from '../studio';
import {
  baseAnalysis,
  baseImageNow,
  findVersion,
  loadBaseImage,
  withAnalysisState,
  type AnalysisState,
  type StudioDocument,
} from '../../record/studioDocument';

/** Readings under way, by what is read. Only they tell what "running" is true of: a document may have been away meanwhile. */
const underWay = new WeakMap<StudioStore, Map<string, Promise<void>>>();

function readingsOf(store: StudioStore): Map<string, Promise<void>> {
  const known = underWay.get(store);
  if (known !== undefined) return known;
  const made = new Map<string, Promise<void>>();
  underWay.set(store, made);
  return made;
}

function baseVersionOf(document: StudioDocument): string | undefined {
  return findVersion(document, document.baseVersionId)?.id;
}

function keyOf(document: StudioDocument): string {
  return `${document.id} ${baseVersionOf(document) ?? ''}`;
}

/** Asked for by name, what failed is tried again. */
export function analyseDocument(studio: Studio, documentId: string): Promise<void> {
  const { store } = studio;
  const document = store.getState().documents.find(({ id }) => id === documentId);
  if (document === undefined || store.getState().engine.status !== 'ready' || baseAnalysis(document).status === 'ready')
    return Promise.resolve();
  const readings = readingsOf(store);
  const key = keyOf(document);
  const reading = readings.get(key) ?? read(studio, document).finally(() => readings.delete(key));
  readings.set(key, reading);
  return reading;
}

async function read({ store, services }: Studio, document: StudioDocument): Promise<void> {
  const versionId = baseVersionOf(document);
  const set = (analysis: AnalysisState) => {
    store.getState().updateDocument(document.id, 'derived', (open) => withAnalysisState(open, versionId, analysis));
  };
  set({ status: 'running' });
  try {
    const image = baseImageNow(document) ?? (await loadBaseImage(document));
    set({ status: 'ready', analysis: await services.worker.analyse(image) });
  } catch (error) {
    set({ status: 'failed', problem: toProblem(error, errors.readingRadiograph({ name: document.radiograph.name })) });
  }
}

/** What is on the screen and neither read nor being read; what failed is not tried again by itself. */
function unread(state: StudioState, store: StudioStore): StudioDocument | undefined {
  const document = currentDocument(state);
  if (document === undefined || state.engine.status !== 'ready') return undefined;
  const { status } = baseAnalysis(document);
  return status === 'waiting' || (status === 'running' && !readingsOf(store).has(keyOf(document)))
    ? document
    : undefined;
}

/**
 * Reads whatever comes to the screen unread: opened again while it was read, brought back by undo, or made and shown since.
 * @returns how to stop
 */
export function keepRead(studio: Studio): () => void {
  const { store } = studio;
  return store.subscribe((state, before) => {
    if (state.documents === before.documents && state.currentId === before.currentId && state.engine === before.engine)
      return;
    if (unread(state, store) !== undefined) void readShown(studio);
  });
}

/** The page draws what came before its pixels are copied for the reader. */
async function readShown(studio: Studio): Promise<void> {
  await nextTask();
  const document = unread(studio.store.getState(), studio.store);
  if (document !== undefined) await analyseDocument(studio, document.id);
}
