/** Average and maximum over cells that do not overlap: one invocation a result, or four channels where they lie together. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decode, decodeVectors, FLAT_WORKGROUP, names, workgroups } from '../wgsl/grid';
import { isVectorial, Shader } from '../wgsl/shader';
import { float, typeOf } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 64;

export function poolKernel({ label, reads, write, fn, size }: OperationOf<'pool'>): Dispatch {
  const x = at(reads, 0);
  const width = isVectorial(x) && isVectorial(write) ? 4 : 1;
  const shader = new Shader(`${fn} pool ${label}`, [x, write], width === 1 ? [write] : []);
  const cell = ['i0', `i1 * ${size}u + y`, `i2 * ${size}u + z`, 'i3'];
  const element = width === 4 ? shader.vector(x, cell) : shader.scalar(x, cell);
  const type = typeOf(width);
  const target = names(write.shape, 'i');
  const count = elementCount(write.shape) / width;
  const body = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let index = (${FLAT_WORKGROUP}) * ${THREADS}u + thread;
  if (index >= size.x) { return; }
  ${width === 4 ? decodeVectors(write.shape, 'index', 'i') : decode(write.shape, 'index', 'i')}
  var value = ${type}(${fn === 'max' ? '-3.4e38' : '0.0'});
  for (var y = 0u; y < ${size}u; y++) {
    for (var z = 0u; z < ${size}u; z++) {
      value = ${fn === 'max' ? `max(value, ${element})` : `value + ${element}`};
    }
  }
  value = value * ${float(fn === 'max' ? 1 : 1 / size ** 2)};
  ${width === 4 ? shader.storeVector(write, target, 'value') : shader.store(write, target, 'value')}
}`;
  const groups = workgroups(Math.ceil(count / THREADS));
  return dispatch(shader, body, { count, groups, cost: count * size ** 2 });
}
