/**
 * Runs a lowered program on the CPU, kernel by kernel, in the very slabs of its memory plan: a fusion that changes the
 * result shows as a difference, and so does a plan that lets two living values overlap.
 */

import { planArena } from '../../graph/arena';
import { applyUnary, evaluate } from '../../graph/expression';
import { packBias, packWeights, padded } from '../../graph/pack';
import type { Operation, OperationOf, Program } from '../../graph/program';
import { shareOf } from '../../graph/split';
import { elementIndex, type View } from '../../graph/view';
import { packTransformed } from '../../graph/winograd-weights';
import { elementCount, type Tensor } from '../../tensor';
import { coordinates, flatIndex } from './coordinates';
import { transformedInput, transformedOutput } from './winograd';

export function runProgram(
  program: Program,
  weights: ReadonlyMap<string, Tensor>,
  inputs: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  const arena = planArena(program);
  // What was never written must not look like a harmless zero.
  const slabs = arena.slabs.map((bytes) => new Float32Array(bytes / 4).fill(Number.NaN));
  const storage = program.values.map(({ origin, shape }, value) => {
    if (origin.kind === 'weight') return weights.get(origin.name)!.data;
    const placed = arena.placements[value];
    return placed && slabs[placed.slab]!.subarray(placed.offset / 4, placed.offset / 4 + elementCount(shape));
  });
  for (const [value, { origin }] of program.values.entries())
    if (origin.kind === 'input') storage[value]?.set(inputs[origin.name]!.data);

  const read = (view: View, at: readonly number[]) =>
    view.via.reduce((x, unary) => applyUnary(unary, x), storage[view.value]![elementIndex(view, at)]!);
  for (const operation of program.operations) {
    const element = kernel(operation, read, weights);
    // All reads before any write, as a dispatch that aliased would not guarantee; aliasing is forbidden by the plan.
    for (const at of coordinates(operation.write.shape))
      storage[operation.write.value]![elementIndex(operation.write, at)] = element(at);
  }
  return Object.fromEntries(
    program.outputs.map(({ name, view }) => {
      const data = new Float32Array(elementCount(view.shape));
      for (const at of coordinates(view.shape)) data[flatIndex(view.shape, at)] = read(view, at);
      return [name, { shape: view.shape, data }];
    }),
  );
}

type Read = (view: View, at: readonly number[]) => number;
type Element = (at: readonly number[]) => number;

function kernel(operation: Operation, read: Read, weights: ReadonlyMap<string, Tensor>): Element {
  const [x, second, third] = operation.reads as [View, View, View];
  switch (operation.kind) {
    case 'product':
      return product(operation, read, weights);
    case 'finish': {
      const bias = packBias(operation.recipe, weights);
      return (at) => {
        let total = bias[at[3]!]!;
        for (let part = 0; part < x.shape[0]!; part++) total += read(x, [part, ...at]);
        return evaluate(
          operation.epilogue,
          total,
          operation.reads.slice(1).map((view) => read(view, at)),
        );
      };
    }
    case 'winogradInput':
      return transformedInput(operation, read);
    case 'winogradOutput': {
      const sum = transformedOutput(operation, read);
      const bias = packBias(operation.recipe, weights);
      return (at) => {
        const operands = operation.reads.slice(1).map((view) => read(view, at));
        return evaluate(operation.epilogue, sum(at) + bias[at[3]!]!, operands);
      };
    }
    case 'map':
      return (at) =>
        evaluate(
          operation.expression,
          Number.NaN,
          operation.reads.map((view) => read(view, at)),
        );
    case 'matmul':
      return (at) => {
        const [lead, [row, column]] = [at.slice(0, -2), at.slice(-2) as [number, number]];
        let total = 0;
        for (let k = 0; k < x.shape.at(-1)!; k++)
          total += read(x, [...lead, row, k]) * read(second, [...lead, k, column]);
        return total;
      };
    case 'attention':
      return (at) => {
        const [lead, [row, column]] = [at.slice(0, -2), at.slice(-2) as [number, number]];
        const scores = Array.from({ length: second.shape.at(-2)! }, (_, key) => {
          let score = 0;
          for (let d = 0; d < x.shape.at(-1)!; d++)
            score += read(x, [...lead, row, d]) * read(second, [...lead, key, d]);
          return Math.exp(score * operation.scale);
        });
        const total = scores.reduce((a, b) => a + b, 0);
        return scores.reduce((mixed, score, key) => mixed + (score / total) * read(third, [...lead, key, column]), 0);
      };
    case 'reduce':
      return (at) => {
        const inner = x.shape.slice(operation.kept);
        let total = 0;
        for (const rest of coordinates(inner)) total += read(x, [...at, ...rest]);
        return operation.fn === 'mean' ? total / elementCount(inner) : total;
      };
    case 'pool':
      return ([n, r, c, i]) => {
        const { size } = operation;
        const cells = [...coordinates([size, size])].map(([y, z]) => read(x, [n!, r! * size + y!, c! * size + z!, i!]));
        return operation.fn === 'max' ? Math.max(...cells) : cells.reduce((a, b) => a + b, 0) / cells.length;
      };
    case 'softmax':
      return (at) => {
        const row = Array.from({ length: x.shape.at(-1)! }, (_, i) => Math.exp(read(x, at.with(-1, i))));
        return row[at.at(-1)!]! / row.reduce((a, b) => a + b, 0);
      };
    case 'rmsNorm':
      return (at) => {
        const row = Array.from({ length: x.shape.at(-1)! }, (_, i) => read(x, at.with(-1, i)) ** 2);
        const mean = row.reduce((a, b) => a + b, 0) / row.length;
        return (read(x, at) / Math.sqrt(mean + operation.epsilon)) * read(second, [at.at(-1)!]);
      };
  }
}

function product(operation: OperationOf<'product'>, read: Read, weights: ReadonlyMap<string, Tensor>): Element {
  const { window, recipe } = operation;
  const bias = packBias(recipe, weights);
  const matrix = recipe.winograd
    ? packTransformed(recipe, recipe.winograd, weights)
    : packWeights(recipe, weights).matrix;
  const width = padded(recipe.columns);
  return (given) => {
    const split = operation.parts > 1;
    const part = split ? given[0]! : 0;
    const at = split ? given.slice(1) : given;
    const [n, row, column, o] = at as [number, number, number, number];
    let total = split ? 0 : bias[o]!;
    let line = 0;
    for (const source of operation.reads.slice(0, operation.sources)) {
      const [, height, extent, channels] = source.shape as [number, number, number, number];
      const [from, to] = shareOf(channels, operation.parts, part);
      for (let ky = 0; ky < window.height; ky++)
        for (let kx = 0; kx < window.width; kx++) {
          const r = row * window.stride + ky * window.dilation - window.top;
          const c = column * window.stride + kx * window.dilation - window.left;
          if (r >= 0 && c >= 0 && r < height && c < extent)
            for (let i = from; i < Math.min(to, channels); i++)
              total += read(source, [n, r, c, i]) * matrix[(line + i) * width + o]!;
          line += padded(channels);
        }
    }
    if (split) return total;
    const operands = operation.reads.slice(operation.sources).map((view) => read(view, at));
    return evaluate(operation.epilogue, total, operands);
  };
}
