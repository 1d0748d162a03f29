/**
 * Implicit GEMM through workgroup memory: a workgroup brings a tile of each factor there, all its invocations multiply, and so
 * on along the channels and the window. Each value is read from memory once a workgroup instead of once an invocation.
 */

import { unroll } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';
import type { ProductShader, Source, Tile } from './product';

/** Bytes of workgroup memory that a tile needs; 16,384 are there on every adapter. */
export function workgroupBytes({ rows, columns, across, down, depth, arithmetic }: Tile): number {
  return (arithmetic === 'half' ? 8 : 16) * (rows * down * depth + 4 * depth * columns * across);
}

export function tiledProduct(product: ProductShader, tile: Tile): Dispatch {
  const { rows, columns, across, down, depth } = tile;
  const [height, width, threads] = [rows * down, columns * across, across * down];
  const loadsA = Math.ceil((height * depth) / threads);
  const four = fourOf(tile);
  product.shader.usesHalves = tile.arithmetic === 'half';
  const stores = unroll(rows, (r) => {
    const line = unroll(
      columns,
      (c) => `if (n${c} < ${product.columns}u) { ${product.store(`q${r}_`, `row${r}`, `n${c}`, `sum${r}_${c}`)} }`,
    );
    return `let row${r} = group.x * ${height}u + local.y * ${rows}u + ${r}u;
    if (row${r} < size.x) { ${product.decodeRow(`row${r}`, `q${r}_`)} ${line} }`;
  });
  const body = `
${product.helpers()}
var<workgroup> tileA: array<${four}, ${height * depth}>;
var<workgroup> tileB: array<${four}, ${4 * depth * width}>;
@compute @workgroup_size(${across}, ${down})
fn main(@builtin(workgroup_id) own: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let group = vec3<u32>(own.x + size.y, own.y, own.z);
  let part = group.z;
  ${unroll(
    loadsA,
    (i) => `let at${i} = thread + ${i * threads}u; let four${i} = at${i} % ${depth}u;
  ${product.decodeRow(`min(group.x * ${height}u + at${i} / ${depth}u, size.x - 1u)`, `p${i}_`)}`,
  )}
  ${unroll(columns, (c) => `let n${c} = group.y * ${width}u + ${c * across}u + local.x;`)}
  ${unroll(rows, (r) => unroll(columns, (c) => `var sum${r}_${c} = vec4<f32>(0.0);`))}
  ${product.sources.map((source) => sourceLoop(product, source, tile)).join('\n')}
  ${stores}
}`;
  const groups = [Math.ceil(product.rows / height), Math.ceil(product.columns / width), product.product.parts] as const;
  return dispatch(product.shader, body, { count: product.rows, groups, cost: product.cost(), divisible: true });
}

/** What the tiles are made of. */
function fourOf({ arithmetic }: Tile): string {
  return arithmetic === 'half' ? 'vec4<f16>' : 'vec4<f32>';
}

function sourceLoop(product: ProductShader, source: Source, tile: Tile): string {
  const { rows, columns, across, down, depth } = tile;
  const half = tile.arithmetic === 'half';
  const type = fourOf(tile);
  const { window, parts } = product.product;
  const [height, width, threads] = [rows * down, columns * across, across * down];
  const loadsA = Math.ceil((height * depth) / threads);
  const loadsB = Math.ceil((4 * depth * width) / threads);
  const [from, to] =
    parts > 1
      ? [`min(part * ${source.share}u, ${source.fours}u)`, `min((part + 1u) * ${source.share}u, ${source.fours}u)`]
      : ['0u', `${source.fours}u`];
  const lanes = ['x', 'y', 'z', 'w'];
  const fillA = unroll(loadsA, (i) => {
    const guard = (height * depth) % threads === 0 ? '' : `if (at${i} < ${height * depth}u) `;
    const four = `min(begin + four${i}, ${source.fours - 1}u)`;
    const value = `select(vec4<f32>(0.0), ${product.load(source, `p${i}_`, four)}, begin + four${i} < end)`;
    return `${guard}{ tileA[at${i}] = ${half ? `${type}(${value})` : value}; }`;
  });
  const fillB = unroll(loadsB, (i) => {
    const guard = (4 * depth * width) % threads === 0 ? '' : `if (thread + ${i * threads}u < ${4 * depth * width}u) `;
    return `${guard}{
      let cell = thread + ${i * threads}u;
      let k = begin * 4u + cell / ${width}u;
      let n = group.y * ${width}u + cell % ${width}u;
      let inside = k < ${4 * source.fours}u && n < ${product.columns}u;
      let index = (first + min(k, ${4 * source.fours - 1}u)) * ${product.columns}u + min(n, ${product.columns - 1}u);
      tileB[cell] = select(${type}(), ${half ? product.halfWeight('index') : product.weight('index')}, inside);
    }`;
  });
  const multiply = unroll(4, (k) =>
    unroll(
      columns,
      (c) => `let w${k}_${c} = tileB[(four * 4u + ${k}u) * ${width}u + ${c * across}u + local.x];
    ${unroll(rows, (r) => `${half ? 'part' : 'sum'}${r}_${c} += a${r}.${lanes[k] ?? ''} * w${k}_${c};`)}`,
    ),
  );
  const each = (line: (row: number, column: number) => string) =>
    half ? unroll(rows, (r) => unroll(columns, (c) => line(r, c))) : '';
  return `
  for (var ky = 0u; ky < ${window.height}u; ky++) {
    for (var kx = 0u; kx < ${window.width}u; kx++) {
      ${unroll(loadsA, (i) => product.locate(source, `p${i}_`))}
      let first = ${source.firstRow}u + (ky * ${window.width}u + kx) * ${4 * source.fours}u;
      let end = ${to};
      for (var begin = ${from}; begin < end; begin += ${depth}u) {
        ${fillA}
        ${fillB}
        workgroupBarrier();
        ${each((r, c) => `var part${r}_${c} = ${type}();`)}
        for (var four = 0u; four < ${depth}u; four++) {
          ${unroll(rows, (r) => `let a${r} = tileA[(local.y * ${rows}u + ${r}u) * ${depth}u + four];`)}
          ${multiply}
        }
        ${each((r, c) => `sum${r}_${c} += vec4<f32>(part${r}_${c});`)}
        workgroupBarrier();
      }
    }
  }`;
}
