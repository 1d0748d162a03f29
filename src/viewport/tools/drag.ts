/** What a tool does between pressing and releasing, and what it may ask of the viewport meanwhile. */

import type { Radiograph } from '../../imaging/radiograph';
import type { Brush } from '../../imaging/mask-stroke';
import type { Geometry, Point, Rectangle } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import type { MaskEditor, PaintValue } from './mask-editor';

/** CSS pixels from the view's top left corner. */
export interface PointerSample extends Point {
  /** In (0, 1], of a pen only. */
  readonly pressure?: number;
  readonly shift?: boolean;
}

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
  readonly brush: BrushSettings;
  /** A change of view by the user. `windowing`: a fast picture now, the full one when it rests. */
  changeView(view: ViewState, windowing?: boolean): void;
  /** The mask's outline changed, inside this box (native pixels) or anywhere. */
  maskTouched(box?: Rectangle): void;
  /** The place tool points here (native pixels). */
  placed(at: Point): void;
  /** Draws a shape that is being dragged (native pixels); none when it is finished or given up. */
  showShape(path: readonly Point[] | undefined): void;
}

export interface BrushSettings extends Brush {
  /** A pen's pressure narrows the brush. */
  readonly pressure: boolean;
}

export type DragStarter = (host: ToolHost, at: PointerSample, value: PaintValue) => Drag;
