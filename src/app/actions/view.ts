/** How the picture is looked at: zoom, grey, zones. */

import { Contrast, Focus, Maximize, ScanLine, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import { maskNow } from '../../record/pixels/storedCounterfactual';
import { maskBounds } from '../../imaging/mask';
import type { Mask } from '../../imaging/radiograph';
import * as say from '../../messages/en/actions';
import { analysisOf } from '../../record/studioDocument';
import { changeView } from '../../state/commands/view';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Action } from './action';

export const actionResetView: Action = {
  name: 'view.reset',
  label: say.resetView,
  group: 'View',
  icon: Maximize,
  shortcuts: ['0', 'R'],
  keywords: say.resetViewKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  perform: ({ viewport }) => {
    viewport.current?.reset();
  },
};

/** Screen pixels per pixel of the radiograph, as the viewer allows. */
const LEAST = 0.01;
const GREATEST = 64;

function zoom(name: string, label: () => string, icon: LucideIcon, shortcut: string, factor: number): Action {
  return {
    name,
    label,
    group: 'View',
    icon,
    shortcuts: [shortcut],
    keywords: say.zoomKeywords,
    predicate: (state) => state.view !== undefined,
    perform: (studio) => {
      const scale = studio.store.getState().view?.scale;
      if (scale !== undefined) changeView(studio, { scale: Math.min(GREATEST, Math.max(LEAST, scale * factor)) });
    },
  };
}

export const actionZoomIn = zoom('view.zoomIn', say.zoomIn, ZoomIn, '+', 1.25);
export const actionZoomOut = zoom('view.zoomOut', say.zoomOut, ZoomOut, '-', 0.8);

/** Where the result differs; before there is one, where it may. */
function changeOf(state: StudioState): Mask | undefined {
  const version = currentVersion(state);
  return version === undefined ? currentDocument(state)?.mask : maskNow(version);
}

export const actionZoomToChange: Action = {
  name: 'view.zoomToChange',
  label: say.zoomToChange,
  group: 'View',
  icon: Focus,
  shortcuts: ['F'],
  keywords: say.zoomToChangeKeywords,
  predicate: (state) => changeOf(state) !== undefined,
  perform: ({ store, viewport }) => {
    const mask = changeOf(store.getState());
    const bounds = mask && maskBounds(mask);
    if (bounds !== undefined) viewport.current?.frame(bounds);
  },
};

export const actionInvert: Action = {
  name: 'view.invert',
  label: say.invert,
  group: 'View',
  icon: Contrast,
  shortcuts: ['I'],
  keywords: say.invertKeywords,
  predicate: (state) => currentDocument(state) !== undefined,
  pressed: (state) => state.view?.inverted ?? false,
  perform: (studio) => {
    changeView(studio, { inverted: !(studio.store.getState().view?.inverted ?? false) });
  },
};

export const actionToggleZones: Action = {
  name: 'view.zones',
  label: say.toggleZones,
  group: 'View',
  icon: ScanLine,
  shortcuts: ['O'],
  keywords: say.toggleZonesKeywords,
  predicate: (state) => analysisOf(currentDocument(state)) !== undefined,
  pressed: (state) => state.zonesShown,
  perform: ({ store }) => {
    const { zonesShown, setZonesShown } = store.getState();
    setZonesShown(!zonesShown);
  },
};
