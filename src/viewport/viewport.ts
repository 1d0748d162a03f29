/** What the studio asks of a viewer; `cornerstone.ts` implements it over cornerstone-core. */

import type { Mask, Radiograph, VoiWindow } from '../imaging/radiograph';

export type ViewportTool = 'window' | 'pan' | 'zoom' | 'brush' | 'eraser' | 'polygon';

/** source only, result only, signed difference, or result over source up to the swipe position. */
export type Comparison =
  | { readonly mode: 'source' }
  | { readonly mode: 'counterfactual' }
  | { readonly mode: 'difference' }
  | { readonly mode: 'swipe'; readonly position: number };

export interface ViewState {
  readonly window: VoiWindow;
  readonly scale: number;
  readonly translation: readonly [number, number];
  readonly inverted: boolean;
}

export interface ViewportEvents {
  /** A finished brush, eraser or polygon stroke: the whole new mask, one undo step. */
  maskChanged(mask: Mask): void;
  viewChanged(view: ViewState): void;
  /** Stored value under the pointer, or undefined outside the image. */
  pointerMoved(at: { readonly x: number; readonly y: number; readonly stored: number } | undefined): void;
  swipeMoved(position: number): void;
}

export interface RadiographViewport {
  setImage(source: Radiograph, counterfactual?: Radiograph): void;
  setComparison(comparison: Comparison): void;
  setMask(mask: Mask | undefined): void;
  /** Coarse overlay (zones) on the 32x32 grid, labelled; undefined clears. */
  setOverlay(layers: readonly { readonly label: string; readonly map: Float32Array; readonly size: number }[] | undefined): void;
  /** 256x256 grey preview drawn inside the mask while sampling; undefined clears. */
  setPreview(preview: Uint8ClampedArray | undefined): void;
  setTool(tool: ViewportTool, brushRadius: number): void;
  setView(view: Partial<ViewState>): void;
  /** Fit to the screen with the file's own window. */
  reset(): void;
  resize(): void;
  destroy(): void;
}
