/** Part of an image, in its pixels; `x`, `y` its first column and row. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
