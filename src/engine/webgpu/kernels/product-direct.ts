/**
 * Implicit GEMM without workgroup memory: each invocation sums a tile of rows x columns in registers and reads both factors
 * through the cache. Best where workgroup memory or barriers are slow, and for small results.
 */

import { unroll } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';
import type { ProductShader, Source, Tile } from './product';

/** The tile where a product has fewer columns than it: invocations beyond the last column would compute it again. */
export function narrowed(tile: Tile, fours: number): Tile {
  const columns = Math.min(tile.columns, fours);
  let { across, down } = tile;
  for (; across % 2 === 0 && across * columns >= 2 * fours; across /= 2) down *= 2;
  return { ...tile, columns, across, down };
}

export function directProduct(product: ProductShader, wide: Tile): Dispatch {
  const tile = narrowed(wide, product.columns);
  const { rows, columns, across, down } = tile;
  const { parts } = product.product;
  const each = (line: (row: number, column: number) => string) =>
    unroll(rows, (row) => unroll(columns, (column) => line(row, column)));
  const loops = product.sources.map((source) => sourceLoop(product, source, tile)).join('\n');
  const stores = unroll(rows, (r) => {
    const line = unroll(
      columns,
      (c) => `if (n${c} < ${product.columns}u) ${braces(product.store(`p${r}_`, `row${r}`, `n${c}`, `sum${r}_${c}`))}`,
    );
    return `if (row${r} < size.x) { ${line} }`;
  });
  const body = `
${product.helpers()}
@compute @workgroup_size(${across}, ${down})
fn main(@builtin(workgroup_id) own: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let group = vec3<u32>(own.x + size.y, own.y, own.z);
  let part = group.z;
  ${unroll(rows, (r) => `let row${r} = (group.x * ${down}u + local.y) * ${rows}u + ${r}u; ${product.decodeRow(`min(row${r}, size.x - 1u)`, `p${r}_`)}`)}
  ${unroll(columns, (c) => `let n${c} = (group.y * ${columns}u + ${c}u) * ${across}u + local.x; let m${c} = min(n${c}, ${product.columns - 1}u);`)}
  ${each((r, c) => `var sum${r}_${c} = vec4<f32>(0.0);`)}
  ${loops}
  ${stores}
}`;
  const groups = [Math.ceil(product.rows / rows / down), Math.ceil(product.columns / columns / across), parts] as const;
  return dispatch(product.shader, body, { count: product.rows, groups, cost: product.cost(), divisible: true });
}

function braces(text: string): string {
  return text.startsWith('{') ? text : `{ ${text} }`;
}

function sourceLoop(product: ProductShader, source: Source, { rows, columns }: Tile): string {
  const { window, parts } = product.product;
  const lanes = ['x', 'y', 'z', 'w'];
  const multiply = unroll(4, (k) =>
    unroll(columns, (c) => {
      const weight = `let w${k}_${c} = ${product.weight(`line + ${k * product.columns}u + m${c}`)};`;
      return `${weight}\n${unroll(rows, (r) => `sum${r}_${c} += a${r}.${lanes[k] ?? ''} * w${k}_${c};`)}`;
    }),
  );
  const [from, to] =
    parts > 1
      ? [`min(part * ${source.share}u, ${source.fours}u)`, `min((part + 1u) * ${source.share}u, ${source.fours}u)`]
      : ['0u', `${source.fours}u`];
  return `
  for (var ky = 0u; ky < ${window.height}u; ky++) {
    for (var kx = 0u; kx < ${window.width}u; kx++) {
      ${unroll(rows, (r) => product.locate(source, `p${r}_`))}
      let first = ${source.firstRow}u + (ky * ${window.width}u + kx) * ${4 * source.fours}u;
      for (var four = ${from}; four < ${to}; four++) {
        let line = (first + four * 4u) * ${product.columns}u;
        ${unroll(rows, (r) => `let a${r} = ${product.load(source, `p${r}_`, 'four')};`)}
        ${multiply}
      }
    }
  }`;
}
