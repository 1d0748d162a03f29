/** Small graphs of random ops over random shapes, for properties. Every op of the format can occur. */

import { GraphBuilder } from '../graph/builder';
import type { Graph } from '../graph/schema';
import { inferShapes } from '../graph/shapes';
import type { Shape, Tensor } from '../tensor';

/** Deterministic whole numbers from 0 to below `most`. */
function dice(seed: number): (most: number) => number {
  let state = seed >>> 0 || 1;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

interface Grown {
  readonly name: string;
  readonly shape: Shape;
}

/** One to two inputs, up to twelve nodes, every value that nothing reads is an output. */
export function randomGraph(seed: number): { graph: Graph; weights: Map<string, Tensor> } {
  const roll = dice(seed);
  const g = new GraphBuilder(`random ${String(seed)}`);
  const channels = 1 + roll(6);
  const side = 2 * (1 + roll(3));
  const values: Grown[] = [{ name: g.input('x', [1, side, side, channels]), shape: [1, side, side, channels] }];
  if (roll(2)) values.push({ name: g.input('z', [1, 1, 1, channels]), shape: [1, 1, 1, channels] });
  const shapeOf = (name: string) => {
    g.output('probe', name);
    const shape = inferShapes(g.build()).get(name)!;
    (g.build().outputs as unknown[]).pop();
    return shape;
  };
  for (let left = 4 + roll(9); left > 0; left--) {
    const name = grow(g, values, roll);
    if (name) values.push({ name, shape: shapeOf(name) });
  }
  const read = new Set(g.build().nodes.flatMap(({ inputs }) => inputs));
  for (const [i, { name }] of values.entries())
    if (!read.has(name) || roll(8) === 0) g.output(`out ${String(i)}`, name);
  return { graph: g.build(), weights: g.weights };
}

/** Adds a node that fits, or none where the dice chose one that does not. */
function grow(g: GraphBuilder, values: readonly Grown[], roll: (most: number) => number): string | undefined {
  const pick = () => values[Math.max(roll(values.length), roll(values.length))]!;
  const { name: x, shape } = pick();
  const last = shape.at(-1)!;
  const [, h = 0, w = 0] = shape;
  const image = shape.length === 4;
  const same = () => values.filter((other) => other.shape.join() === shape.join())[0]!.name;
  const fits = () =>
    values.find(
      (other) =>
        other.name !== x &&
        other.shape.length === shape.length &&
        other.shape.every((size, i) => size === shape[i] || size === 1),
    );
  switch (roll(17)) {
    case 0:
    case 1:
      return image ? g.conv(x, last, 1 + roll(6), { kernel: h > 1 && w > 1 ? 3 : 1, stride: 1 + roll(2) }) : undefined;
    case 2:
      return g.dense(x, last, 1 + roll(6));
    case 3:
      return g.node('relu', [x], {});
    case 4:
      return g.node((['sigmoid', 'silu', 'tanh', 'sin', 'cos'] as const)[roll(5)]!, [x], {});
    case 5:
      return g.node('affine', [x], { scale: 0.5, offset: roll(3) - 1 });
    case 6:
    case 7: {
      const other = fits()?.name ?? same();
      return g.node((['add', 'subtract', 'multiply'] as const)[roll(3)]!, roll(2) ? [x, other] : [other, x], {});
    }
    case 8:
      return g.node('concat', [x, same()], { axis: roll(2) || shape.length === 1 ? -1 : shape.length - 1 });
    case 9: {
      const begin = roll(last);
      return shape.length > 1 && last > 1
        ? g.node('slice', [x], { axis: -1, begin, size: 1 + roll(last - begin) })
        : undefined;
    }
    case 10:
      return image ? g.node('reshape', [x], { shape: roll(2) ? [0, h * w, last] : [0, h, w * last] }) : undefined;
    case 11:
      return shape.length >= 3
        ? g.node('transpose', [x], { permutation: shape.length === 4 ? [0, 2, 1, 3] : [0, 2, 1] })
        : undefined;
    case 12:
      return image ? g.node(roll(2) ? 'mean' : 'sum', [x], { axes: [1, 2], keepDims: roll(2) === 1 }) : undefined;
    case 13:
      return image && h < 8 ? g.node('upsampleNearest', [x], { factor: 2 }) : undefined;
    case 14:
      return image && h > 1 && w > 1 ? g.node(roll(2) ? 'averagePool' : 'maxPool', [x], { size: 2 }) : undefined;
    case 15:
      return roll(2) ? g.node('softmax', [x], {}) : g.node('rmsNorm', [x, g.weight([last], 1)], { epsilon: 1e-3 });
    default: {
      if (shape.length !== 3)
        return image && h % 2 === 0 && w % 2 === 0 ? g.node('spaceToDepth', [x], { block: 2 }) : undefined;
      return g.node(
        'matmul',
        [x, x],
        roll(2) ? { transposeA: true, transposeB: false } : { transposeA: false, transposeB: true },
      );
    }
  }
}
