/** Counting through shapes, for code that is meant to be obviously right rather than fast. */

import type { Shape } from '../../tensor';
import { elementCount } from '../../tensor';

/** Every coordinate of a shape in row-major order. */
export function* coordinates(shape: Shape): Generator<number[]> {
  const at = shape.map(() => 0);
  for (let left = elementCount(shape); left > 0; left--) {
    yield [...at];
    for (let axis = shape.length - 1; axis >= 0 && ++at[axis]! === shape[axis]; axis--) at[axis] = 0;
  }
}

export function flatIndex(shape: Shape, at: readonly number[]): number {
  return shape.reduce((index, size, axis) => index * size + at[axis]!, 0);
}
