/** The mask over the image. While a stroke goes on, only the rectangle that it touched is drawn again. */

import type { Loop } from '../geometry/contour';
import type { Rectangle } from '../geometry/view-transform';
import type { MaskOutline } from '../pixels/mask-outline';
import { CanvasLayer, type ImageTransform } from './canvas-layer';
import { strokeShaded } from './draw-loops';
import { MASK_ACCENT, MASK_TINT } from './palette';

export interface MaskScene {
  /** Undefined while the mask is out of the way. */
  readonly outline: MaskOutline | undefined;
  /** Tint the inside; off where the result inside it is what the user looks at. */
  readonly tinted: boolean;
}

/** CSS pixels of the outline, and of the darker line under it on both sides. */
const LINE = 1.5;
const REACH = 3;

export class MaskLayer extends CanvasLayer {
  constructor(parent: HTMLElement) {
    super(parent, 'viewport-mask');
  }

  /** @param part native pixels that changed; everything if left out */
  drawMask({ outline, tinted }: MaskScene, to: ImageTransform, ratio: number, part?: Rectangle): void {
    const box = part && deviceBox(part, to, REACH * ratio);
    this.draw((context) => {
      const tiles = outline?.tiles(part && nativeBox(part, to, 2 * REACH * ratio)) ?? [];
      if (tiles.length === 0) return;
      if (tinted) {
        trace(
          context,
          tiles.flatMap(({ fill }) => fill),
          to,
          true,
        );
        context.fillStyle = MASK_TINT;
        context.fill('nonzero');
      }
      trace(
        context,
        tiles.flatMap(({ lines }) => lines),
        to,
        false,
      );
      strokeShaded(context, MASK_ACCENT, LINE * ratio);
    }, box);
  }
}

/** Whole device pixels around a native rectangle and the lines at its border. */
function deviceBox({ x, y, width, height }: Rectangle, to: ImageTransform, reach: number): Rectangle {
  const left = Math.floor(x * to.scaleX + to.x - reach);
  const top = Math.floor(y * to.scaleY + to.y - reach);
  const right = Math.ceil((x + width) * to.scaleX + to.x + reach);
  const bottom = Math.ceil((y + height) * to.scaleY + to.y + reach);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The native rectangle whose lines may reach into the device box of `part`. */
function nativeBox({ x, y, width, height }: Rectangle, to: ImageTransform, reach: number): Rectangle {
  const [dx, dy] = [reach / to.scaleX, reach / to.scaleY];
  return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
}

function trace(context: CanvasRenderingContext2D, lines: readonly Loop[], to: ImageTransform, closed: boolean): void {
  context.beginPath();
  for (const line of lines) {
    for (let index = 0; index < line.length; index += 2) {
      const x = (line[index] as number) * to.scaleX + to.x;
      const y = (line[index + 1] as number) * to.scaleY + to.y;
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    if (closed) context.closePath();
  }
}
