/** Makes one counterfactual of the radiograph on the screen. */

import { obstacle, toEdit, toSamplingOptions, withNextSeed } from '../editRequest';
import { countChangedOutside } from '../outsideChange';
import { isAbort, toProblem } from '../problem';
import { samplingFor } from '../release';
import { currentDocument } from '../slices/documents';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { analysisOf, looksUnlikeFrontalChest, type StudioDocument, type Version } from '../studioDocument';
import { thumbnailOf } from '../thumbnail';
import type { Counterfactual } from '../../counterfactual/edit';

/** Why no counterfactual can be made now, in words; undefined when one can. */
export function whyNotGenerate(state: StudioState): string | undefined {
  const document = currentDocument(state);
  if (document === undefined) return 'Open a radiograph first.';
  if (state.generation.status === 'running') return 'A counterfactual is being made.';
  if (state.engine.status === 'starting') return 'The networks are still loading.';
  if (state.engine.status === 'failed') return 'The networks are not available.';
  if (document.analysis.status === 'failed') return 'This radiograph could not be read.';
  if (document.analysis.status !== 'ready') return 'The radiograph is being read.';
  if (looksUnlikeFrontalChest(document) && !document.acceptedAsFrontal) return 'Confirm that this is a frontal chest radiograph.';
  return obstacle(document.request, document.mask);
}

function toVersion(source: StudioDocument, counterfactual: Counterfactual): Version {
  return {
    id: counterfactual.image.id,
    counterfactual,
    thumbnail: thumbnailOf(counterfactual.image),
    label: source.request.text,
    changedOutside: countChangedOutside(source.radiograph, counterfactual.image, counterfactual.mask),
  };
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
    stageStartedAt: services.now(),
    stageElapsed: 0,
    cancelling: false,
    cancel: () => {
      controller.abort();
    },
  });
  try {
    const counterfactual = await services.worker.generate(document.radiograph, edit, sampling, {
      onProgress: (progress) => {
        store.getState().advanceGeneration(progress, services.now());
      },
      signal: controller.signal,
    });
    keep(store.getState(), document, counterfactual);
  } catch (error) {
    if (!isAbort(error)) {
      const problem = toProblem(error, `making a counterfactual of ${document.radiograph.name}`);
      store.getState().notify({ tone: 'error', title: 'No counterfactual was made', problems: [problem] });
    }
  } finally {
    store.getState().setGeneration({ status: 'idle' });
  }
}

function keep(state: StudioState, source: StudioDocument, counterfactual: Counterfactual): void {
  const version = toVersion(source, counterfactual);
  state.updateDocument(source.id, (open) => ({
    ...open,
    versions: [...open.versions, version],
    shownVersionId: version.id,
    // Not a step to undo: the seed moves on by itself.
    request: withNextSeed(open.request),
  }));
  state.setLastEdit(counterfactual.milliseconds);
  if (state.currentId === source.id && state.comparison === 'source') state.setComparison('counterfactual');
}

export function cancelGeneration({ store }: Studio): void {
  const { generation, setGeneration } = store.getState();
  if (generation.status !== 'running' || generation.cancelling) return;
  setGeneration({ ...generation, cancelling: true });
  generation.cancel();
}
