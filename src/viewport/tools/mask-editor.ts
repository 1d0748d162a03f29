/**
 * The mask while it is being painted. A stroke works on a copy, so that cancelling is free and the mask handed out never
 * changes afterwards: state may keep it as an undo step. Only the rectangle that a stroke touches is copied and retraced.
 */

import { SizeMismatchError } from '../../imaging/errors';
import { emptyMask, fillPolygon, paintStroke } from '../../imaging/mask';
import type { Mask } from '../../imaging/radiograph';
import { boundsOf, unionBounds } from '../geometry/bounds';
import type { Loop } from '../geometry/contour';
import type { Point, Rectangle } from '../geometry/view-transform';
import { MaskOutline } from '../pixels/mask-outline';

export const PAINTED = 255;
export const ERASED = 0;
export type PaintValue = typeof PAINTED | typeof ERASED;

interface Stroke {
  readonly value: PaintValue;
  readonly data: Uint8Array;
  last?: Point;
  dirty?: Rectangle;
}

export class MaskEditor {
  #size: { readonly width: number; readonly height: number };
  #mask: Mask | undefined;
  #stroke: Stroke | undefined;
  #outline: MaskOutline;

  /** `committed` hears of every finished change, once. */
  constructor(
    size: { readonly width: number; readonly height: number },
    private readonly committed: (mask: Mask) => void,
  ) {
    this.#size = { width: size.width, height: size.height };
    this.#outline = new MaskOutline(this.#size);
  }

  get mask(): Mask | undefined {
    return this.#mask;
  }

  get isPainting(): boolean {
    return this.#stroke !== undefined;
  }

  /**
   * Replaces the mask from outside (undo, "use zone", clear) and abandons a stroke in progress.
   * @throws SizeMismatchError when the mask is not of the image's size
   */
  replace(mask: Mask | undefined): void {
    const { width, height } = this.#size;
    if (mask && (mask.width !== width || mask.height !== height)) {
      throw new SizeMismatchError('The mask', [width, height], [mask.width, mask.height]);
    }
    if (mask === this.#mask && !this.#stroke) return;
    this.#stroke = undefined;
    this.#mask = mask;
    this.#outline = new MaskOutline(this.#size);
    if (mask) this.#outline.update(mask);
  }

  begin(value: PaintValue): void {
    this.cancel();
    this.#stroke = { value, data: (this.#mask ?? emptyMask(this.#size.width, this.#size.height)).data.slice() };
  }

  /** Continues the stroke through the points (native pixels) with a round brush. */
  extend(points: readonly Point[], radius: number): void {
    const stroke = this.#stroke;
    const end = points.at(-1);
    if (!stroke || !end) return;
    const path = stroke.last ? [stroke.last, ...points] : points;
    stroke.last = end;
    this.#change(stroke, boundsOf(path, radius, this.#size), (crop, at) =>
      paintStroke(crop, path.map(relativeTo(at)), radius, stroke.value),
    );
  }

  /** Fills a closed polygon as a stroke of its own. */
  fill(corners: readonly Point[], value: PaintValue): void {
    this.begin(value);
    const stroke = this.#stroke;
    if (!stroke) return;
    this.#change(stroke, boundsOf(corners, 1, this.#size), (crop, at) =>
      fillPolygon(crop, corners.map(relativeTo(at)), value),
    );
    this.commit();
  }

  /** Ends the stroke; tells of it only if it changed a pixel. */
  commit(): void {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (!stroke?.dirty || !this.#differs(stroke.data, stroke.dirty)) return;
    const mask: Mask = { ...this.#size, data: stroke.data };
    this.#mask = mask;
    this.committed(mask);
  }

  cancel(): void {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (!stroke?.dirty) return;
    this.#outline.update(this.#mask ?? emptyMask(this.#size.width, this.#size.height), stroke.dirty);
  }

  /** Closed loops in native pixels around the mask as it looks now, a stroke in progress included. */
  outline(): readonly Loop[] {
    return this.#outline.loops();
  }

  #change(stroke: Stroke, box: Rectangle | undefined, paint: (crop: Mask, at: Rectangle) => Mask): void {
    if (!box) return;
    const { width } = this.#size;
    const crop = emptyMask(box.width, box.height);
    for (let row = 0; row < box.height; row++) {
      const from = (box.y + row) * width + box.x;
      crop.data.set(stroke.data.subarray(from, from + box.width), row * box.width);
    }
    const painted = paint(crop, box).data;
    for (let row = 0; row < box.height; row++) {
      stroke.data.set(painted.subarray(row * box.width, (row + 1) * box.width), (box.y + row) * width + box.x);
    }
    stroke.dirty = unionBounds(stroke.dirty, box);
    this.#outline.update({ ...this.#size, data: stroke.data }, box);
  }

  #differs(data: Uint8Array, box: Rectangle): boolean {
    const before = this.#mask?.data;
    for (let y = box.y; y < box.y + box.height; y++) {
      const end = y * this.#size.width + box.x + box.width;
      for (let index = end - box.width; index < end; index++) {
        if (data[index] !== (before ? before[index] : 0)) return true;
      }
    }
    return false;
  }
}

function relativeTo(at: Point): (point: Point) => Point {
  return ({ x, y }) => ({ x: x - at.x, y: y - at.y });
}
