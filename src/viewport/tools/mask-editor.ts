/**
 * The mask while it is being painted. A stroke works on a copy, so that cancelling is free and the mask handed out never
 * changes afterwards: state may keep it as an undo step. Only the rectangle that a stroke touches is copied and retraced.
 */

import { SizeMismatchError } from '../../imaging/errors';
import { emptyMask, fillPolygon } from '../../imaging/mask';
import { strokeInto, type Brush, type BrushPoint } from '../../imaging/mask-stroke';
import type { Mask } from '../../imaging/radiograph';
import { boundsOf, unionBounds } from '../geometry/bounds';
import type { Point, Rectangle } from '../geometry/view-transform';
import { MaskOutline } from '../pixels/mask-outline';

export const PAINTED = 255;
export const ERASED = 0;
export type PaintValue = typeof PAINTED | typeof ERASED;

interface Stroke {
  readonly value: PaintValue;
  readonly data: Uint8Array;
  last?: BrushPoint;
  dirty?: Rectangle;
}

export class MaskEditor {
  #size: { readonly width: number; readonly height: number };
  #mask: Mask | undefined;
  #stroke: Stroke | undefined;
  #outline: MaskOutline;
  /** What the outline has not taken up yet: a frame may bring several steps of a stroke, and is drawn once. */
  #stale: Rectangle | undefined;

  /** `committed` hears of every finished change, once, and outside which box nothing changed. */
  constructor(
    size: { readonly width: number; readonly height: number },
    private readonly committed: (mask: Mask, changed: Rectangle) => void,
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
    this.#stale = undefined;
    if (mask) this.#outline.update(mask);
  }

  begin(value: PaintValue): void {
    this.cancel();
    this.#stroke = { value, data: (this.#mask ?? emptyMask(this.#size.width, this.#size.height)).data.slice() };
  }

  /** Continues the stroke through the points (native pixels). Tells where it may have changed the mask. */
  extend(points: readonly BrushPoint[], brush: Brush): Rectangle | undefined {
    const stroke = this.#stroke;
    if (!stroke) return undefined;
    let touched: Rectangle | undefined;
    for (const point of points) {
      const path = stroke.last ? [stroke.last, point] : [point];
      stroke.last = point;
      const box = boundsOf(path, brush.radius, this.#size);
      if (!box) continue;
      strokeInto({ ...this.#size, data: stroke.data }, path, brush, stroke.value);
      this.#touched(stroke, box);
      touched = unionBounds(touched, box);
    }
    return touched;
  }

  /** Fills a closed polygon as a stroke of its own. */
  fill(corners: readonly Point[], value: PaintValue): void {
    this.begin(value);
    const stroke = this.#stroke;
    if (!stroke) return;
    const box = boundsOf(corners, 1, this.#size);
    if (box) {
      this.#fillBox(stroke, corners, box);
      this.#touched(stroke, box);
    }
    this.commit();
  }

  /** Ends the stroke; tells of it only if it changed a pixel. */
  commit(): void {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (!stroke?.dirty || !this.#differs(stroke.data, stroke.dirty)) return;
    const mask: Mask = { ...this.#size, data: stroke.data };
    this.#mask = mask;
    this.committed(mask, stroke.dirty);
  }

  cancel(): void {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (!stroke?.dirty) return;
    this.#stale = undefined;
    this.#outline.update(this.#mask ?? emptyMask(this.#size.width, this.#size.height), stroke.dirty);
  }

  /** Around the mask as it looks now, a stroke in progress included. */
  get outline(): MaskOutline {
    const { width, height } = this.#size;
    if (this.#stale) this.#outline.update({ width, height, data: this.#stroke?.data ?? this.#mask?.data ?? new Uint8Array(width * height) }, this.#stale);
    this.#stale = undefined;
    return this.#outline;
  }

  #fillBox({ data, value }: Stroke, corners: readonly Point[], box: Rectangle): void {
    const { width } = this.#size;
    const rows = Array.from({ length: box.height }, (_, row) => {
      const from = (box.y + row) * width + box.x;
      return data.subarray(from, from + box.width);
    });
    const crop = emptyMask(box.width, box.height);
    rows.forEach((row, y) => { crop.data.set(row, y * box.width); });
    const filled = fillPolygon(crop, corners.map(({ x, y }) => ({ x: x - box.x, y: y - box.y })), value).data;
    rows.forEach((row, y) => { row.set(filled.subarray(y * box.width, (y + 1) * box.width)); });
  }

  #touched(stroke: Stroke, box: Rectangle): void {
    stroke.dirty = unionBounds(stroke.dirty, box);
    this.#stale = unionBounds(this.#stale, box);
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
