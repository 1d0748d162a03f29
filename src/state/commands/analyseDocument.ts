/** Has an open radiograph read: zones, findings, and whether it is a frontal chest radiograph at all. */

import { toProblem } from '../problem';
import type { Studio } from '../studio';
import { withAnalysis, type AnalysisState } from '../studioDocument';

export async function analyseDocument({ store, services }: Studio, documentId: string): Promise<void> {
  const document = store.getState().documents.find(({ id }) => id === documentId);
  if (document === undefined || store.getState().engine.status !== 'ready' || document.analysis.status === 'running') return;
  const { updateDocument } = store.getState();
  const set = (analysis: AnalysisState) => {
    updateDocument(documentId, (open) => ({ ...open, analysis }));
  };
  set({ status: 'running' });
  try {
    const analysis = await services.worker.analyse(document.radiograph);
    updateDocument(documentId, (open) => withAnalysis(open, analysis));
  } catch (error) {
    set({ status: 'failed', problem: toProblem(error, `reading ${document.radiograph.name}`) });
  }
}
