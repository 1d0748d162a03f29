import {
  Brush,
  CircleDashed,
  Eraser,
  Hand,
  Lasso,
  LocateFixed,
  PenTool,
  SquareDashed,
  Sun,
  ZoomIn,
  type LucideIcon,
} from 'lucide-react';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { ViewportTool } from '../../viewport/viewport';
import { drawnKind } from '../../findings/drawn';
import type { Action } from './action';

function selectTool(
  tool: ViewportTool,
  label: () => string,
  icon: LucideIcon,
  shortcut: string,
  keywords: () => string,
): Action {
  return {
    name: `tools.${tool}`,
    label,
    group: 'Tools',
    icon,
    shortcuts: [shortcut],
    keywords,
    predicate: (state) => currentDocument(state) !== undefined,
    pressed: (state) => state.tool === tool,
    perform: ({ store }) => {
      store.getState().setTool(tool);
    },
  };
}

export const actionWindowTool = selectTool('window', say.windowTool, Sun, 'W', say.windowToolKeywords);
export const actionPanTool = selectTool('pan', say.panTool, Hand, 'H', say.panToolKeywords);
export const actionZoomTool = selectTool('zoom', say.zoomTool, ZoomIn, 'Z', say.zoomToolKeywords);
export const actionPlaceTool: Action = {
  ...selectTool('place', say.placeTool, LocateFixed, 'N', say.placeToolKeywords),
  predicate: (state) => {
    const finding = currentDocument(state)?.request.finding;
    return finding !== undefined && drawnKind(finding)?.focal === true;
  },
};
export const actionBrushTool = selectTool('brush', say.brushTool, Brush, 'B', say.brushToolKeywords);
export const actionEraserTool = selectTool('eraser', say.eraserTool, Eraser, 'E', say.eraserToolKeywords);
export const actionPolygonTool = selectTool('polygon', say.polygonTool, PenTool, 'P', say.polygonToolKeywords);
export const actionLassoTool = selectTool('lasso', say.lassoTool, Lasso, 'L', say.lassoToolKeywords);
export const actionEllipseTool = selectTool('ellipse', say.ellipseTool, CircleDashed, 'C', say.ellipseToolKeywords);
export const actionBoxTool = selectTool('box', say.boxTool, SquareDashed, 'T', say.boxToolKeywords);
