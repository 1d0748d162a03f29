/** What the studio asks of a viewer; `cornerstone.ts` implements it over cornerstone-core. */

import type { Mask, Radiograph, VoiWindow } from '../imaging/radiograph';
import type { SketchPicture } from '../worker/sketch/protocol';
import type { Rectangle } from './geometry/view-transform';
import type { ViewportTool } from './tools/kinds';

export type { ViewportTool };

export interface ToolOptions {
  /** Share of the brush's radius that paints in full, in [0, 1]; 1 if left out. */
  readonly hardness?: number;
  /** A pen's pressure narrows the brush. */
  readonly pressure?: boolean;
  /** Lasso, polygon, ellipse and box take away from the mask; Alt turns that round. */
  readonly subtract?: boolean;
}

/** An area beside the mask: another named mask, or one that is proposed. */
export interface AreaOutline {
  readonly label: string;
  readonly tone: 'quiet' | 'proposed';
  /** A mask of the image's size, or closed loops (x0, y0, x1, y1, …) in [0, 1] across the image. */
  readonly area: Mask | readonly Float32Array[];
}

/**
 * Source only, result only, signed difference, or both: source left of the swipe position, result right of it, where 0 is
 * the view's left edge and 1 its right edge. Without a counterfactual all of them show the source.
 */
export type Comparison =
  | { readonly mode: 'source' }
  | { readonly mode: 'counterfactual' }
  | { readonly mode: 'difference' }
  | { readonly mode: 'swipe'; readonly position: number };

/** What the captions call the two pictures. */
export interface PictureNames {
  readonly source: string;
  readonly counterfactual: string;
}

export interface ViewState {
  /** In modality units, as the file states its own. */
  readonly window: VoiWindow;
  /** CSS pixels a native pixel (along its shorter side, where pixels are not square). */
  readonly scale: number;
  /** Offset of the image's centre from the view's centre, in native pixels. */
  readonly translation: readonly [number, number];
  /** Black for white, on top of what the photometric interpretation asks for. */
  readonly inverted: boolean;
  /** The whole image is shown as large as it goes, and stays so on another screen. Projects before 0.5.0 do not tell. */
  readonly fitted?: boolean;
}

export interface ViewportEvents {
  /** A finished stroke or shape that changed something: the whole new mask, one undo step; outside `changed` it is as before. */
  maskChanged(mask: Mask, changed: Rectangle): void;
  /** A view that the viewport came to by itself (drag, wheel, key, new image, resize, reset); never an echo of setView. */
  viewChanged(view: ViewState): void;
  /** Native pixel and stored value under the pointer or the crosshair, or undefined outside the image. */
  pointerMoved(at: { readonly x: number; readonly y: number; readonly stored: number } | undefined): void;
  swipeMoved(position: number): void;
  /** The place tool points here: fractions of the image's width and height. */
  placed?(at: { readonly x: number; readonly y: number }): void;
  /** The user asked for another brush radius (native pixels) by `[` or `]`; without it those keys are left to the page. */
  brushRadiusChanged?(brushRadius: number): void;
}

export interface RadiographViewport {
  /**
   * Another source is fitted under its own window; the same source keeps the view and the mask, so that a counterfactual may
   * arrive under the user's hands. @throws SizeMismatchError when the two are not of one size
   */
  setImage(source: Radiograph, counterfactual?: Radiograph): void;
  setComparison(comparison: Comparison): void;
  /** Captions where the pair is not source and counterfactual: two versions, or one pane of two. Undefined: the usual ones. */
  setNames(names: PictureNames | undefined): void;
  /** @throws SizeMismatchError when the mask is not of the image's size */
  setMask(mask: Mask | undefined): void;
  /** Off: the mask is still painted on and still bounds the preview, but only a stroke under way shows its outline. */
  setMaskShown(shown: boolean): void;
  /** Other areas, as outlines with their names. @throws SizeMismatchError when a mask is not of the image's size */
  setAreas(areas: readonly AreaOutline[]): void;
  /** Coarse overlay (zones) on the 32x32 grid, labelled; undefined clears. */
  setOverlay(
    layers: readonly { readonly label: string; readonly map: Float32Array; readonly size: number }[] | undefined,
  ): void;
  /**
   * 256x256 grey preview drawn while sampling, inside `within` or else inside the mask; undefined clears.
   * @throws SizeMismatchError when `within` is a mask that is not of the image's size
   */
  setPreview(preview: Uint8ClampedArray | undefined, within?: AreaOutline['area']): void;
  /** Part of the image as it would be drawn, over the source where a counterfactual is shown, else over whatever is; undefined clears. */
  setSketch(sketch: SketchPicture | undefined): void;
  /** `brushRadius` in native pixels. */
  setTool(tool: ViewportTool, brushRadius: number, options?: ToolOptions): void;
  setView(view: Partial<ViewState>): void;
  /** Fit to the screen with the file's own window. */
  reset(): void;
  /** Fills the view with this part of the image (native pixels) and some surroundings; again: with the whole image. */
  frame(part: Rectangle): void;
  /** Follows the element's size; called by itself when the element or the screen's pixel ratio changes. */
  resize(): void;
  destroy(): void;
}
