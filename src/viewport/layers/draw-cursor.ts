/** What follows the pointer or the crosshair: the brush's circle, the polygon as far as it goes, and the shape of a drag. */

import type { Brush } from '../../imaging/mask-stroke';
import { unionBounds } from '../geometry/bounds';
import type { Point, Rectangle } from '../geometry/view-transform';
import type { ImageTransform } from './canvas-layer';
import { strokeShaded } from './draw-loops';
import { BRUSH_CORE, ERASER_LINE, MASK_ACCENT, MASK_TINT } from './palette';

export interface CursorScene {
  /** Where the tool is, in native pixels. */
  readonly at: Point | undefined;
  /** In native pixels; undefined for tools without one. */
  readonly brush: Brush | undefined;
  /** The shape that a drag spans, in native pixels. */
  readonly shape: readonly Point[] | undefined;
  readonly erasing: boolean;
  /** Drawn for the keyboard, which has no pointer. */
  readonly crosshair: boolean;
  /** Corners in native pixels. */
  readonly polygon: readonly Point[];
  /** The next click would close the polygon. */
  readonly closing: boolean;
}

export function drawCursor(
  context: CanvasRenderingContext2D,
  scene: CursorScene,
  to: ImageTransform,
  ratio: number,
): void {
  const colour = scene.erasing ? ERASER_LINE : MASK_ACCENT;
  const device = (point: Point): Point => ({ x: point.x * to.scaleX + to.x, y: point.y * to.scaleY + to.y });
  drawPolygon(context, scene, device, colour, ratio);
  if (scene.shape) drawShape(context, scene.shape.map(device), scene.erasing, colour, ratio);
  if (!scene.at) return;
  const { x, y } = device(scene.at);
  if (scene.brush) drawBrush(context, scene.brush, { x, y }, to, scene.erasing, colour, ratio);
  if (scene.crosshair) drawCrosshair(context, x, y, colour, ratio);
}

/** Device pixels of a corner's dot, a crosshair's arm or a line, whichever reaches farthest from its point. */
const REACH = 16;

/** Whole device pixels that hold all that is drawn; undefined where that is nothing. */
export function cursorBox(
  { at, brush, shape, polygon }: CursorScene,
  to: ImageTransform,
  ratio: number,
): Rectangle | undefined {
  let box: Rectangle | undefined;
  const take = (point: Point, native: number): void => {
    const reachX = native * to.scaleX + REACH * ratio;
    const reachY = native * to.scaleY + REACH * ratio;
    const x = Math.floor(point.x * to.scaleX + to.x - reachX);
    const y = Math.floor(point.y * to.scaleY + to.y - reachY);
    box = unionBounds(box, { x, y, width: Math.ceil(2 * reachX) + 1, height: Math.ceil(2 * reachY) + 1 });
  };
  if (at) take(at, brush?.radius ?? 0);
  for (const point of shape ?? []) take(point, 0);
  for (const corner of polygon) take(corner, 0);
  return box;
}

/** The rim of the brush, and inside it the core of a soft one. */
function drawBrush(
  context: CanvasRenderingContext2D,
  { radius, hardness }: Brush,
  { x, y }: Point,
  to: ImageTransform,
  erasing: boolean,
  colour: string,
  ratio: number,
): void {
  const circle = (reach: number): void => {
    context.beginPath();
    context.ellipse(x, y, reach * to.scaleX, reach * to.scaleY, 0, 0, 2 * Math.PI);
  };
  if (hardness < 1 && hardness > 0) {
    circle(radius * hardness);
    context.strokeStyle = BRUSH_CORE;
    context.lineWidth = ratio;
    context.stroke();
  }
  circle(radius);
  if (erasing) context.setLineDash([4 * ratio, 3 * ratio]);
  strokeShaded(context, colour, 1.25 * ratio);
  context.setLineDash([]);
}

function drawShape(
  context: CanvasRenderingContext2D,
  [first, ...rest]: readonly Point[],
  erasing: boolean,
  colour: string,
  ratio: number,
): void {
  if (!first) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const point of rest) context.lineTo(point.x, point.y);
  context.closePath();
  if (!erasing) {
    context.fillStyle = MASK_TINT;
    context.fill('evenodd');
  }
  if (erasing) context.setLineDash([4 * ratio, 3 * ratio]);
  strokeShaded(context, colour, 1.5 * ratio);
  context.setLineDash([]);
}

function drawCrosshair(context: CanvasRenderingContext2D, x: number, y: number, colour: string, ratio: number): void {
  const [inner, outer] = [4 * ratio, 13 * ratio];
  context.beginPath();
  for (const [dx, dy] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ] as const) {
    context.moveTo(x + dx * inner, y + dy * inner);
    context.lineTo(x + dx * outer, y + dy * outer);
  }
  strokeShaded(context, colour, 1.5 * ratio);
}

function drawPolygon(
  context: CanvasRenderingContext2D,
  { polygon, at, closing }: CursorScene,
  device: (point: Point) => Point,
  colour: string,
  ratio: number,
): void {
  const [first, ...rest] = polygon.map(device);
  if (!first) return;
  const end = closing || !at ? first : device(at);
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const corner of rest) context.lineTo(corner.x, corner.y);
  context.lineTo(end.x, end.y);
  if (rest.length > 0) {
    context.fillStyle = MASK_TINT;
    context.fill('evenodd');
  }
  strokeShaded(context, colour, 1.5 * ratio);
  for (const corner of [first, ...rest]) {
    context.beginPath();
    context.arc(corner.x, corner.y, (corner === first && closing ? 6 : 3) * ratio, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }
}
