/** How the radiograph is looked at: comparison, tool, window, and what lies under the pointer. */

import type { StateCreator } from 'zustand/vanilla';
import type { ComparisonMode } from '../../record/project/view';
import type { Comparison, ViewportTool, ViewState } from '../../viewport/viewport';
import type { Preferences } from '../preferences';

export interface PointerReading {
  readonly x: number;
  readonly y: number;
  readonly stored: number;
}

export interface ViewSlice {
  readonly tool: ViewportTool;
  /** In units of the 256 grid; see brushRadiusPixels. */
  readonly brushRadius: number;
  /** Share of the brush that paints in full, in [0, 1]. */
  readonly brushHardness: number;
  /** A pen's pressure narrows the brush. */
  readonly penPressure: boolean;
  /** Lasso, polygon, ellipse and box take away instead of adding. */
  readonly subtractShapes: boolean;
  readonly comparison: ComparisonMode;
  /** 0 (left) to 1 (right). */
  readonly swipePosition: number;
  /** While held, the source is shown whatever the comparison. */
  readonly blinking: boolean;
  readonly zonesShown: boolean;
  /** Once there is a result, the outline of its mask stays over the pictures, or goes. */
  readonly maskShown: boolean;
  readonly view: ViewState | undefined;
  readonly pointer: PointerReading | undefined;
  setTool(tool: ViewportTool): void;
  setBrushRadius(radius: number): void;
  setBrushHardness(hardness: number): void;
  setPenPressure(penPressure: boolean): void;
  setSubtractShapes(subtractShapes: boolean): void;
  setComparison(mode: ComparisonMode): void;
  setSwipePosition(position: number): void;
  setBlinking(blinking: boolean): void;
  setZonesShown(shown: boolean): void;
  setMaskShown(shown: boolean): void;
  setViewState(view: ViewState | undefined): void;
  setPointer(pointer: PointerReading | undefined): void;
}

export const BRUSH = { min: 1, max: 64 } as const;

export function createViewSlice(preferences: Preferences): StateCreator<ViewSlice> {
  return (set) => ({
    tool: preferences.tool,
    brushRadius: preferences.brushRadius,
    brushHardness: preferences.brushHardness,
    penPressure: preferences.penPressure,
    subtractShapes: false,
    comparison: 'source',
    swipePosition: 0.5,
    blinking: false,
    zonesShown: preferences.zonesShown,
    maskShown: true,
    view: undefined,
    pointer: undefined,
    setTool: (tool) => {
      set({ tool });
    },
    setBrushRadius: (radius) => {
      set({ brushRadius: Math.round(Math.min(BRUSH.max, Math.max(BRUSH.min, radius))) });
    },
    setBrushHardness: (hardness) => {
      set({ brushHardness: Math.round(100 * Math.min(1, Math.max(0, hardness))) / 100 });
    },
    setPenPressure: (penPressure) => {
      set({ penPressure });
    },
    setSubtractShapes: (subtractShapes) => {
      set({ subtractShapes });
    },
    setComparison: (comparison) => {
      set({ comparison });
    },
    setSwipePosition: (position) => {
      set({ swipePosition: Math.min(1, Math.max(0, position)) });
    },
    setBlinking: (blinking) => {
      set({ blinking });
    },
    setZonesShown: (zonesShown) => {
      set({ zonesShown });
    },
    setMaskShown: (maskShown) => {
      set({ maskShown });
    },
    setViewState: (view) => {
      set({ view });
    },
    setPointer: (pointer) => {
      set({ pointer });
    },
  });
}

/** The brush covers the same part of the picture whatever its size: radius in native pixels. */
export function brushRadiusPixels(radius: number, width: number, height: number): number {
  return Math.max(1, Math.round((radius * Math.max(width, height)) / 256));
}

/** A mask is drawn while it is worked on; with a result unless it was hidden. */
export function isMaskDrawn({ maskShown }: Pick<ViewSlice, 'maskShown'>, hasResult: boolean): boolean {
  return !hasResult || maskShown;
}

export function toComparison(
  state: Pick<ViewSlice, 'comparison' | 'swipePosition' | 'blinking'>,
  hasResult: boolean,
): Comparison {
  const { comparison } = state;
  if (!hasResult || state.blinking || comparison === 'sideBySide') return { mode: 'source' };
  if (comparison === 'swipe') return { mode: 'swipe', position: state.swipePosition };
  return { mode: comparison === 'blink' ? 'counterfactual' : comparison };
}
