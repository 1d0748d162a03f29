/**
 * The mask while it is being painted. A stroke works on a copy, so that cancelling is free and the mask handed out never
 * changes afterwards: state may keep it as an undo step. Only the rectangle that a stroke touches is copied and retraced.
 */

import { SizeMismatchError } from '../../imaging/errors';
import { emptyMask, fillInto } from '../../imaging/mask';
import { emptySpans, strokeInto, type Brush, type BrushPoint, type RowSpans } from '../../imaging/mask-stroke';
import { differBetween, isAllZero } from '../../imaging/mask-words';
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
  /** Points that are not painted yet, all with one brush; what a frame brings is painted at once. */
  due: BrushPoint[];
  brush?: Brush;
  /** Whether the first of the points due was painted, with this brush. */
  continues: boolean;
  /** Points came since the outline was asked for. */
  moved: boolean;
}

/** Pixels from a brush's core to its rim, from which on all that lies ahead of it changes at each move. */
const WIDE_RIM = 30;

export class MaskEditor {
  #size: { readonly width: number; readonly height: number };
  #mask: Mask | undefined;
  #stroke: Stroke | undefined;
  #outline: MaskOutline;
  /** What the outline has not taken up yet: a frame may bring several steps of a stroke, and is drawn once. */
  #stale: Rectangle | undefined;
  /** Of a stroke: where in the stale rectangle. */
  #spans: RowSpans | undefined;

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
    this.#upToDate();
    if (mask) this.#outline.update(mask);
  }

  begin(value: PaintValue): void {
    this.cancel();
    this.#stroke = {
      value,
      data: this.#mask?.data.slice() ?? new Uint8Array(this.#size.width * this.#size.height),
      due: [],
      continues: false,
      moved: false,
    };
  }

  /** Continues the stroke through the points (native pixels). Tells where it may have changed the mask. */
  extend(points: readonly BrushPoint[], brush: Brush): Rectangle | undefined {
    const stroke = this.#stroke;
    if (!stroke) return undefined;
    if (stroke.brush?.radius !== brush.radius || stroke.brush.hardness !== brush.hardness) {
      this.#paint(stroke, true);
      stroke.brush = { radius: brush.radius, hardness: brush.hardness };
      stroke.continues = false;
      stroke.due = stroke.last ? [stroke.last] : [];
    }
    let touched: Rectangle | undefined;
    for (const point of points) {
      const box = boundsOf(stroke.last ? [stroke.last, point] : [point], brush.radius, this.#size);
      stroke.last = point;
      stroke.due.push(point);
      stroke.moved = true;
      if (box) touched = unionBounds(touched, box);
    }
    if (touched) stroke.dirty = unionBounds(stroke.dirty, touched);
    return touched;
  }

  /** Fills a closed polygon as a stroke of its own. */
  fill(corners: readonly Point[], value: PaintValue): void {
    this.begin(value);
    const stroke = this.#stroke;
    if (!stroke) return;
    const box = boundsOf(corners, 1, this.#size);
    if (box) {
      fillInto({ ...this.#size, data: stroke.data }, [corners], value);
      stroke.dirty = box;
      this.#stale = unionBounds(this.#stale, box);
      this.#spans = undefined;
    }
    this.commit();
  }

  /** Ends the stroke; tells of it only if it changed a pixel. */
  commit(): void {
    const stroke = this.#stroke;
    if (stroke) this.#paint(stroke, true);
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
    this.#upToDate();
    this.#outline.update(this.#mask ?? emptyMask(this.#size.width, this.#size.height), stroke.dirty);
  }

  /** Around the mask as it looks now, a stroke in progress included. */
  get outline(): MaskOutline {
    const { width, height } = this.#size;
    const stroke = this.#stroke;
    if (stroke) this.#paint(stroke, false);
    const stale = this.#stale;
    if (stale) {
      const data = stroke?.data ?? this.#mask?.data ?? new Uint8Array(width * height);
      this.#outline.update({ width, height, data }, stale, this.#spans);
    }
    if (stroke?.brush && stroke.moved) {
      if (isHeldBack(stroke)) this.#outline.lay(stroke.due, stroke.brush, stroke.value, stroke.continues);
      stroke.moved = false;
    }
    this.#upToDate();
    return this.#outline;
  }

  /** Paints what is due. Of a wide soft brush the end of the line, where it is now, is only shown until the brush goes on. */
  #paint(stroke: Stroke, ended: boolean): void {
    const { due, brush, continues, moved } = stroke;
    if (!brush || !(ended ? isHeldBack(stroke) : moved)) return;
    const unfinished = !ended && isWide(brush);
    const box = boundsOf(due, brush.radius, this.#size);
    if (box) {
      if (!this.#stale) this.#spans = emptySpans(this.#size.height);
      strokeInto({ ...this.#size, data: stroke.data }, due, brush, stroke.value, {
        continues,
        unfinished,
        ...(this.#spans && { spans: this.#spans }),
      });
      this.#stale = unionBounds(this.#stale, box);
    }
    if (unfinished) {
      stroke.continues ||= due.length > 1;
      stroke.due = due.slice(-2);
    } else {
      stroke.due = due.slice(-1);
      stroke.continues = true;
    }
  }

  #upToDate(): void {
    this.#stale = undefined;
    this.#spans = undefined;
  }

  #differs(data: Uint8Array, { x, y, width, height }: Rectangle): boolean {
    const before = this.#mask?.data;
    if (before === undefined) return !isAllZero(data);
    for (let row = y; row < y + height; row++) {
      const from = row * this.#size.width + x;
      if (differBetween(data, before, from, from + width)) return true;
    }
    return false;
  }
}

const isWide = ({ radius, hardness }: Brush): boolean => (1 - hardness) * radius > WIDE_RIM;

/** Whether points wait that only the outline shows. */
function isHeldBack({ due, continues }: Stroke): boolean {
  return due.length > (continues ? 1 : 0);
}
