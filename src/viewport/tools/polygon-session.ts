/** The polygon from its first corner until it is closed or given up. Corners are native pixels. */

import { addCorner, canClose, closesAt, CLOSING_REACH, removeLastCorner } from '../geometry/polygon';
import type { Point } from '../geometry/view-transform';

/** CSS pixels within which a second press is the same corner. */
const SAME_CORNER = 3;

export class PolygonSession {
  #corners: readonly Point[] = [];

  /** `closed` hears of the corners of a finished polygon. */
  constructor(private readonly closed: (corners: readonly Point[]) => void) {}

  get corners(): readonly Point[] {
    return this.#corners;
  }

  /** Adds a corner, or closes the polygon when it falls on the first one. `scale` is CSS pixels a native pixel. */
  press(at: Point, scale: number): void {
    if (this.closesAt(at, scale)) this.close();
    else this.#corners = addCorner(this.#corners, at, SAME_CORNER / scale);
  }

  closesAt(at: Point, scale: number): boolean {
    return closesAt(this.#corners, at, CLOSING_REACH / scale);
  }

  /** Finishes the polygon; one without an inside stays open. */
  close(): boolean {
    const corners = this.#corners;
    if (!canClose(corners)) return false;
    this.#corners = [];
    this.closed(corners);
    return true;
  }

  removeLast(): void {
    this.#corners = removeLastCorner(this.#corners);
  }

  cancel(): void {
    this.#corners = [];
  }
}
