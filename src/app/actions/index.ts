/** All actions, in the order in which lists show them. */

import type { Action } from './action';
import { actionHarderBrush, actionSofterBrush } from './brushHardness';
import { actionLargerBrush, actionSmallerBrush } from './brushSize';
import { actionCancelGeneration } from './cancelGeneration';
import {
  actionDiscardCandidate,
  actionKeepCandidate,
  actionNextCandidate,
  actionPinCandidate,
  actionPreviousCandidate,
} from './candidate';
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
import { actionExplore, actionSweep } from './explore';
import { actionFocusText } from './focusText';
import { actionGenerate } from './generate';
import { actionHold } from './hold';
import { actionInvert } from './invert';
import {
  actionMaskOfHeart,
  actionMaskOfLeftLung,
  actionMaskOfLungs,
  actionMaskOfRightLung,
  actionProposeLesion,
} from './maskAnatomy';
import { actionExportMaskPng, actionExportMasksSeg, actionImportMasks } from './maskFiles';
import { actionMaskFromZones } from './maskFromZones';
import { actionDeleteMask, actionDuplicateMask, actionNewMask, actionToggleMasksPanel } from './maskList';
import {
  actionFeatherMask,
  actionFillHoles,
  actionGrowMask,
  actionInvertMask,
  actionLargestRegion,
  actionShrinkMask,
  actionSmoothMask,
  actionSnapToLungs,
} from './maskShape';
import { actionOpenFiles } from './openFiles';
import {
  actionNewProject,
  actionOpenProjectFile,
  actionReopenDocument,
  actionSaveProjectFile,
  actionShowProjects,
} from './projects';
import { actionRedo } from './redo';
import { actionFromReport } from './report';
import { actionResetView } from './resetView';
import { actionRollSeed } from './rollSeed';
import { actionSaveAsDicom, actionSaveCounterfactual } from './saveCounterfactual';
import { actionSaveMask } from './saveMask';
import { actionSaveDicomSet, actionSavePngSet, actionSaveSetToFolder } from './saveSet';
import {
  actionBoxTool,
  actionBrushTool,
  actionEllipseTool,
  actionEraserTool,
  actionLassoTool,
  actionPanTool,
  actionPlaceTool,
  actionPolygonTool,
  actionWindowTool,
  actionZoomTool,
} from './selectTool';
import { actionShowDiagnostics, actionTakeTour } from './help';
import { actionShowPalette } from './showPalette';
import { actionShowShortcuts } from './showShortcuts';
import { actionSwap, actionSwapMatrix } from './swap';
import { actionToggleMask } from './toggleMask';
import { actionToggleZones } from './toggleZones';
import { actionUndo } from './undo';
import { actionZoomIn, actionZoomOut } from './zoom';
import { actionZoomToChange } from './zoomToChange';

export const ACTIONS: readonly Action[] = [
  actionGenerate,
  actionExplore,
  actionSweep,
  actionHold,
  actionCancelGeneration,
  actionKeepCandidate,
  actionPinCandidate,
  actionDiscardCandidate,
  actionPreviousCandidate,
  actionNextCandidate,
  actionFocusText,
  actionErase,
  actionSwap,
  actionSwapMatrix,
  actionFromReport,
  actionRollSeed,
  actionOpenFiles,
  actionShowProjects,
  actionNewProject,
  actionOpenProjectFile,
  actionSaveProjectFile,
  actionSaveCounterfactual,
  actionSaveAsDicom,
  actionSavePngSet,
  actionSaveDicomSet,
  actionSaveSetToFolder,
  actionSaveMask,
  actionCopyRecipe,
  actionCloseDocument,
  actionReopenDocument,
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
  actionPlaceTool,
  actionZoomTool,
  actionBrushTool,
  actionEraserTool,
  actionLassoTool,
  actionPolygonTool,
  actionEllipseTool,
  actionBoxTool,
  actionSmallerBrush,
  actionLargerBrush,
  actionSofterBrush,
  actionHarderBrush,
  actionToggleMasksPanel,
  actionMaskFromZones,
  actionProposeLesion,
  actionMaskOfLungs,
  actionMaskOfRightLung,
  actionMaskOfLeftLung,
  actionMaskOfHeart,
  actionGrowMask,
  actionShrinkMask,
  actionFeatherMask,
  actionSmoothMask,
  actionFillHoles,
  actionLargestRegion,
  actionSnapToLungs,
  actionInvertMask,
  actionClearMask,
  actionNewMask,
  actionDuplicateMask,
  actionDeleteMask,
  actionImportMasks,
  actionExportMaskPng,
  actionExportMasksSeg,
  actionZoomToChange,
  actionToggleMask,
  actionToggleZones,
  actionInvert,
  actionResetView,
  actionZoomIn,
  actionZoomOut,
  actionShowPalette,
  actionShowShortcuts,
  actionTakeTour,
  actionShowDiagnostics,
];
