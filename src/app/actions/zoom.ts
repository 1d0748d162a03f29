import { ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import type { Action } from './action';

function zoom(name: string, label: string, icon: LucideIcon, shortcut: string, factor: number): Action {
  return {
    name,
    label,
    group: 'View',
    icon,
    shortcuts: [shortcut],
    keywords: 'magnify scale',
    predicate: (state) => state.view !== undefined,
    perform: ({ store, viewport }) => {
      const scale = store.getState().view?.scale;
      if (scale !== undefined) viewport.current?.setView({ scale: scale * factor });
    },
  };
}

export const actionZoomIn = zoom('view.zoomIn', 'Zoom in', ZoomIn, '+', 1.25);
export const actionZoomOut = zoom('view.zoomOut', 'Zoom out', ZoomOut, '-', 0.8);
