/** Floating-point operations of a kernel: a multiply-add is two, any other operation or function one. Addresses are not counted. */

import type { Expression, Unary } from '../../graph/expression';
import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { Operation, OperationOf } from '../../graph/program';
import { rowsOf, shareOf } from '../../graph/split';
import { type Arithmetic, transformInput, transformOutput, type TileSide } from '../../graph/winograd';
import { elementCount } from '../../tensor';
import { narrowed } from '../kernels/product-direct';
import type { Tile } from '../kernels/product';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export function unaryFlops({ fn }: Unary): number {
  // x / (1 + exp(-x)), 1 / (1 + exp(-x)).
  if (fn === 'silu' || fn === 'sigmoid') return 4;
  return fn === 'affine' ? 2 : 1;
}

export function expressionFlops(expression: Expression): number {
  switch (expression.kind) {
    case 'result':
    case 'operand':
      return 0;
    case 'unary':
      return unaryFlops(expression.unary) + expressionFlops(expression.x);
    case 'binary':
      return 1 + expressionFlops(expression.a) + expressionFlops(expression.b);
  }
}

interface Flops {
  /** What the result needs, channels and columns filled up to fours. */
  readonly needed: number;
  /** What all invocations compute: also of rows and columns beyond the result, and of channels beyond a share. */
  readonly done: number;
}

/** @param tile of a product */
export function flopsOf(operation: Operation, tile?: Tile): Flops {
  if (operation.kind === 'product') return productFlops(operation, tile as Tile); // every product has one
  const { reads, write } = operation;
  const results = elementCount(write.shape);
  const through = sum(reads.map(({ via, shape }) => sum(via.map(unaryFlops)) * elementCount(shape)));
  const same = (flops: number): Flops => ({ needed: flops + through, done: flops + through });
  switch (operation.kind) {
    case 'map':
      return same(results * expressionFlops(operation.expression));
    case 'finish': {
      const parts = at(at(reads, 0).shape, 0);
      return same(filled(write.shape) * (parts + expressionFlops(operation.epilogue)));
    }
    case 'winogradInput': {
      const tiles = elementCount(write.shape) / (operation.side + 2) ** 2;
      return same(tiles * transformFlops(operation.side, 'input'));
    }
    case 'winogradOutput': {
      const tiles = elementCount(at(reads, 0).shape.slice(1));
      const bias = results * (1 + expressionFlops(operation.epilogue));
      return same(tiles * transformFlops(operation.side, 'output') + bias);
    }
    case 'matmul':
      return same(2 * results * at(at(reads, 0).shape, -1));
    case 'attention':
      return attentionFlops(operation);
    case 'reduce':
    case 'pool':
      return same(elementCount(at(reads, 0).shape) + results);
    case 'softmax':
      // Maximum; difference, exponential and sum; difference, exponential and scale.
      return same(7 * results);
    case 'rmsNorm':
      return same(4 * results);
  }
}

/** Elements, the last axis filled up to fours. */
function filled(shape: readonly number[]): number {
  return elementCount(shape.slice(0, -1)) * padded(at(shape, -1));
}

function productFlops(product: OperationOf<'product'>, given: Tile): Flops {
  const { reads, sources, recipe, epilogue, parts } = product;
  const rows = rowsOf(product);
  const fours = padded(recipe.columns) / 4;
  const tile = given.kind === 'direct' ? narrowed(given, fours) : given;
  const [high, wide] = [tile.rows * tile.down, tile.columns * tile.across];
  const launched = { rows: Math.ceil(rows / high) * high, columns: 4 * Math.ceil(fours / wide) * wide };
  const depth = tile.kind === 'tiled' ? 4 * tile.depth : 1;
  let [needed, done] = [0, 0];
  for (const channels of recipe.sources)
    for (let part = 0; part < parts; part++) {
      const [from, to] = shareOf(channels, parts, part);
      needed += to - from;
      done += Math.ceil((to - from) / depth) * depth;
    }
  const results = parts > 1 ? 0 : rows * 4 * fours * (1 + expressionFlops(epilogue));
  const through = reads.slice(0, sources).map(({ via }, i) => sum(via.map(unaryFlops)) * padded(at(recipe.sources, i)));
  const loads = rows * recipe.cells * sum(through);
  return {
    needed: 2 * rows * recipe.cells * needed * 4 * fours + results + loads,
    done:
      2 * launched.rows * recipe.cells * done * launched.columns +
      results +
      // Each column of workgroups loads its rows anew; in a direct product each invocation does.
      loads * (launched.columns / 4 / (tile.kind === 'direct' ? tile.columns : wide)),
  };
}

/** Invocations beyond the last query compute it again. */
function attentionFlops({ reads, write }: OperationOf<'attention'>): Flops {
  const [q, k, v] = [at(reads, 0), at(reads, 1), at(reads, 2)];
  const [queries, keys] = [at(q.shape, -2), at(k.shape, -2)];
  // Products and their sum; maximum, two exponentials of differences, total; the weighted sum.
  const each = 2 * padded(at(q.shape, -1)) + 3 + 7 + 3 * padded(at(v.shape, -1));
  const outer = elementCount(write.shape.slice(0, -2));
  const of = (count: number): number => outer * count * keys * each;
  return { needed: of(queries), done: of(Math.ceil(queries / ATTENTION_THREADS) * ATTENTION_THREADS) };
}
/** As attention.ts has it. */
const ATTENTION_THREADS = 32;

/** Of one tile in both directions. */
export function transformFlops(side: TileSide, which: 'input' | 'output'): number {
  let flops = 0;
  const arithmetic: Arithmetic<number> = {
    add: () => ++flops,
    subtract: () => ++flops,
    scale: () => ++flops,
    hold: (a) => a,
  };
  const reach = side + 2;
  const line = Array.from({ length: reach }, () => 0);
  const once = which === 'input' ? transformInput : transformOutput;
  once(side, line, arithmetic);
  return flops * (reach + (which === 'input' ? reach : side));
}
