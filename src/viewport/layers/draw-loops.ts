/** Closed loops as canvas paths. */

import type { Loop } from '../geometry/contour';
import type { ImageTransform } from './canvas-layer';
import { LINE_SHADE } from './palette';

/** Begins a path of all loops, in device pixels; holes come out under the even-odd rule. */
export function traceLoops(context: CanvasRenderingContext2D, loops: readonly Loop[], to: ImageTransform): void {
  context.beginPath();
  for (const loop of loops) {
    for (let index = 0; index < loop.length; index += 2) {
      const x = (loop[index] as number) * to.scaleX + to.x;
      const y = (loop[index + 1] as number) * to.scaleY + to.y;
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
}

/** Strokes the current path in a colour over a darker, wider line. `width` in device pixels. */
export function strokeShaded(context: CanvasRenderingContext2D, colour: string, width: number): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = LINE_SHADE;
  context.lineWidth = width * 2.2;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
