/** Makes one counterfactual of the radiograph on the screen. */

import { obstacle, toEdit, toSamplingOptions, withNextSeed } from '../editRequest';
import { countChangedOutside } from '../outsideChange';
import { isAbort, toProblem } from '../problem';
import { samplingFor } from '../release';
import { currentDocument } from '../slices/documents';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { analysisOf, baseAnalysis, baseImage, openDoubt, withVersion, type StudioDocument, type Version } from '../studioDocument';
import { thumbnailOf } from '../thumbnail';
import { maskOfPlaces } from '../zoneMask';
import type { Counterfactual } from '../../counterfactual/edit';
import { impliedPlaces } from '../../findings/knowledge';
import type { Mask } from '../../imaging/radiograph';

/** Why no counterfactual can be made now, in words; undefined when one can. */
export function whyNotGenerate(state: StudioState): string | undefined {
  const document = currentDocument(state);
  if (document === undefined) return 'Open a radiograph first.';
  if (state.generation.status === 'running') return 'A counterfactual is being made.';
  if (state.engine.status === 'starting') return 'The networks are still loading.';
  if (state.engine.status === 'failed') return 'The networks are not available.';
  const { status } = baseAnalysis(document);
  if (status === 'failed') return 'This radiograph could not be read.';
  if (status !== 'ready') return 'The radiograph is being read.';
  if (openDoubt(document) !== undefined) return 'Confirm that this is a frontal chest radiograph.';
  return obstacle(document.request, document.mask);
}

function toVersion(source: StudioDocument, counterfactual: Counterfactual): Version {
  return {
    id: counterfactual.image.id,
    parentId: source.baseVersionId,
    counterfactual,
    thumbnail: thumbnailOf(counterfactual.image),
    label: source.request.text,
    name: undefined,
    pinned: false,
    changedOutside: countChangedOutside(baseImage(source), counterfactual.image, counterfactual.mask),
    analysis: { status: 'waiting' },
  };
}

function withinOf(document: StudioDocument): Mask | undefined {
  const { mask, radiograph, request } = document;
  const analysis = analysisOf(document);
  if (mask !== undefined || analysis === undefined) return mask;
  return maskOfPlaces(analysis, impliedPlaces(request.finding, request.places), radiograph);
}

export async function generate({ store, services }: Studio): Promise<void> {
  const document = currentDocument(store.getState());
  if (document === undefined || whyNotGenerate(store.getState()) !== undefined) return;
  const edit = toEdit(document.request, document.mask, analysisOf(document)?.reading.zoneSeverity);
  const sampling = toSamplingOptions(document.request, samplingFor(store.getState().release, edit.kind));
  const controller = new AbortController();
  store.getState().setGeneration({
    status: 'running',
    documentId: document.id,
    label: document.request.text,
    steps: sampling.steps,
    stage: 'read',
    fraction: 0,
    preview: undefined,
    within: withinOf(document),
    stageStartedAt: services.now(),
    stageElapsed: 0,
    cancelling: false,
    cancel: () => {
      controller.abort();
    },
  });
  try {
    const counterfactual = await services.worker.generate(baseImage(document), edit, sampling, {
      onProgress: (progress) => {
        store.getState().advanceGeneration(progress, services.now());
      },
      signal: controller.signal,
      allowUncertain: document.acceptedAsFrontal,
    });
    keep(store.getState(), document, counterfactual);
  } catch (error) {
    if (!isAbort(error)) refuse(store.getState(), document, error);
  } finally {
    store.getState().setGeneration({ status: 'idle' });
  }
}

function keep(state: StudioState, source: StudioDocument, counterfactual: Counterfactual): void {
  const version = toVersion(source, counterfactual);
  state.updateDocument(source.id, (open) => ({
    ...withVersion(open, version),
    // Not a step to undo: the seed moves on by itself.
    request: withNextSeed(open.request),
  }));
  if (counterfactual.changedPixels === 0) {
    state.notify({ tone: 'warning', title: 'Nothing changed: the radiograph already reads as asked', problems: [] });
    return;
  }
  state.setLastEdit(counterfactual.milliseconds);
  state.setMaskShown(false);
  if (state.currentId === source.id && state.comparison === 'source') state.setComparison('counterfactual');
}

/** The method may doubt the picture where the reading did not; the user can then still insist. */
function refuse(state: StudioState, source: StudioDocument, error: unknown): void {
  const problem = toProblem(error, `making a counterfactual of ${source.radiograph.name}`);
  if (problem.code === 'not-frontal-chest') {
    state.updateDocument(source.id, (open) => ({ ...open, frontalDoubt: problem.message }));
    return;
  }
  state.notify({ tone: 'error', title: 'No counterfactual was made', problems: [problem] });
}

export function cancelGeneration({ store }: Studio): void {
  const { generation, setGeneration } = store.getState();
  if (generation.status !== 'running' || generation.cancelling) return;
  setGeneration({ ...generation, cancelling: true });
  generation.cancel();
}
