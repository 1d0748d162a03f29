/** All actions, in the order in which lists show them. */

import type { Action } from './action';
import { actionLargerBrush, actionSmallerBrush } from './brushSize';
import { actionCancelGeneration } from './cancelGeneration';
import { actionClearMask } from './clearMask';
import { actionCloseDocument } from './closeDocument';
import {
  actionBlink,
  actionCompareNext,
  actionPauseBlinking,
  actionShowBlink,
  actionShowCounterfactual,
  actionShowDifference,
  actionShowSideBySide,
  actionShowSource,
  actionShowSwipe,
} from './compare';
import { actionCopyRecipe } from './copyRecipe';
import { actionErase } from './erase';
import { actionFocusText } from './focusText';
import { actionGenerate } from './generate';
import { actionInvert } from './invert';
import { actionMaskFromZones } from './maskFromZones';
import { actionOpenFiles } from './openFiles';
import { actionRedo } from './redo';
import { actionResetView } from './resetView';
import { actionRollSeed } from './rollSeed';
import { actionSaveCounterfactual } from './saveCounterfactual';
import { actionSaveMask } from './saveMask';
import {
  actionBrushTool,
  actionEraserTool,
  actionPanTool,
  actionPolygonTool,
  actionWindowTool,
  actionZoomTool,
} from './selectTool';
import { actionShowPalette } from './showPalette';
import { actionShowShortcuts } from './showShortcuts';
import { actionToggleMask } from './toggleMask';
import { actionToggleZones } from './toggleZones';
import { actionUndo } from './undo';
import { actionZoomIn, actionZoomOut } from './zoom';
import { actionZoomToChange } from './zoomToChange';

export const ACTIONS: readonly Action[] = [
  actionGenerate,
  actionCancelGeneration,
  actionFocusText,
  actionErase,
  actionRollSeed,
  actionOpenFiles,
  actionSaveCounterfactual,
  actionSaveMask,
  actionCopyRecipe,
  actionCloseDocument,
  actionUndo,
  actionRedo,
  actionShowSource,
  actionShowCounterfactual,
  actionShowDifference,
  actionShowSwipe,
  actionShowSideBySide,
  actionShowBlink,
  actionPauseBlinking,
  actionBlink,
  actionCompareNext,
  actionWindowTool,
  actionPanTool,
  actionZoomTool,
  actionBrushTool,
  actionEraserTool,
  actionPolygonTool,
  actionMaskFromZones,
  actionClearMask,
  actionSmallerBrush,
  actionLargerBrush,
  actionZoomToChange,
  actionToggleMask,
  actionToggleZones,
  actionInvert,
  actionResetView,
  actionZoomIn,
  actionZoomOut,
  actionShowPalette,
  actionShowShortcuts,
];
