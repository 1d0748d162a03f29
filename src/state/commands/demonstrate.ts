/** What a visitor is offered first: one press opens a film, erases what is seen on it, and shows before beside after. */

import type { Sample } from '../samples';
import { currentDocument } from '../slices/documents';
import type { ComparisonMode } from '../../record/project/view';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { analysisOf, type StudioDocument } from '../../record/studioDocument';
import { suggestedWords } from '../suggestion';
import { until } from '../until';
import { generate, whyNotGenerate } from './generate';
import { typeText } from './request';
import { openSample } from './samples';

/** Where the middle of the right lung lies across a film; the patient's right is at the left. */
const MIDDLE_OF_LUNG = 0.28;

/** Whoever opens something else, closes it, or asks for something has gone on alone. */
function isLeft(state: StudioState, { id, request }: StudioDocument): boolean {
  const document = currentDocument(state);
  return document?.id !== id || document.request !== request || document.versions.length > 0;
}

function isSettled(state: StudioState): boolean {
  return (
    state.engine.status === 'failed' ||
    (state.engine.status === 'ready' && !['waiting', 'running'].includes(currentDocument(state)?.analysis.status ?? ''))
  );
}

/** @param comparison how before and after are shown: what there is room for */
export async function demonstrate(studio: Studio, sample: Sample, comparison: ComparisonMode): Promise<void> {
  const { store } = studio;
  const before = new Set(store.getState().documents.map(({ id }) => id));
  const opening = openSample(studio, sample);
  await until(store, (state) => state.documents.some(({ id }) => !before.has(id)) || state.opening.length === 0);
  const opened = store.getState().documents.find((document) => !before.has(document.id));
  if (opened === undefined) return;
  store.getState().setDemonstrated(opened.id);
  try {
    await opening;
    await until(store, (state) => isLeft(state, opened) || isSettled(state));
    if (isLeft(store.getState(), opened)) return;
    typeText(studio, suggestedWords(analysisOf(currentDocument(store.getState()))?.reading.zoneSeverity));
    if (whyNotGenerate(store.getState()) !== undefined) return;
  } finally {
    store.getState().setDemonstrated(undefined);
  }
  await generate(studio);
  const document = currentDocument(store.getState());
  if (document?.id !== opened.id || document.shownVersionId === undefined) return;
  store.getState().setComparison(comparison);
  // The divider stands in the lung that changed, so that both are seen at once.
  store
    .getState()
    .setSwipePosition(
      document.request.places.some((place) => place.startsWith('right')) ? MIDDLE_OF_LUNG : 1 - MIDDLE_OF_LUNG,
    );
}
