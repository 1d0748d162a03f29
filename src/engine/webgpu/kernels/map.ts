/** Elementwise arithmetic and copies: each invocation makes one element, or four neighbours where they lie together. */

import { collapse } from '../../graph/collapse';
import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
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
