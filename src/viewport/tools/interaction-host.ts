import type { Point } from '../geometry/view-transform';
import type { ToolHost } from './drag';

/** What the tools ask of the viewport that they work in. */
export interface InteractionHost {
  /** What tools work on; undefined while no image is open. */
  readonly open: ToolHost | undefined;
  reset(): void;
  cursorTouched(): void;
  /** The pointer or crosshair is over this point of the image (native pixels), or over none. */
  pointedAt(point: Point | undefined): void;
  /** Absent: the brush's size is changed elsewhere, and its keys are left to the page. */
  readonly brushRadiusChanged: ((brushRadius: number) => void) | undefined;
}
