/** Adds up what a split product left: sums in the order of the shares, bias, epilogue. */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decodeVectors, FLAT_WORKGROUP, names, workgroups } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 64;

export function finishKernel({ label, reads, write, recipe, epilogue }: OperationOf<'finish'>): Dispatch {
  const sums = at(reads, 0);
  const parts = at(sums.shape, 0);
  const shader = new Shader(`finish ${label}`, [...reads, write]);
  const coordinates = names(write.shape, 'i');
  const columns = padded(recipe.columns) / 4;
  const count = elementCount(write.shape.slice(0, 3)) * columns;
  const operands = reads.slice(1).map((view) => shader.vector(view, coordinates));
  const value = shader.functions.expression(epilogue, 'total', operands, 4);
  const body = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let index = (${FLAT_WORKGROUP}) * ${THREADS}u + thread;
  if (index >= size.x) { return; }
  ${decodeVectors(write.shape, 'index', 'i')}
  var total = ${shader.bias(recipe)}[i3 / 4u];
  for (var part = 0u; part < ${parts}u; part++) { total += ${shader.vectorFrom(sums, 'part * size.x', 'index')}; }
  let value = ${value};
  ${shader.storeVector(write, coordinates, 'value')}
}`;
  return dispatch(shader, body, { count, groups: workgroups(Math.ceil(count / THREADS)), cost: count * parts });
}
