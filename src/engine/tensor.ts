/** Row-major float32 tensor on the CPU side of an executor. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** The same as binary16, a uint16 each; only where a file gives them so: then nothing need be rounded. */
  readonly halves?: Uint16Array;
}

export type Shape = readonly number[];

/** Number of elements; 1 for a scalar (empty shape). */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** "[1, 32, 32, 8]" for messages. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
