/** Rows of a batch: the first axis of every tensor. */

import type { Tensor } from './tensor';

type Tensors = Readonly<Record<string, Tensor>>;

/** Rows [from, to) of each. */
export function rowsOf(tensors: Tensors, from: number, to: number): Record<string, Tensor> {
  return mapped(tensors, ({ shape, data }) => {
    const row = data.length / (shape[0] ?? 1);
    return { shape: shape.with(0, to - from), data: data.subarray(from * row, to * row) };
  });
}

/** The rows of both, by name. */
export function joined(first: Tensors, second: Tensors): Record<string, Tensor> {
  return mapped(first, (a, name) => {
    const b = second[name];
    if (!b) return a;
    const data = new Float32Array(a.data.length + b.data.length);
    data.set(a.data);
    data.set(b.data, a.data.length);
    return { shape: a.shape.with(0, (a.shape[0] ?? 0) + (b.shape[0] ?? 0)), data };
  });
}

function mapped(tensors: Tensors, change: (tensor: Tensor, name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]));
}
