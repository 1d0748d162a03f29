/** Views of one shape with as few axes as they allow. */

import { at } from './list';
import { transposeView, type View } from './view';

/** Merges neighbouring axes that all views step through evenly, so that addresses need less arithmetic. Shapes are equal. */
export function collapse(views: readonly View[]): View[] {
  let merged = dropSingles(views);
  for (let axis = at(merged, 0).shape.length - 2; axis >= 0; axis--) {
    const even = merged.every(({ shape, strides, divisors }) => {
      const plain = divisors[axis] === 1 && divisors[axis + 1] === 1;
      return plain && at(strides, axis) === at(shape, axis + 1) * at(strides, axis + 1);
    });
    if (even) merged = merged.map((view) => mergeAxis(view, axis));
  }
  return merged;
}

/** Axes of one element are never stepped along, whatever their stride. */
function dropSingles(views: readonly View[]): View[] {
  const long = at(views, 0).shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
  return views.map((view) => transposeView(view, long));
}

function mergeAxis(view: View, axis: number): View {
  const drop = (list: readonly number[]) => list.toSpliced(axis, 1);
  const shape = view.shape.with(axis + 1, at(view.shape, axis) * at(view.shape, axis + 1));
  return { ...view, shape: drop(shape), strides: drop(view.strides), divisors: drop(view.divisors) };
}
