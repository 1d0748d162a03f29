/** Softmax and RMS norm over the last axis: one workgroup a row, sums in float32 by a tree, in an order that never changes. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decode, FLAT_WORKGROUP, names, workgroups } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { float } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 64;

/** `partial[thread]` of all threads -> partial[0]. */
export function tree(threads: number, combine: (a: string, b: string) => string): string {
  return `
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half = half / 2u) {
    if (thread < half) { partial[thread] = ${combine('partial[thread]', 'partial[thread + half]')}; }
    workgroupBarrier();
  }`;
}

const sum = tree(THREADS, (a, b) => `${a} + ${b}`);

export function softmaxKernel({ label, reads, write }: OperationOf<'softmax'>): Dispatch {
  const x = at(reads, 0);
  const shader = new Shader(`softmax ${label}`, [...reads, write], [write]);
  const element = shader.scalar(x, [...names(x.shape.slice(0, -1), 'r'), 'c']);
  const columns = at(x.shape, -1);
  return rowKernel(
    shader,
    x.shape,
    `
  var most = -3.4e38;
  for (var c = thread; c < ${columns}u; c += ${THREADS}u) { most = max(most, ${element}); }
  partial[thread] = most;
  ${tree(THREADS, (a, b) => `max(${a}, ${b})`)}
  most = partial[0];
  workgroupBarrier();
  var total = 0.0;
  for (var c = thread; c < ${columns}u; c += ${THREADS}u) { total += exp(${element} - most); }
  partial[thread] = total;
  ${sum}
  let scale = 1.0 / partial[0];
  for (var c = thread; c < ${columns}u; c += ${THREADS}u) {
    ${shader.store(write, [...names(x.shape.slice(0, -1), 'r'), 'c'], `exp(${element} - most) * scale`)}
  }`,
  );
}

/** x / sqrt(mean(x²) + epsilon) · gain (Zhang and Sennrich 2019, arXiv 1910.07467, eq. 4). */
export function rmsNormKernel({ label, reads, write, epsilon }: OperationOf<'rmsNorm'>): Dispatch {
  const x = at(reads, 0);
  const shader = new Shader(`rmsNorm ${label}`, [...reads, write], [write]);
  const coordinates = [...names(x.shape.slice(0, -1), 'r'), 'c'];
  const element = shader.scalar(x, coordinates);
  const columns = at(x.shape, -1);
  return rowKernel(
    shader,
    x.shape,
    `
  var total = 0.0;
  for (var c = thread; c < ${columns}u; c += ${THREADS}u) { let value = ${element}; total += value * value; }
  partial[thread] = total;
  ${sum}
  let scale = 1.0 / sqrt(partial[0] / ${float(columns)} + ${float(epsilon)});
  for (var c = thread; c < ${columns}u; c += ${THREADS}u) {
    ${shader.store(write, coordinates, `${element} * scale * ${shader.scalar(at(reads, 1), ['c'])}`)}
  }`,
  );
}

function rowKernel(shader: Shader, shape: readonly number[], steps: string): Dispatch {
  const lead = shape.slice(0, -1);
  const rows = elementCount(lead);
  const body = `
var<workgroup> partial: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  // A surplus workgroup repeats the last row: barriers must be met by all.
  let row = min(${FLAT_WORKGROUP}, size.x - 1u);
  ${decode(lead, 'row', 'r')}
  ${steps}
}`;
  return dispatch(shader, body, { count: rows, groups: workgroups(rows), cost: elementCount(shape) * 4 });
}
