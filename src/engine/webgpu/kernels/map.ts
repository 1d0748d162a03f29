/** Elementwise arithmetic and copies: each invocation makes one element, or four neighbours where they lie together. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { transposeView, type View } from '../../graph/view';
import { elementCount } from '../../tensor';
import { decode, decodeVectors, FLAT_WORKGROUP, names, workgroups } from '../wgsl/grid';
import { isVectorial, Shader } from '../wgsl/shader';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 64;

export function mapKernel({ label, reads, write, expression }: OperationOf<'map'>): Dispatch {
  const views = collapse([write, ...reads]);
  const target = at(views, 0);
  const { shape } = target;
  const width = isVectorial(target) ? 4 : 1;
  const shader = new Shader(`map ${label}`, views);
  const at4 = names(shape, 'i');
  const operands = views.slice(1).map((view) => (width === 4 ? shader.vector(view, at4) : shader.scalar(view, at4)));
  const value = shader.functions.expression(expression, '', operands, width);
  const store = width === 4 ? shader.storeVector(target, at4, 'value') : shader.store(target, at4, 'value');
  const count = elementCount(shape) / width;
  const body = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let index = (${FLAT_WORKGROUP}) * ${THREADS}u + thread;
  if (index >= size.x) { return; }
  ${width === 4 ? decodeVectors(shape, 'index', 'i') : decode(shape, 'index', 'i')}
  let value = ${value};
  ${store}
}`;
  return dispatch(shader, body, { count, groups: workgroups(Math.ceil(count / THREADS)), cost: count });
}

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
