/** Mean and sum: sixteen results a workgroup, each summed by sixteen invocations and then by a tree of fixed order. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decode, FLAT_WORKGROUP, names, workgroups } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { float } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const SIDE = 16;

export function reduceKernel({ label, reads, write, fn, kept }: OperationOf<'reduce'>): Dispatch {
  const x = at(reads, 0);
  const outer = x.shape.slice(0, kept);
  const inner = x.shape.slice(kept);
  const shader = new Shader(`${fn} ${label}`, [x, write], [write]);
  const element = shader.scalar(x, [...names(outer, 'o'), ...names(inner, 'i')]);
  const results = elementCount(outer);
  const terms = elementCount(inner);
  const scale = fn === 'mean' ? 1 / terms : 1;
  const body = `
var<workgroup> partial: array<f32, ${SIDE * SIDE}>;
@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let wanted = (${FLAT_WORKGROUP}) * ${SIDE}u + local.x;
  let result = min(wanted, size.x - 1u);
  ${decode(outer, 'result', 'o')}
  var total = 0.0;
  for (var term = local.y; term < ${terms}u; term += ${SIDE}u) {
    ${decode([0, ...inner.slice(1)], 'term', 'i')}
    total += ${element};
  }
  partial[local.y * ${SIDE}u + local.x] = total;
  workgroupBarrier();
  for (var half = ${SIDE / 2}u; half > 0u; half = half / 2u) {
    if (local.y < half) {
      partial[local.y * ${SIDE}u + local.x] += partial[(local.y + half) * ${SIDE}u + local.x];
    }
    workgroupBarrier();
  }
  if (local.y == 0u && wanted < size.x) {
    ${shader.store(write, names(outer, 'o'), `partial[local.x] * ${float(scale)}`)}
  }
}`;
  const groups = workgroups(Math.ceil(results / SIDE));
  return dispatch(shader, body, { count: results, groups, cost: results * terms });
}
