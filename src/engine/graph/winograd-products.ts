/**
 * A 3x3 convolution as three kernels, by Winograd's minimal filtering: tiles of the input are transformed, each coefficient of the
 * transform is a matrix product over channels, and the products are transformed back. The middle one is a split product
 * (`split.ts`) whose shares are the coefficients: every share has its own channels, and its sums are kept apart.
 */

import { RESULT } from './expression';
import { at } from './list';
import { padded } from './pack';
import type { Operation, OperationOf, Program, Value, WeightRecipe } from './program';
import type { TileSide } from './winograd';
import { wholeView } from './view';

type Product = OperationOf<'product'>;

/** The tile for a product, or undefined where windows are better written out. */
export function winogradSide({ window, recipe, write }: Product): TileSide | undefined {
  const { height, width, stride, dilation } = window;
  const [, rows, columns] = write.shape as [number, number, number, number];
  const channels = recipe.sources.reduce((sum, each) => sum + each, 0);
  if (height !== 3 || width !== 3 || stride !== 1 || dilation !== 1) return undefined;
  if (channels < 8 || recipe.columns < 8 || Math.min(rows, columns) < 4) return undefined;
  // Few tiles do not pay for four times the weights.
  return rows * columns >= 256 ? 4 : 2;
}

/** Tiles along each axis of the result. */
export function tilesOf({ write }: Product, side: TileSide): [number, number] {
  return [Math.ceil(at(write.shape, 1) / side), Math.ceil(at(write.shape, 2) / side)];
}

/** @param sideFor the tile that shall compute a product; undefined leaves it as it is */
export function winogradProducts(program: Program, sideFor: (product: Product) => TileSide | undefined): Program {
  const values: Value[] = [...program.values];
  const make = (shape: readonly number[]) => wholeView(values.push({ shape, origin: { kind: 'computed' } }) - 1, shape);
  const operations = program.operations.flatMap((operation): Operation[] => {
    const side = operation.kind === 'product' ? sideFor(operation) : undefined;
    if (operation.kind !== 'product' || side === undefined) return [operation];
    const { reads, sources, recipe, epilogue, label, write, window } = operation;
    const points = (side + 2) ** 2;
    const grid = [at(write.shape, 0), ...tilesOf(operation, side)];
    const inputs = recipe.sources.map((channels, i): OperationOf<'winogradInput'> => ({
      kind: 'winogradInput',
      label,
      side,
      window,
      reads: reads.slice(i, i + 1),
      write: make([...grid, points * padded(channels)]),
    }));
    const ready: WeightRecipe = {
      ...recipe,
      sources: inputs.map((input) => at(input.write.shape, 3)),
      cells: 1,
      winograd: { side, sources: recipe.sources },
    };
    const sums = make([points, ...grid, padded(recipe.columns)]);
    return [
      ...inputs,
      {
        kind: 'product',
        label,
        sources,
        window: { height: 1, width: 1, stride: 1, dilation: 1, top: 0, left: 0 },
        recipe: ready,
        epilogue: RESULT,
        parts: points,
        of: operation,
        reads: inputs.map((input) => input.write),
        write: sums,
      },
      { kind: 'winogradOutput', label, side, recipe: ready, epilogue, reads: [sums, ...reads.slice(sources)], write },
    ];
  });
  return { ...program, values, operations };
}
