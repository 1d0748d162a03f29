/** What a tool does between pressing and releasing, and what it may ask of the viewport meanwhile. */

import type { Radiograph } from '../../imaging/radiograph';
import type { Geometry, Point } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import type { MaskEditor, PaintValue } from './mask-editor';

/** CSS pixels from the view's top left corner. */
export type PointerSample = Point;

export interface Drag {
  /** Every position since the last call, oldest first. */
  move(samples: readonly PointerSample[]): void;
  end(): void;
  cancel(): void;
}

export interface ToolHost {
  readonly geometry: Geometry;
  readonly view: ViewState;
  readonly radiograph: Radiograph;
  readonly editor: MaskEditor;
  /** Brush radius in native pixels. */
  readonly brushRadius: number;
  /** A change of view by the user. `windowing`: a fast picture now, the full one when it rests. */
  changeView(view: ViewState, windowing?: boolean): void;
  /** The mask's outline changed. */
  maskTouched(): void;
}

export type DragStarter = (host: ToolHost, at: PointerSample, value: PaintValue) => Drag;
