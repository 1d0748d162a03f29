/** The tools of the picture, and how the brush paints. */

import {
  Brush,
  Circle,
  CircleDashed,
  CircleDot,
  Eraser,
  Hand,
  Lasso,
  LocateFixed,
  Minus,
  PenTool,
  Plus,
  SquareDashed,
  Sun,
  ZoomIn,
  type LucideIcon,
} from 'lucide-react';
import { drawnKind } from '../../findings/drawn';
import * as say from '../../messages/en/actions';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import { isBrush } from '../../viewport/tools/kinds';
import type { ViewportTool } from '../../viewport/viewport';
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

const isPainting = ({ tool }: StudioState): boolean => isBrush(tool);

function brushSize(name: string, label: () => string, icon: Action['icon'], shortcut: string, factor: number): Action {
  return {
    name,
    label,
    group: 'Mask',
    ...(icon === undefined ? {} : { icon }),
    shortcuts: [shortcut],
    keywords: say.brushSizeKeywords,
    predicate: isPainting,
    perform: ({ store }) => {
      const { brushRadius, setBrushRadius } = store.getState();
      setBrushRadius(factor > 1 ? Math.ceil(brushRadius * factor) : Math.floor(brushRadius * factor));
    },
  };
}

export const actionSmallerBrush = brushSize('mask.smallerBrush', say.smallerBrush, Minus, '[', 0.8);
export const actionLargerBrush = brushSize('mask.largerBrush', say.largerBrush, Plus, ']', 1.25);

/** The keys are Shift and a square bracket on most keyboards. */
function brushHardness(
  name: string,
  label: () => string,
  icon: Action['icon'],
  shortcut: string,
  step: number,
): Action {
  return {
    name,
    label,
    group: 'Mask',
    ...(icon === undefined ? {} : { icon }),
    shortcuts: [shortcut],
    keywords: say.brushHardnessKeywords,
    predicate: isPainting,
    perform: ({ store }) => {
      const { brushHardness: hardness, setBrushHardness } = store.getState();
      setBrushHardness(hardness + step);
    },
  };
}

export const actionSofterBrush = brushHardness('mask.softerBrush', say.softerBrush, CircleDot, '{', -0.1);
export const actionHarderBrush = brushHardness('mask.harderBrush', say.harderBrush, Circle, '}', 0.1);
