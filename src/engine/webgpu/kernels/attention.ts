/**
 * softmax(scale · q·kᵀ)·v in one pass: each invocation keeps one query and its weighted sum in registers and walks over the
 * keys, rescaling the sum when a larger score appears (online softmax, Milakov and Gimelshein 2018, arXiv 1805.02867; as in
 * FlashAttention, arXiv 2205.14135). The scores are never stored.
 */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import { elementCount } from '../../tensor';
import { decode, names } from '../wgsl/grid';
import { Shader } from '../wgsl/shader';
import { float, unroll } from '../wgsl/text';
import { dispatch, type Dispatch } from './kernel';

const THREADS = 32;

export function attentionKernel({ label, reads, write, scale }: OperationOf<'attention'>): Dispatch {
  const [q, k, v] = [at(reads, 0), at(reads, 1), at(reads, 2)];
  const outer = write.shape.slice(0, -2);
  const [queries, head] = [at(q.shape, -2), padded(at(q.shape, -1)) / 4];
  const [keys, width] = [at(k.shape, -2), padded(at(v.shape, -1)) / 4];
  const shader = new Shader(`attention ${label}`, [q, k, v, write]);
  const lead = names(outer, 'l');
  const body = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let wanted = id.x;
  let query = min(wanted, ${queries - 1}u);
  ${decode(outer, 'id.y', 'l')}
  ${unroll(head, (i) => `let q${i} = ${shader.vector(q, [...lead, 'query', `${4 * i}u`])} * ${float(scale)};`)}
  ${unroll(width, (i) => `var sum${i} = vec4<f32>(0.0);`)}
  var most = -3.4e38;
  var total = 0.0;
  for (var key = 0u; key < ${keys}u; key++) {
    var products = vec4<f32>(0.0);
    ${unroll(head, (i) => `products += q${i} * ${shader.vector(k, [...lead, 'key', `${4 * i}u`])};`)}
    let score = products.x + products.y + products.z + products.w;
    let higher = max(most, score);
    let keep = exp(most - higher);
    let weight = exp(score - higher);
    most = higher;
    total = total * keep + weight;
    ${unroll(width, (i) => `sum${i} = sum${i} * keep + weight * ${shader.vector(v, [...lead, 'key', `${4 * i}u`])};`)}
  }
  if (wanted >= ${queries}u) { return; }
  ${unroll(width, (i) => `let out${i} = sum${i} / total; ${shader.storeVector(write, [...lead, 'query', `${4 * i}u`], `out${i}`)}`)}
}`;
  const count = elementCount(outer);
  const groups = [Math.ceil(queries / THREADS), count, 1] as const;
  return dispatch(shader, body, { count, groups, cost: count * queries * keys * 4 * (head + width) });
}
