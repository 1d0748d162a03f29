/** Has what edits of a document start from read: zones, findings, and whether it is a frontal chest radiograph at all. */

import * as errors from '../../messages/en/errors';
import { toProblem } from '../problem';
import type { Studio } from '../studio';
import { baseAnalysis, baseImage, findVersion, withAnalysisState, type AnalysisState } from '../studioDocument';

export async function analyseDocument({ store, services }: Studio, documentId: string): Promise<void> {
  const document = store.getState().documents.find(({ id }) => id === documentId);
  if (document === undefined || store.getState().engine.status !== 'ready') return;
  const { status } = baseAnalysis(document);
  if (status === 'running' || status === 'ready') return;
  const versionId = findVersion(document, document.baseVersionId)?.id;
  const set = (analysis: AnalysisState) => {
    store.getState().updateDocument(documentId, (open) => withAnalysisState(open, versionId, analysis));
  };
  set({ status: 'running' });
  try {
    set({ status: 'ready', analysis: await services.worker.analyse(baseImage(document)) });
  } catch (error) {
    set({ status: 'failed', problem: toProblem(error, errors.readingRadiograph({ name: document.radiograph.name })) });
  }
}
