/** The right pane of two: shows the result under the same zoom, pan and window as the left one, and moves it along. */

import * as say from '../../messages/en/names';
import { changeView } from '../../state/commands/view';
import { imageNow } from '../../record/pixels/storedCounterfactual';
import { comparedNames } from '../../state/slices/compare';
import { currentVersion } from '../../state/slices/documents';
import type { Studio } from '../../state/studio';
import type { ViewportTool } from '../../viewport/viewport';

const LOOKING: ReadonlySet<ViewportTool> = new Set(['window', 'pan', 'zoom']);

/** Masks are painted on the left; here such a tool moves the picture. */
function lookingTool(tool: ViewportTool): ViewportTool {
  return LOOKING.has(tool) ? tool : 'pan';
}

/** @returns how to take the pane down again */
export function mountSecondViewer(studio: Studio, element: HTMLElement): () => void {
  const { store, services } = studio;
  // What the pane fits its picture to is not the user's wish.
  let listening = false;
  const viewer = services.createViewport(element, {
    maskChanged: () => undefined,
    viewChanged: (view) => {
      if (listening) changeView(studio, view);
    },
    pointerMoved: store.getState().setPointer,
    swipeMoved: () => undefined,
  });
  let shown: string | undefined;
  const follow = () => {
    const state = store.getState();
    const image = imageNow(currentVersion(state));
    if (image === undefined) return;
    listening = false;
    if (image.id !== shown) {
      shown = image.id;
      viewer.setImage(image);
      const name = comparedNames(state)?.counterfactual ?? say.counterfactual();
      viewer.setNames({ source: name, counterfactual: name });
    }
    if (state.view !== undefined) viewer.setView(state.view);
    viewer.setTool(lookingTool(state.tool), 1);
    listening = true;
  };
  follow();
  const unfollow = store.subscribe((state, before) => {
    if (
      state.view !== before.view ||
      state.tool !== before.tool ||
      currentVersion(state) !== currentVersion(before) ||
      state.comparedId !== before.comparedId ||
      state.pixels !== before.pixels
    )
      follow();
  });
  return () => {
    unfollow();
    listening = false;
    viewer.destroy();
  };
}
