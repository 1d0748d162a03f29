/** What lies on the image and moves with it: zones, the preview while sampling, and the mask. */

import type { Loop } from '../geometry/contour';
import type { ZoneContour } from '../pixels/zone-contours';
import type { ImageTransform } from './canvas-layer';
import { strokeShaded, traceLoops } from './draw-loops';
import { LABEL_FONT, LINE_SHADE, MASK_ACCENT, MASK_TINT, ZONE_LINE, ZONE_TEXT } from './palette';

export interface Annotations {
  readonly width: number;
  readonly height: number;
  readonly zones: readonly ZoneContour[];
  /** The outline to draw; none while the mask is out of the way. */
  readonly maskLoops: readonly Loop[];
  /** What the edit may change; none: everything. */
  readonly previewLoops: readonly Loop[];
  /** Tint the inside of the mask; off where the result inside it is what the user looks at. */
  readonly tinted: boolean;
  readonly preview: CanvasImageSource | undefined;
}

export function drawAnnotations(
  context: CanvasRenderingContext2D,
  scene: Annotations,
  to: ImageTransform,
  devicePixelRatio: number,
): void {
  if (scene.preview) drawPreview(context, scene.preview, scene, to);
  for (const zone of scene.zones) drawZone(context, zone, scene, to, devicePixelRatio);
  if (scene.maskLoops.length > 0) {
    traceLoops(context, scene.maskLoops, to);
    if (scene.tinted) {
      context.fillStyle = MASK_TINT;
      context.fill('evenodd');
    }
    strokeShaded(context, MASK_ACCENT, 1.5 * devicePixelRatio);
  }
  for (const zone of scene.zones) drawLabel(context, zone, scene, to, devicePixelRatio);
}

/** The preview is squashed over the whole image; only what may change shows. */
function drawPreview(context: CanvasRenderingContext2D, preview: CanvasImageSource, scene: Annotations, to: ImageTransform): void {
  context.save();
  if (scene.previewLoops.length > 0) {
    traceLoops(context, scene.previewLoops, to);
    context.clip('evenodd');
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(preview, to.x, to.y, scene.width * to.scaleX, scene.height * to.scaleY);
  context.restore();
}

function drawZone(context: CanvasRenderingContext2D, zone: ZoneContour, scene: Annotations, to: ImageTransform, ratio: number): void {
  traceLoops(context, zone.loops, across(scene, to));
  context.setLineDash([5 * ratio, 4 * ratio]);
  context.strokeStyle = ZONE_LINE;
  context.lineWidth = ratio;
  context.lineJoin = 'round';
  context.stroke();
  context.setLineDash([]);
}

function drawLabel(context: CanvasRenderingContext2D, zone: ZoneContour, scene: Annotations, to: ImageTransform, ratio: number): void {
  const unit = across(scene, to);
  const x = Math.round(zone.labelAt.x * unit.scaleX + unit.x);
  const y = Math.round(zone.labelAt.y * unit.scaleY + unit.y);
  context.font = `500 ${String(11 * ratio)}px ${LABEL_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3 * ratio;
  context.strokeStyle = LINE_SHADE;
  context.strokeText(zone.label, x, y);
  context.fillStyle = ZONE_TEXT;
  context.fillText(zone.label, x, y);
}

/** The transform for points in [0, 1] across the image. */
function across(scene: Annotations, to: ImageTransform): ImageTransform {
  return { scaleX: scene.width * to.scaleX, scaleY: scene.height * to.scaleY, x: to.x, y: to.y };
}
