/**
 * Between image coordinates (native pixels; the first pixel covers [0, 1)) and view coordinates (CSS pixels from the
 * element's top left corner). The same arithmetic as cornerstone-core's calculateTransform without rotation and flip,
 * so that what is drawn above the image lies exactly on it.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** What the transform depends on beside pan and zoom. Sizes in native pixels and in CSS pixels. */
export interface Geometry {
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** Horizontal and vertical stretch of a pixel that is not square; the smaller one is 1. */
  readonly aspect: readonly [number, number];
  readonly viewWidth: number;
  readonly viewHeight: number;
}

/** Pan and zoom: CSS pixels a native pixel (along its shorter side); offset of the image's centre in native pixels. */
export interface Placement {
  readonly scale: number;
  readonly translation: readonly [number, number];
}

const MAX_SCALE = 32;
/** The image may be shrunk to this part of its fitted size. */
const MIN_FIT = 0.25;
/** CSS pixels of the image that stay visible however far it is panned. */
const KEPT_IN_VIEW = 48;

/** `spacing` is DICOM's [row, column] spacing; absent means square pixels. */
export function pixelAspect(spacing?: readonly [number, number]): readonly [number, number] {
  if (!spacing) return [1, 1];
  const [row, column] = spacing;
  if (!(row > 0) || !(column > 0)) return [1, 1];
  return row < column ? [column / row, 1] : [1, row / column];
}

/** CSS pixels a native pixel, along each axis. */
export function axisScale(geometry: Geometry, placement: Placement): readonly [number, number] {
  return [placement.scale * geometry.aspect[0], placement.scale * geometry.aspect[1]];
}

export function imageToView(geometry: Geometry, placement: Placement, point: Point): Point {
  const [sx, sy] = axisScale(geometry, placement);
  return {
    x: geometry.viewWidth / 2 + sx * (point.x + placement.translation[0] - geometry.imageWidth / 2),
    y: geometry.viewHeight / 2 + sy * (point.y + placement.translation[1] - geometry.imageHeight / 2),
  };
}

export function viewToImage(geometry: Geometry, placement: Placement, point: Point): Point {
  const [sx, sy] = axisScale(geometry, placement);
  return {
    x: (point.x - geometry.viewWidth / 2) / sx - placement.translation[0] + geometry.imageWidth / 2,
    y: (point.y - geometry.viewHeight / 2) / sy - placement.translation[1] + geometry.imageHeight / 2,
  };
}

/** Where the whole image lies in the view. */
export function imageRectangle(geometry: Geometry, placement: Placement): Rectangle {
  const [sx, sy] = axisScale(geometry, placement);
  const { x, y } = imageToView(geometry, placement, { x: 0, y: 0 });
  return { x, y, width: sx * geometry.imageWidth, height: sy * geometry.imageHeight };
}

/** The part of the image that is in view, in native pixels; without area when the image is out of view. */
export function visibleRectangle(geometry: Geometry, placement: Placement): Rectangle {
  const from = viewToImage(geometry, placement, { x: 0, y: 0 });
  const to = viewToImage(geometry, placement, { x: geometry.viewWidth, y: geometry.viewHeight });
  const x = clamp(from.x, 0, geometry.imageWidth);
  const y = clamp(from.y, 0, geometry.imageHeight);
  return {
    x,
    y,
    width: clamp(to.x, 0, geometry.imageWidth) - x,
    height: clamp(to.y, 0, geometry.imageHeight) - y,
  };
}

/** The largest centred placement that shows the whole image; scale 1 while the view has no area. */
export function fit(geometry: Geometry): Placement {
  const horizontal = geometry.viewWidth / (geometry.imageWidth * geometry.aspect[0]);
  const vertical = geometry.viewHeight / (geometry.imageHeight * geometry.aspect[1]);
  const scale = Math.min(horizontal, vertical);
  return { scale: scale > 0 ? scale : 1, translation: [0, 0] };
}

/** A part of the image is framed with this share of its size to spare on each side. */
const FRAME_MARGIN = 0.2;

/** The placement that centres a part of the image (native pixels) and shows it with some surroundings. */
export function framed(geometry: Geometry, part: Rectangle): Placement {
  const spare = 1 + 2 * FRAME_MARGIN;
  const horizontal = geometry.viewWidth / (part.width * spare * geometry.aspect[0]);
  const vertical = geometry.viewHeight / (part.height * spare * geometry.aspect[1]);
  return clampPlacement(geometry, {
    scale: Math.min(horizontal, vertical),
    translation: [
      geometry.imageWidth / 2 - (part.x + part.width / 2),
      geometry.imageHeight / 2 - (part.y + part.height / 2),
    ],
  });
}

/** Bounds the zoom and keeps a strip of the image in view. */
export function clampPlacement(geometry: Geometry, placement: Placement): Placement {
  const fitted = fit(geometry).scale;
  const scale = clamp(placement.scale, Math.min(fitted, 1) * MIN_FIT, Math.max(MAX_SCALE, fitted));
  const [sx, sy] = axisScale(geometry, { ...placement, scale });
  return {
    scale,
    translation: [
      clampOffset(placement.translation[0], geometry.imageWidth, geometry.viewWidth, sx),
      clampOffset(placement.translation[1], geometry.imageHeight, geometry.viewHeight, sy),
    ],
  };
}

/** Zooms by `factor` and keeps the image point under `at` (CSS pixels) where it is. */
export function zoomAt(geometry: Geometry, placement: Placement, at: Point, factor: number): Placement {
  const { scale } = clampPlacement(geometry, { ...placement, scale: placement.scale * factor });
  const anchor = viewToImage(geometry, placement, at);
  const moved = viewToImage(geometry, { ...placement, scale }, at);
  const [tx, ty] = placement.translation;
  return clampPlacement(geometry, {
    scale,
    translation: [tx + moved.x - anchor.x, ty + moved.y - anchor.y],
  });
}

/** Moves the image by CSS pixels. */
export function panBy(geometry: Geometry, placement: Placement, dx: number, dy: number): Placement {
  const [sx, sy] = axisScale(geometry, placement);
  const [tx, ty] = placement.translation;
  return clampPlacement(geometry, { scale: placement.scale, translation: [tx + dx / sx, ty + dy / sy] });
}

/** The native pixel that holds a point, or undefined outside the image. */
export function pixelAt(geometry: Geometry, point: Point): Point | undefined {
  const x = Math.floor(point.x);
  const y = Math.floor(point.y);
  const inside = x >= 0 && y >= 0 && x < geometry.imageWidth && y < geometry.imageHeight;
  return inside ? { x, y } : undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function clampOffset(offset: number, imageSize: number, viewSize: number, scale: number): number {
  const reach = imageSize / 2 + viewSize / 2 / scale - Math.min(KEPT_IN_VIEW / scale, imageSize / 2);
  return clamp(offset, -reach, reach);
}
