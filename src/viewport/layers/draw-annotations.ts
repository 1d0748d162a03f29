/** What lies on the image and moves with it, under the mask: the preview while sampling, zones, and areas beside the mask. */

import type { Loop } from '../geometry/contour';
import type { AreaContour } from '../pixels/area-contours';
import type { ZoneContour } from '../pixels/zone-contours';
import type { ImageTransform } from './canvas-layer';
import { strokeShaded, traceLoops } from './draw-loops';
import type { RenderedSketch } from './sketch-layer';
import { LABEL_FONT, LINE_SHADE, OTHER_MASK_LINE, PROPOSED_LINE, PROPOSED_TINT, ZONE_LINE, ZONE_TEXT } from './palette';

export interface Annotations {
  readonly width: number;
  readonly height: number;
  readonly zones: readonly ZoneContour[];
  readonly areas: readonly AreaContour[];
  /** What the edit may change; none: everything. */
  readonly previewLoops: readonly Loop[];
  readonly preview: CanvasImageSource | undefined;
  readonly sketch: RenderedSketch | undefined;
}

export function drawAnnotations(
  context: CanvasRenderingContext2D,
  scene: Annotations,
  to: ImageTransform,
  devicePixelRatio: number,
): void {
  if (scene.sketch) drawSketch(context, scene.sketch, to);
  if (scene.preview) drawPreview(context, scene.preview, scene, to);
  for (const zone of scene.zones) drawZone(context, zone, scene, to, devicePixelRatio);
  for (const area of scene.areas) drawArea(context, area, to, devicePixelRatio);
  for (const zone of scene.zones) drawLabel(context, zone, scene, to, devicePixelRatio);
}

/** The preview is squashed over the whole image; only what may change shows. */
function drawPreview(
  context: CanvasRenderingContext2D,
  preview: CanvasImageSource,
  scene: Annotations,
  to: ImageTransform,
): void {
  context.save();
  if (scene.previewLoops.length > 0) {
    traceLoops(context, scene.previewLoops, to);
    context.clip('evenodd');
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(preview, to.x, to.y, scene.width * to.scaleX, scene.height * to.scaleY);
  context.restore();
}

function drawSketch(context: CanvasRenderingContext2D, { canvas, place }: RenderedSketch, to: ImageTransform): void {
  context.save();
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    canvas,
    to.x + place.x * to.scaleX,
    to.y + place.y * to.scaleY,
    place.across * to.scaleX,
    place.down * to.scaleY,
  );
  context.restore();
}

function drawZone(
  context: CanvasRenderingContext2D,
  zone: ZoneContour,
  scene: Annotations,
  to: ImageTransform,
  ratio: number,
): void {
  traceLoops(context, zone.loops, across(scene, to));
  context.setLineDash([5 * ratio, 4 * ratio]);
  context.strokeStyle = ZONE_LINE;
  context.lineWidth = ratio;
  context.lineJoin = 'round';
  context.stroke();
  context.setLineDash([]);
}

function drawArea(
  context: CanvasRenderingContext2D,
  { loops, labelAt, label, tone }: AreaContour,
  to: ImageTransform,
  ratio: number,
): void {
  traceLoops(context, loops, to);
  if (tone === 'proposed') {
    context.fillStyle = PROPOSED_TINT;
    context.fill('evenodd');
  }
  context.setLineDash(tone === 'proposed' ? [] : [3 * ratio, 3 * ratio]);
  strokeShaded(context, tone === 'proposed' ? PROPOSED_LINE : OTHER_MASK_LINE, (tone === 'proposed' ? 1.5 : 1) * ratio);
  context.setLineDash([]);
  const above = 9 * ratio;
  write(
    context,
    label,
    Math.round(labelAt.x * to.scaleX + to.x),
    Math.round(labelAt.y * to.scaleY + to.y - above),
    ratio,
  );
}

function drawLabel(
  context: CanvasRenderingContext2D,
  zone: ZoneContour,
  scene: Annotations,
  to: ImageTransform,
  ratio: number,
): void {
  const unit = across(scene, to);
  write(
    context,
    zone.label,
    Math.round(zone.labelAt.x * unit.scaleX + unit.x),
    Math.round(zone.labelAt.y * unit.scaleY + unit.y),
    ratio,
  );
}

/** Words on the image, centred. */
function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, ratio: number): void {
  context.font = `500 ${String(11 * ratio)}px ${LABEL_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3 * ratio;
  context.strokeStyle = LINE_SHADE;
  context.strokeText(text, x, y);
  context.fillStyle = ZONE_TEXT;
  context.fillText(text, x, y);
}

/** The transform for points in [0, 1] across the image. */
function across(scene: Annotations, to: ImageTransform): ImageTransform {
  return { scaleX: scene.width * to.scaleX, scaleY: scene.height * to.scaleY, x: to.x, y: to.y };
}
