/** Builds graphs with reproducible weights for the calibration and the tests. */

import type { AttributesOf, Graph, GraphNode, OpName } from './schema';
import { elementCount, type Shape, type Tensor } from '../tensor';

/** Deterministic values in [-1, 1) (mulberry32). */
export function noise(shape: Shape, seed: number, scale = 1): Tensor {
  let state = seed >>> 0;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1) * scale;
  });
  return { shape, data };
}

export class GraphBuilder {
  readonly weights = new Map<string, Tensor>();
  readonly #inputs: Graph['inputs'] = [];
  readonly #outputs: Graph['outputs'] = [];
  readonly #nodes: GraphNode[] = [];

  constructor(readonly name: string) {}

  input(name: string, shape: Shape): string {
    this.#inputs.push({ name, shape: [...shape] });
    return name;
  }

  weight(shape: Shape, scale: number): string {
    const name = `w${this.weights.size}`;
    this.weights.set(name, noise(shape, this.weights.size + 1, scale));
    return name;
  }

  node<Op extends OpName>(op: Op, inputs: readonly string[], attributes: AttributesOf<Op>): string {
    const output = `v${this.#nodes.length}`;
    this.#nodes.push({ op, inputs: [...inputs], attributes, output } as unknown as GraphNode); // correlated by Op
    return output;
  }

  /** Square kernel, "same" padding for odd kernels, weights scaled to keep the variance. */
  conv(x: string, from: number, to: number, { kernel = 3, stride = 1, dilation = 1 } = {}): string {
    const pad = (dilation * (kernel - 1)) / 2;
    const weight = this.weight([kernel, kernel, from, to], Math.sqrt(3 / (kernel * kernel * from)));
    return this.node('conv2d', [x, weight, this.weight([to], 0.1)], {
      stride,
      dilation,
      padding: [
        [pad, pad],
        [pad, pad],
      ],
    });
  }

  dense(x: string, from: number, to: number): string {
    return this.node('dense', [x, this.weight([from, to], Math.sqrt(3 / from)), this.weight([to], 0.1)], {});
  }

  output(name: string, value: string): void {
    this.#outputs.push({ name, value });
  }

  build(): Graph {
    return {
      format: 'counterpart-graph',
      version: 1,
      name: this.name,
      inputs: this.#inputs,
      outputs: this.#outputs,
      weights: [...this.weights].map(([name, { shape }]) => ({ name, shape: [...shape] })),
      nodes: this.#nodes,
    };
  }
}
