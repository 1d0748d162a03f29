import { Brush, CircleDashed, Eraser, Hand, Lasso, PenTool, SquareDashed, Sun, ZoomIn, type LucideIcon } from 'lucide-react';
import { currentDocument } from '../../state/slices/documents';
import type { ViewportTool } from '../../viewport/viewport';
import type { Action } from './action';

function selectTool(tool: ViewportTool, label: string, icon: LucideIcon, shortcut: string, keywords: string): Action {
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

export const actionWindowTool = selectTool('window', 'Window and level', Sun, 'W', 'brightness contrast grey');
export const actionPanTool = selectTool('pan', 'Pan', Hand, 'H', 'move drag hand');
export const actionZoomTool = selectTool('zoom', 'Zoom', ZoomIn, 'Z', 'magnify scale');
export const actionBrushTool = selectTool('brush', 'Paint mask', Brush, 'B', 'brush draw lesion');
export const actionEraserTool = selectTool('eraser', 'Erase mask', Eraser, 'E', 'rubber unpaint');
export const actionPolygonTool = selectTool('polygon', 'Polygon mask', PenTool, 'P', 'outline points corners');
export const actionLassoTool = selectTool('lasso', 'Lasso mask', Lasso, 'L', 'freehand outline draw around');
export const actionEllipseTool = selectTool('ellipse', 'Ellipse mask', CircleDashed, 'C', 'circle oval round');
export const actionBoxTool = selectTool('box', 'Box mask', SquareDashed, 'T', 'rectangle square');
