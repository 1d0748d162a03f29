/** Tools without a pointer: a crosshair that arrow keys move, and a drag that follows it. */

import { imageToView, panBy, pixelAt, viewToImage, type Point } from '../geometry/view-transform';
import type { Drag, ToolHost } from './drag';

/** CSS pixels from the view's edge at which the view follows the crosshair. */
const MARGIN = 24;

/**
 * The crosshair after a move by CSS pixels, kept on the image; the view follows it over its edge. Where there was none on the
 * image it starts at the part of the image nearest to the view's centre.
 */
export function moveCrosshair(
  host: Pick<ToolHost, 'geometry' | 'view' | 'changeView'>,
  from: Point | undefined,
  dx: number,
  dy: number,
): Point {
  const { geometry } = host;
  const centre = { x: geometry.viewWidth / 2, y: geometry.viewHeight / 2 };
  const start = from && pixelAt(geometry, from) ? imageToView(geometry, host.view, from) : undefined;
  const moved = viewToImage(geometry, host.view, start ? { x: start.x + dx, y: start.y + dy } : centre);
  const point = {
    x: Math.min(geometry.imageWidth - 0.5, Math.max(0.5, moved.x)),
    y: Math.min(geometry.imageHeight - 0.5, Math.max(0.5, moved.y)),
  };
  const shown = imageToView(geometry, host.view, point);
  const overX = overshoot(shown.x, geometry.viewWidth);
  const overY = overshoot(shown.y, geometry.viewHeight);
  if (overX !== 0 || overY !== 0) {
    host.changeView({ ...host.view, ...panBy(geometry, host.view, -overX, -overY) });
  }
  return point;
}

function overshoot(position: number, size: number): number {
  const margin = Math.min(MARGIN, size / 4);
  if (position < margin) return Math.min(0, position - margin);
  return Math.max(0, position - (size - margin));
}

/** A drag of the tool in hand without a pointer: the crosshair is its pointer, and keys are its button. */
export class CrosshairPress {
  #drag: Drag | undefined;

  constructor(private readonly host: { readonly open: Pick<ToolHost, 'geometry' | 'view'> | undefined }) {}

  get isActive(): boolean {
    return this.#drag !== undefined;
  }

  begin(drag: Drag): void {
    this.cancel();
    this.#drag = drag;
  }

  /** In native pixels. */
  move(at: Point): void {
    const { open } = this.host;
    if (open) this.#drag?.move([imageToView(open.geometry, open.view, at)]);
  }

  end(): void {
    this.#finish('end');
  }

  cancel(): void {
    this.#finish('cancel');
  }

  #finish(how: 'end' | 'cancel'): void {
    const drag = this.#drag;
    this.#drag = undefined;
    drag?.[how]();
  }
}
