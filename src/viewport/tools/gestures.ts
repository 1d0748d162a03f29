/** What dragging does with each tool, and the cursor that says so. */

import type { ViewportTool } from '../viewport';
import type { DragStarter } from './drag';
import { boxDrag, ellipseDrag, lassoDrag } from './shape-drag';
import { panDrag, placeDrag, windowDrag, zoomDrag } from './view-drags';

export const DRAGS: Readonly<Record<Exclude<ViewportTool, 'polygon' | 'brush' | 'eraser'>, DragStarter>> = {
  window: windowDrag,
  pan: panDrag,
  zoom: zoomDrag,
  place: placeDrag,
  lasso: lassoDrag,
  ellipse: ellipseDrag,
  box: boxDrag,
};

export const CURSORS: Readonly<Record<ViewportTool, string>> = {
  window: 'crosshair',
  pan: 'grab',
  zoom: 'zoom',
  place: 'crosshair',
  brush: 'none',
  eraser: 'none',
  lasso: 'crosshair',
  polygon: 'crosshair',
  ellipse: 'crosshair',
  box: 'crosshair',
};
