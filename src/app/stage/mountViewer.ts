/** Keeps the viewer in step with the state, and the state with the viewer's events. */

import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/names';
import { paint } from '../../state/commands/mask';
import { followSketch } from '../../state/commands/liveSketch';
import { setCentre } from '../../state/commands/request';
import { changeView } from '../../state/commands/view';
import { imageNow } from '../../record/pixels/storedCounterfactual';
import { activeMask } from '../../record/masks/namedMasks';
import { shownResult } from '../../state/shownResult';
import { comparedImage, comparedNames } from '../../state/slices/compare';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { brushRadiusPixels, isMaskDrawn, toComparison } from '../../state/slices/view';
import { generationHere } from '../../state/slices/generation';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { analysisOf } from '../../record/studioDocument';
import type { PictureNames, ViewState } from '../../viewport/viewport';
import { followAreas } from './followAreas';
import { zoneLayers } from './zoneLayers';

type Viewer = NonNullable<Studio['viewport']['current']>;

/** One line of the state that the viewer has to follow. */
function follow<Part>(studio: Studio, select: (state: StudioState) => Part, apply: (part: Part) => void): () => void {
  let last = select(studio.store.getState());
  apply(last);
  return studio.store.subscribe((state) => {
    const next = select(state);
    if (Object.is(next, last)) return;
    last = next;
    apply(next);
  });
}

/** Whether the mask in use is not hidden in the list of masks. */
function isActiveShown(state: StudioState): boolean {
  const document = currentDocument(state);
  return (document && activeMask(document)?.shown) ?? true;
}

function showsResult(state: StudioState): boolean {
  return shownResult(state) !== undefined;
}

function namesOf(state: StudioState): PictureNames | undefined {
  const names = comparedNames(state);
  // Each of two panes says which it is.
  return (
    names ??
    (state.comparison === 'sideBySide' && showsResult(state)
      ? { source: say.source(), counterfactual: say.counterfactual() }
      : undefined)
  );
}

/** What each viewer last showed on the left, and of which document. */
const lastShown = new WeakMap<Viewer, { readonly documentId: string; readonly source: Radiograph }>();

/** Another picture of the same document on the left takes over view and mask, which a viewer gives up with its source. */
function showPictures(studio: Studio, viewer: Viewer): void {
  const state = studio.store.getState();
  const [source, document] = [comparedImage(state), currentDocument(state)];
  if (source === undefined || document === undefined) return;
  const last = lastShown.get(viewer);
  lastShown.set(viewer, { documentId: document.id, source });
  viewer.setImage(source, imageNow(currentVersion(state)));
  if (last?.documentId !== document.id || last.source === source) return;
  viewer.setMask(document.mask);
  if (state.view !== undefined) changeView(studio, state.view);
}

function connect(studio: Studio, viewer: Viewer): () => void {
  const followed = [
    // Image and result change together, or the viewer would show one document's result over another.
    follow(
      studio,
      (state) =>
        `${state.currentId ?? ''} ${comparedImage(state)?.id ?? ''} ${imageNow(currentVersion(state))?.id ?? ''}`,
      () => {
        showPictures(studio, viewer);
      },
    ),
    follow(
      studio,
      (state) => JSON.stringify(namesOf(state)),
      () => {
        viewer.setNames(namesOf(studio.store.getState()));
      },
    ),
    follow(
      studio,
      (state) => JSON.stringify(toComparison(state, showsResult(state))),
      () => {
        const state = studio.store.getState();
        viewer.setComparison(toComparison(state, showsResult(state)));
      },
    ),
    follow(
      studio,
      (state) => currentDocument(state)?.mask,
      (mask) => {
        viewer.setMask(mask);
      },
    ),
    follow(
      studio,
      (state) => isMaskDrawn(state, showsResult(state)) && isActiveShown(state),
      (drawn) => {
        viewer.setMaskShown(drawn);
      },
    ),
    follow(
      studio,
      (state) => (state.zonesShown ? analysisOf(currentDocument(state)) : undefined),
      (analysis) => {
        viewer.setOverlay(analysis === undefined ? undefined : zoneLayers(analysis));
      },
    ),
    follow(
      studio,
      (state) => generationHere(state)?.preview,
      (preview) => {
        viewer.setPreview(preview, generationHere(studio.store.getState())?.within);
      },
    ),
    follow(
      studio,
      (state) => {
        const radiograph = currentDocument(state)?.radiograph;
        const radius =
          radiograph === undefined ? 1 : brushRadiusPixels(state.brushRadius, radiograph.width, radiograph.height);
        const { tool, brushHardness, penPressure, subtractShapes } = state;
        return JSON.stringify([
          tool,
          radius,
          { hardness: brushHardness, pressure: penPressure, subtract: subtractShapes },
        ]);
      },
      (setting) => {
        viewer.setTool(...(JSON.parse(setting) as Parameters<Viewer['setTool']>));
      },
    ),
    followAreas(studio, viewer, follow),
    followSketch(studio),
    follow(
      studio,
      (state) => (state.sketch.status === 'drawn' ? state.sketch.view.picture : undefined),
      (picture) => {
        viewer.setSketch(picture);
      },
    ),
    // Last, as it is for the picture that is set by now.
    follow(
      studio,
      (state) => state.restoredView,
      (saved) => {
        takeUpView(studio, viewer, saved);
      },
    ),
  ];
  return () => {
    for (const unfollow of followed) unfollow();
  };
}

/** Window, zoom and place as they were when the project was saved. A picture that filled the screen fills it again. */
function takeUpView({ store }: Studio, viewer: Viewer, saved: ViewState | undefined): void {
  const { view, setViewState, setRestoredView } = store.getState();
  if (saved === undefined || view === undefined) return;
  const same =
    view.scale === saved.scale && view.translation.every((offset, axis) => offset === saved.translation[axis]);
  const fills = saved.fitted ?? same;
  const change = fills ? { window: saved.window, inverted: saved.inverted } : saved;
  viewer.setView(change);
  setViewState({ ...view, ...change });
  setRestoredView(undefined);
}

/** @returns how to take the viewer down again */
export function mountViewer(studio: Studio, element: HTMLElement): () => void {
  const { store, services, viewport } = studio;
  const { setViewState, setPointer, setSwipePosition } = store.getState();
  const viewer = services.createViewport(element, {
    maskChanged: (mask, changed) => {
      const { currentId } = store.getState();
      if (currentId === undefined) return;
      paint(studio, currentId, mask, changed);
      // Whoever paints over a result works on the mask.
      if (!isMaskDrawn(store.getState(), showsResult(store.getState()))) store.getState().setMaskShown(true);
    },
    viewChanged: setViewState,
    pointerMoved: setPointer,
    swipeMoved: setSwipePosition,
    placed: (at) => {
      setCentre(studio, at);
    },
  });
  viewport.current = viewer;
  const disconnect = connect(studio, viewer);
  return () => {
    disconnect();
    viewport.current = undefined;
    viewer.destroy();
    setViewState(undefined);
    setPointer(undefined);
  };
}
