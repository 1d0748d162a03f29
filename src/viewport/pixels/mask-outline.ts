/**
 * The outline of a mask for the screen. A mask may have 16 million pixels and changes with every move of the brush, so the
 * outline is traced on a grid of coverage at most GRID_SIDE wide, of which a stroke refreshes only what it touched. The
 * contour interpolates coverage, which places a smooth edge to well below a cell; masks up to GRID_SIDE are traced as they are.
 * While a stroke goes on, its tiles are drawn again; whole loops, which also clip the preview, are traced when asked for.
 */

import { strokeInto, type Brush, type BrushPoint, type RowSpans } from '../../imaging/mask-stroke';
import type { Mask } from '../../imaging/radiograph';
import { boundsOf } from '../geometry/bounds';
import { contours, type Loop } from '../geometry/contour';
import type { Rectangle } from '../geometry/view-transform';
import { cutMap } from './map-window';
import { OutlineTiles, type OutlineTile } from './outline-tiles';

const GRID_SIDE = 1024;
/** Rows of the grid whose changes are told together. */
const BAND = 16;
/** Cells. */
const EDGE = 2;
/** Of coverage in [0, 255]. */
const LEVEL = 127.5;

export class MaskOutline {
  readonly #factor: number;
  readonly #width: number;
  readonly #height: number;
  readonly #coverage: Uint8Array;
  readonly #tiles: OutlineTiles;
  readonly #native = new WeakMap<OutlineTile, OutlineTile>();
  #loops: readonly Loop[] | undefined;
  /** Nothing was ever taken up. */
  #blank = true;
  /** What the coverage was before something was laid over it. */
  #under:
    { readonly box: Rectangle; readonly coverage: Uint8Array; readonly changed: readonly Rectangle[] } | undefined;

  constructor(readonly size: { readonly width: number; readonly height: number }) {
    this.#factor = Math.ceil(Math.max(size.width, size.height) / GRID_SIDE);
    this.#width = Math.ceil(size.width / this.#factor);
    this.#height = Math.ceil(size.height / this.#factor);
    this.#coverage = new Uint8Array(this.#width * this.#height);
    this.#tiles = new OutlineTiles({ width: this.#width, height: this.#height, data: this.#coverage }, LEVEL);
  }

  /** Takes up what changed in the mask, inside `dirty` (native pixels) or anywhere; of a row only its span, where that is known. */
  update(mask: Mask, dirty: Rectangle = { x: 0, y: 0, ...this.size }, spans?: RowSpans): void {
    this.#lift();
    this.#blank = false;
    const f = this.#factor;
    const bottom = Math.min(this.#height, Math.ceil((dirty.y + dirty.height) / f));
    for (let gy = Math.floor(dirty.y / f); gy < bottom; gy++) {
      let left = dirty.x;
      let right = dirty.x + dirty.width;
      if (spans) {
        left = this.size.width;
        right = 0;
        for (let y = gy * f; y < Math.min(this.size.height, (gy + 1) * f); y++) {
          left = Math.min(left, spans.left[y] as number);
          right = Math.max(right, spans.right[y] as number);
        }
      }
      if (right > left) this.#updateRow(mask, gy, Math.floor(left / f), Math.min(this.#width, Math.ceil(right / f)));
    }
  }

  /**
   * Shows a part of a stroke that the mask does not hold yet, until the next one or an update. The brush is drawn on the grid, with an
   * edge of a few cells where its strength passes one half: the outline is the same, and a large brush costs little.
   */
  lay(points: readonly BrushPoint[], { radius, hardness }: Brush, value: 0 | 255, continues: boolean): void {
    this.#lift();
    const f = this.#factor;
    const grid = { width: this.#width, height: this.#height, data: this.#coverage };
    const onGrid = points.map((point) => ({ ...point, x: point.x / f, y: point.y / f }));
    const half = (radius * (1 + hardness)) / 2 / f;
    const brush = { radius: half + EDGE, hardness: Math.max(0, half - EDGE) / (half + EDGE) };
    const box = boundsOf(onGrid, brush.radius, grid);
    if (!box) return;
    this.#blank = false;
    const coverage = cutMap(grid, box).data;
    strokeInto(grid, onGrid, brush, value, { continues });
    const changed = this.#differences(box, coverage);
    this.#under = { box, coverage, changed };
    changed.forEach(this.#changed);
  }

  /** What has to be drawn to draw this part of the mask (native pixels), in native pixels. */
  tiles(part: Rectangle = { x: 0, y: 0, ...this.size }): readonly OutlineTile[] {
    if (this.#blank) return [];
    const f = this.#factor;
    const tiles = this.#tiles.in({ x: part.x / f, y: part.y / f, width: part.width / f, height: part.height / f });
    return tiles
      .filter(({ fill }) => fill.length > 0)
      .map((tile) => {
        const native = this.#native.get(tile) ?? {
          fill: tile.fill.map(this.#toNative),
          lines: tile.lines.map(this.#toNative),
        };
        this.#native.set(tile, native);
        return native;
      });
  }

  /** Closed loops in native pixels where the mask passes one half. */
  loops(): readonly Loop[] {
    this.#loops ??= contours({ width: this.#width, height: this.#height, data: this.#coverage }, LEVEL).map(
      this.#toNative,
    );
    return this.#loops;
  }

  #updateRow({ data, width, height }: Mask, gy: number, left: number, right: number): void {
    const f = this.#factor;
    const coverage = this.#coverage;
    const row = gy * this.#width;
    const top = gy * f * width;
    const rows = Math.min(f, height - gy * f);
    let first = right;
    let last = left - 1;
    for (let gx = left; gx < right; gx++) {
      const columns = Math.min(f, width - gx * f);
      let sum = 0;
      for (let y = 0; y < rows; y++) {
        const begin = top + y * width + gx * f;
        for (let index = begin; index < begin + columns; index++) sum += data[index] as number;
      }
      const mean = Math.round(sum / (rows * columns));
      if (coverage[row + gx] === mean) continue;
      coverage[row + gx] = mean;
      if (gx < first) first = gx;
      last = gx;
    }
    if (last >= first) this.#changed({ x: first, y: gy, width: last - first + 1, height: 1 });
  }

  /** Takes away what was laid over the mask. */
  #lift(): void {
    if (!this.#under) return;
    const { box, coverage, changed } = this.#under;
    this.#under = undefined;
    for (let row = 0; row < box.height; row++) {
      this.#coverage.set(
        coverage.subarray(row * box.width, (row + 1) * box.width),
        (box.y + row) * this.#width + box.x,
      );
    }
    changed.forEach(this.#changed);
  }

  /** Where the coverage in a box is not what it was, a rectangle for every few rows. */
  #differences({ x, y, width, height }: Rectangle, before: Uint8Array): readonly Rectangle[] {
    const found: Rectangle[] = [];
    for (let top = 0; top < height; top += BAND) {
      const bottom = Math.min(height, top + BAND);
      let left = width;
      let right = 0;
      for (let row = top; row < bottom; row++) {
        const from = (y + row) * this.#width + x;
        for (let column = 0; column < width; column++) {
          if (this.#coverage[from + column] === before[row * width + column]) continue;
          if (column < left) left = column;
          if (column >= right) right = column + 1;
        }
      }
      if (right > left) found.push({ x: x + left, y: y + top, width: right - left, height: bottom - top });
    }
    return found;
  }

  readonly #changed = (box: Rectangle): void => {
    this.#tiles.touch(box);
    this.#loops = undefined;
  };

  readonly #toNative = (loop: Loop): Loop =>
    loop.map((value, index) => Math.min(value * this.#factor, index % 2 === 0 ? this.size.width : this.size.height));
}
