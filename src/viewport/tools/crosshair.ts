/** Painting without a pointer: a crosshair that arrow keys move, and Space as its button. */

import { imageToView, panBy, pixelAt, viewToImage, type Point } from '../geometry/view-transform';
import type { ToolHost } from './drag';
import type { PaintValue } from './mask-editor';

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

/** A stroke that begins when the key goes down, follows the crosshair and is committed when the key comes up. */
export class CrosshairPress {
  #active = false;

  constructor(private readonly host: { readonly open: ToolHost | undefined }) {}

  begin(at: Point, value: PaintValue): void {
    const { open } = this.host;
    if (!open) return;
    this.#active = true;
    open.editor.begin(value);
    this.move(at);
  }

  move(at: Point): void {
    const { open } = this.host;
    if (!this.#active || !open) return;
    open.editor.extend([at], open.brushRadius);
    open.maskTouched();
  }

  end(): void {
    if (!this.#active) return;
    this.#active = false;
    this.host.open?.editor.commit();
  }

  cancel(): void {
    if (!this.#active) return;
    this.#active = false;
    this.host.open?.editor.cancel();
    this.host.open?.maskTouched();
  }
}
