/** Bytes between a kernel and its buffers. */

import { at } from '../../graph/list';
import { packedRows, padded } from '../../graph/pack';
import type { Operation, OperationOf, WeightRecipe } from '../../graph/program';
import { rowsOf } from '../../graph/split';
import type { View } from '../../graph/view';
import { elementCount } from '../../tensor';
import type { ProductChoice } from '../kernels';
import { narrowed } from '../kernels/product-direct';
import type { Precision } from '../wgsl/shader';

const FLOAT = 4;

interface Traffic {
  /** Each byte that is needed once: what memory gives where caches hold the rest. */
  readonly read: number;
  readonly written: number;
  /** What all invocations of the kernel ask for: what caches give. */
  readonly asked: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Elements of a value that a view reaches: repeated ones count once. */
export function distinct({ shape, strides, divisors }: View): number {
  return shape.reduce(
    (total, size, axis) => total * (at(strides, axis) === 0 ? 1 : Math.ceil(size / at(divisors, axis))),
    1,
  );
}

/** @param choice of a product */
export function trafficOf(operation: Operation, choice?: ProductChoice): Traffic {
  const { reads, write } = operation;
  const written = FLOAT * distinct(write);
  const own = distinctBytes(reads);
  if (operation.kind === 'product') {
    const { precision } = choice as ProductChoice; // every product has one
    const weights = weightBytes(operation.recipe, precision) + biasBytes(operation);
    return { read: own + weights, written, asked: productAsks(operation, choice as ProductChoice) };
  }
  return { read: own + biasBytes(operation), written, asked: asksOf(operation) };
}

/** Views of the same value that reach the same elements count once. */
function distinctBytes(reads: readonly View[]): number {
  const views = new Map(reads.map((view) => [[view.value, view.offset, ...view.shape].join(' '), view]));
  return FLOAT * sum([...views.values()].map(distinct));
}

function weightBytes(recipe: WeightRecipe, precision: Precision): number {
  return packedRows(recipe) * padded(recipe.columns) * (precision === 'half' ? 2 : 4);
}

/** Sums that others will finish need none. */
function biasBytes(operation: Operation): number {
  if (!('recipe' in operation) || (operation.kind === 'product' && operation.parts > 1)) return 0;
  return FLOAT * padded(operation.recipe.columns);
}

function productAsks(product: OperationOf<'product'>, { tile: given, precision }: ProductChoice): number {
  const { recipe, parts, reads, sources } = product;
  const fours = padded(recipe.columns) / 4;
  const tile = given.kind === 'direct' ? narrowed(given, fours) : given;
  const [high, wide] = [tile.rows * tile.down, tile.columns * tile.across];
  const [down, across] = [Math.ceil(rowsOf(product) / high), Math.ceil(fours / wide)];
  // Direct: every invocation reads its own rows and columns; tiled: its workgroup does, once for all.
  const [rows, columns] = tile.kind === 'direct' ? [high * tile.across, wide * tile.down] : ([high, wide] as const);
  const channels = sum(recipe.sources.map(padded)) * recipe.cells;
  const factors = down * across * channels * (rows * FLOAT + columns * (precision === 'half' ? 8 : 16));
  const finished = parts > 1 ? 0 : rowsOf(product) * fours * 16 * (1 + reads.length - sources);
  return factors + finished;
}

function asksOf(operation: Exclude<Operation, { kind: 'product' }>): number {
  const { reads, write } = operation;
  const elements = reads.map(({ shape }) => elementCount(shape));
  switch (operation.kind) {
    case 'softmax':
      return FLOAT * 3 * at(elements, 0);
    case 'rmsNorm':
      return FLOAT * (2 * at(elements, 0) + elementCount(write.shape));
    case 'winogradInput':
      // Tiles overlap: as many as are written.
      return FLOAT * elementCount(write.shape);
    case 'matmul': {
      // An invocation makes four by four.
      const [rows, columns] = [at(write.shape, -2), at(write.shape, -1)];
      const invocations = elementCount(write.shape.slice(0, -2)) * Math.ceil(rows / 4) * Math.ceil(columns / 4);
      return FLOAT * 8 * invocations * at(at(reads, 0).shape, -1);
    }
    case 'attention': {
      // Every query reads all keys and values.
      const queries = at(at(reads, 0).shape, -2);
      return FLOAT * (at(elements, 0) + queries * (at(elements, 1) + at(elements, 2)));
    }
    default:
      return FLOAT * sum(elements) + ('recipe' in operation ? FLOAT * elementCount(write.shape) : 0);
  }
}
