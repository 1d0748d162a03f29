/** Products of two computed matrices through any views: each invocation a tile of 4 x 4 in registers, no workgroup memory. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decode, names } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { unroll } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const SIDE = 8;
const TILE = 4;

export function matmulKernel({ label, reads, write }: OperationOf<'matmul'>): Dispatch {
  const [a, b] = [at(reads, 0), at(reads, 1)];
  const [rows, columns] = [at(write.shape, -2), at(write.shape, -1)];
  const inner = at(a.shape, -1);
  const outer = write.shape.slice(0, -2);
  const shader = new Shader(`matmul ${label}`, [a, b, write], [write]);
  const lead = names(outer, 'l');
  const load = (i: number) => `
    let left${i} = ${shader.scalar(a, [...lead, `min(row + ${i}u, ${rows - 1}u)`, 'k'])};
    let right${i} = ${shader.scalar(b, [...lead, 'k', `min(column + ${i}u, ${columns - 1}u)`])};`;
  const body = `
@compute @workgroup_size(${SIDE}, ${SIDE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x * ${TILE}u;
  let row = id.y * ${TILE}u;
  if (column >= ${columns}u || row >= ${rows}u) { return; }
  ${decode(outer, 'id.z', 'l')}
  ${unroll(TILE, (i) => `var sum${i} = vec4<f32>(0.0);`)}
  for (var k = 0u; k < ${inner}u; k++) {
    ${unroll(TILE, load)}
    let line = vec4<f32>(right0, right1, right2, right3);
    ${unroll(TILE, (i) => `sum${i} += left${i} * line;`)}
  }
  ${unroll(
    TILE,
    (i) => `if (row + ${i}u < ${rows}u) {
    ${unroll(TILE, (j) => `if (column + ${j}u < ${columns}u) { ${shader.store(write, [...lead, `row + ${i}u`, `column + ${j}u`], `sum${i}[${j}]`)} }`)}
  }`,
  )}
}`;
  const count = elementCount(outer);
  const groups = [Math.ceil(columns / TILE / SIDE), Math.ceil(rows / TILE / SIDE), count] as const;
  return dispatch(shader, body, { count, groups, cost: count * rows * columns * inner });
}
