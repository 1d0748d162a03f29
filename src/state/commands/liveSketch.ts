/** Draws what the request asks for whenever it changes, and puts it on the picture. */

import { isRemoval } from '../../findings/change';
import type { Radiograph } from '../../imaging/radiograph';
import { drawnKind } from '../../findings/drawn';
import { takesNetworks } from '../../findings/wish';
import type { Analysis } from '../../counterfactual/analysis';
import type { SketchAsk, SketchFilm } from '../../worker/sketch/protocol';
import { allAsked, type EditRequest } from '../../record/editRequest';
import { isAbort, toProblem } from '../../record/problem';
import { toEdit } from '../requestedEdit';
import { currentDocument } from '../slices/documents';
import { NO_SKETCH } from '../slices/sketch';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { analysisOf, baseImageNow, type StudioDocument } from '../../record/studioDocument';

/** Whether anything that is asked is drawn, and by what it is drawn no network is needed for. */
export function drawsSomething({ sampling: { sampler }, ...request }: EditRequest): boolean {
  if (sampler === 'twin-flow' || sampler === 'inpaint') return false;
  return allAsked({
    ...request,
    sampling: { seed: 0, seedLocked: true, steps: undefined, guidance: undefined, sampler },
  }).some((change) => !isRemoval(change) && drawnKind(change.finding) !== undefined && !takesNetworks(change.sketch));
}

interface Wanted {
  readonly film: SketchFilm;
  readonly mask: StudioDocument['mask'];
  readonly ask: SketchAsk;
}

/** The film drawn on last: one only, as it holds the pixels that it was drawn on. */
let last: { readonly analysis: Analysis; readonly film: SketchFilm } | undefined;

/** The same object for the same film, so that it is sent once. */
function filmOf(radiograph: Radiograph, analysis: Analysis): SketchFilm | undefined {
  const { probabilities, reading } = analysis;
  if (probabilities === undefined) return undefined;
  if (last?.analysis === analysis && last.film.radiograph === radiograph) return last.film;
  const film = { radiograph, reading, probabilities };
  last = { analysis, film };
  return film;
}

function wantedOf(state: StudioState): Wanted | undefined {
  const document = currentDocument(state);
  if (document === undefined || !state.sketchWanted || state.blinking) return undefined;
  const { request, mask } = document;
  if (request.understanding.problem !== undefined || !drawsSomething(request)) return undefined;
  const analysis = analysisOf(document);
  const image = baseImageNow(document);
  const film = analysis && image && filmOf(image, analysis);
  if (film === undefined || (mask === undefined && allAsked(request).every(({ places }) => places.length === 0)))
    return undefined;
  const { mask: _mask, ...edit } = toEdit(request, mask, analysis?.reading.zoneSeverity);
  return { film, mask, ask: { edit, seed: request.sampling.seed } };
}

/** The state that a drawing is made of; equal parts mean an equal drawing. */
function partsOf(state: StudioState): readonly unknown[] {
  const document = currentDocument(state);
  const under = state.generation.status === 'running' && state.generation.documentId === state.currentId;
  return [
    document?.id,
    document && baseImageNow(document),
    document?.request,
    document?.mask,
    analysisOf(document),
    document?.shownVersionId,
    state.sketchWanted,
    state.blinking,
    under,
  ];
}

/** @returns how to stop */
export function followSketch(studio: Studio): () => void {
  const { store, services } = studio;
  let last: readonly unknown[] = [];
  /** The request that the result on the screen was shown with: until it changes the result is looked at, not a sketch. */
  let settled: { readonly versionId: string; readonly request: EditRequest } | undefined;
  const put = (sketch: StudioState['sketch']): void => {
    if (store.getState().sketch !== sketch) store.getState().setSketch(sketch);
  };
  const redraw = async (state: StudioState): Promise<void> => {
    const document = currentDocument(state);
    const shown = document?.shownVersionId;
    if (document === undefined || shown === undefined) settled = undefined;
    else if (settled?.versionId !== shown) settled = { versionId: shown, request: document.request };
    const busy = state.generation.status === 'running' && state.generation.documentId === state.currentId;
    const looking = settled !== undefined && settled.request === document?.request;
    const wanted = busy || looking ? undefined : wantedOf(state);
    if (wanted === undefined) {
      put(NO_SKETCH);
      return;
    }
    const parts = last;
    try {
      const view = await services.sketches.draw(wanted.film, wanted.mask, wanted.ask);
      // Overtaken, or given up meanwhile.
      if (view !== undefined && last === parts) put(view.drawn.length === 0 ? NO_SKETCH : { status: 'drawn', view });
    } catch (error) {
      if (last === parts && !isAbort(error)) put({ status: 'impossible', problem: toProblem(error, '') });
    }
  };
  const look = (state: StudioState): void => {
    const next = partsOf(state);
    if (next.length === last.length && next.every((part, index) => Object.is(part, last[index]))) return;
    last = next;
    void redraw(state);
  };
  look(store.getState());
  return store.subscribe(look);
}
