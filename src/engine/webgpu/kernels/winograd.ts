/**
 * The transforms before and after Winograd's products (`graph/winograd-products.ts`): an invocation transforms one channel of one
 * tile, all in registers, so that neighbours read and write neighbouring channels.
 */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import { type Arithmetic, transformInput, transformOutput } from '../../graph/winograd';
import { elementCount } from '../../tensor';
import { decode, FLAT_WORKGROUP, workgroups } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { float, unroll } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 64;

export function winogradInputKernel({ label, side, window, reads, write }: OperationOf<'winogradInput'>): Dispatch {
  const reach = side + 2;
  const source = at(reads, 0);
  const [, height, width, channels] = source.shape as [number, number, number, number];
  const inner = padded(channels);
  const shader = new Shader(`winograd input ${label}`, [], [source, write]);
  const { lines, arithmetic } = words();
  const cells = Array.from({ length: reach }, (_, y) =>
    Array.from({ length: reach }, (_, x) => {
      const value = shader.scalar(source, ['t0', `sy${y}`, `sx${x}`, channels === inner ? 't3' : 'channel']);
      return arithmetic.hold(`select(0.0, ${value}, iny${y} && inx${x})`);
    }),
  );
  const columns = cells.map((_, x) =>
    transformInput(
      side,
      cells.map((row) => at(row, x)),
      arithmetic,
    ).map(arithmetic.hold),
  );
  const stores = cells.flatMap((_, y) =>
    transformInput(
      side,
      columns.map((column) => at(column, y)),
      arithmetic,
    ).map((value, x) => shader.store(write, ['t0', 't1', 't2', `${(y * reach + x) * inner}u + t3`], value)),
  );
  // Below zero wraps round to far beyond the end.
  const cell = (axis: 'y' | 'x', tile: string, before: number, size: number) =>
    unroll(
      reach,
      (i) => `let c${axis}${i} = ${tile} * ${side}u + ${i}u - ${before}u;
  let in${axis}${i} = c${axis}${i} < ${size}u${channels === inner ? '' : ` && t3 < ${channels}u`};
  let s${axis}${i} = min(c${axis}${i}, ${size - 1}u);`,
    );
  const shape = write.shape.with(-1, inner);
  const body = `${main(decode(shape, 'index', 't'))}
  ${channels === inner ? '' : `let channel = min(t3, ${channels - 1}u);`}
  ${cell('y', 't1', window.top, height)}
  ${cell('x', 't2', window.left, width)}
  ${lines.join('\n')}
  ${stores.join('\n')}
}`;
  return flat(shader, body, elementCount(shape), reach);
}

export function winogradOutputKernel(operation: OperationOf<'winogradOutput'>): Dispatch {
  const { label, side, reads, write, recipe, epilogue } = operation;
  const reach = side + 2;
  const sums = at(reads, 0);
  const [, height, width, columns] = write.shape as [number, number, number, number];
  const shader = new Shader(`winograd output ${label}`, [], [...reads, write]);
  const { lines, arithmetic } = words();
  const products = Array.from({ length: reach }, (_, y) =>
    Array.from({ length: reach }, (_, x) =>
      arithmetic.hold(shader.elementFrom(sums, `${y * reach + x}u * size.x + index`)),
    ),
  );
  const rows = products.map((_, x) =>
    transformOutput(
      side,
      products.map((row) => at(row, x)),
      arithmetic,
    ).map(arithmetic.hold),
  );
  const stores = Array.from({ length: side }, (_, y) => y).flatMap((y) =>
    transformOutput(
      side,
      rows.map((column) => at(column, y)),
      arithmetic,
    ).map((sum, x) => {
      const coordinates = ['t0', `y${y}`, `x${x}`, 't3'];
      const operands = reads.slice(1).map((view) => shader.scalar(view, coordinates));
      const value = shader.functions.expression(epilogue, `(${sum} + bias)`, operands, 1);
      return `if (y${y} < ${height}u && x${x} < ${width}u) { ${shader.store(write, coordinates, value)} }`;
    }),
  );
  const shape = sums.shape.slice(1);
  const body = `${main(decode(shape, 'index', 't'))}
  if (t3 >= ${columns}u) { return; }
  let bias = ${shader.bias(recipe)}[t3 / 4u][t3 % 4u];
  ${unroll(side, (i) => `let y${i} = t1 * ${side}u + ${i}u; let x${i} = t2 * ${side}u + ${i}u;`)}
  ${lines.join('\n')}
  ${stores.join('\n')}
}`;
  return flat(shader, body, elementCount(shape), reach);
}

function main(decoded: string): string {
  return `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let index = (${FLAT_WORKGROUP}) * ${THREADS}u + thread;
  if (index >= size.x) { return; }
  ${decoded}`;
}

function flat(shader: Shader, body: string, count: number, reach: number): Dispatch {
  return dispatch(shader, body, {
    count,
    groups: workgroups(Math.ceil(count / THREADS)),
    cost: count * reach ** 2 * 4,
  });
}

/** Transforms as WGSL: what is held becomes a line of its own. */
function words(): { readonly lines: string[]; readonly arithmetic: Arithmetic<string> } {
  const lines: string[] = [];
  return {
    lines,
    arithmetic: {
      add: (a, b) => `(${a} + ${b})`,
      subtract: (a, b) => `(${a} - ${b})`,
      scale: (a, by) => `${a} * ${float(by)}`,
      hold: (a) => `v${lines.push(`let v${lines.length} = ${a};`) - 1}`,
    },
  };
}
