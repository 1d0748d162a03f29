import { ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import * as say from '../../messages/en/actions';
import { changeView } from '../../state/commands/view';
import type { Action } from './action';

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
