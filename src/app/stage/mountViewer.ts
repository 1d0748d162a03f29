/** Keeps the viewer in step with the state, and the state with the viewer's events. */

import { paint } from '../../state/commands/mask';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { brushRadiusPixels, toComparison } from '../../state/slices/view';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { analysisOf } from '../../state/studioDocument';
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

function connect(studio: Studio, viewer: Viewer): () => void {
  const followed = [
    // Image and result change together, or the viewer would show one document's result over another.
    follow(
      studio,
      (state) => currentVersion(state) ?? currentDocument(state)?.radiograph,
      () => {
        const source = currentDocument(studio.store.getState())?.radiograph;
        const result = currentVersion(studio.store.getState())?.counterfactual.image;
        if (source !== undefined) viewer.setImage(source, result);
      },
    ),
    follow(studio, (state) => JSON.stringify(toComparison(state, currentVersion(state) !== undefined)), () => {
      const state = studio.store.getState();
      viewer.setComparison(toComparison(state, currentVersion(state) !== undefined));
    }),
    follow(studio, (state) => currentDocument(state)?.mask, (mask) => { viewer.setMask(mask); }),
    follow(studio, (state) => (state.zonesShown ? analysisOf(currentDocument(state)) : undefined), (analysis) => {
      viewer.setOverlay(analysis === undefined ? undefined : zoneLayers(analysis));
    }),
    follow(
      studio,
      ({ generation, currentId }) =>
        generation.status === 'running' && generation.documentId === currentId ? generation.preview : undefined,
      (preview) => { viewer.setPreview(preview); },
    ),
    follow(
      studio,
      (state) => {
        const radiograph = currentDocument(state)?.radiograph;
        const radius = radiograph === undefined ? 1 : brushRadiusPixels(state.brushRadius, radiograph.width, radiograph.height);
        return `${state.tool} ${String(radius)}`;
      },
      (setting) => {
        const [, radius] = setting.split(' ');
        viewer.setTool(studio.store.getState().tool, Number(radius));
      },
    ),
  ];
  return () => {
    for (const unfollow of followed) unfollow();
  };
}

/** @returns how to take the viewer down again */
export function mountViewer(studio: Studio, element: HTMLElement): () => void {
  const { store, services, viewport } = studio;
  const { setViewState, setPointer, setSwipePosition } = store.getState();
  const viewer = services.createViewport(element, {
    maskChanged: (mask) => {
      const { currentId } = store.getState();
      if (currentId !== undefined) paint(studio, currentId, mask);
    },
    viewChanged: setViewState,
    pointerMoved: setPointer,
    swipeMoved: setSwipePosition,
  });
  viewport.current = viewer;
  const disconnect = connect(studio, viewer);
  const sizes = new ResizeObserver(() => {
    viewer.resize();
  });
  sizes.observe(element);
  return () => {
    sizes.disconnect();
    disconnect();
    viewport.current = undefined;
    viewer.destroy();
    setViewState(undefined);
    setPointer(undefined);
  };
}
