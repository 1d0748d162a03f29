/** What the two ways to compute a product have in common: reading pixels, and finishing the sums of a pixel. */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import type { View } from '../../graph/view';
import {
  type Code,
  f32x4,
  type I32,
  int,
  least,
  minus,
  plus,
  splat,
  store,
  times,
} from '../../../assembler/instructions';
import type { Lines } from '../../../assembler/lines';
import { alongRow, isVectorial, plainRow, read, rowOf, write } from './access';
import { PANEL } from './gemm';
import type { Toolbox } from './kernel';

export type Product = OperationOf<'product'>;

/** Panels of eight columns. */
export function panelsOf({ recipe }: Product): number {
  return Math.ceil(recipe.columns / PANEL);
}

/** Copies a pixel's channels to `to`, filled up with zeros to a multiple of four. */
export function copyPixel(
  lines: Lines,
  { functions, places }: Toolbox,
  source: View,
  pixel: readonly [I32, I32, I32],
  to: I32,
): void {
  const channels = at(source.shape, 3);
  const [from, target] = [rowOf(lines, source, places.value(source.value), pixel), plainRow(to)];
  if (channels % 4 > 0) lines.add(store(to, splat(0), 4 * (padded(channels) - 4)));
  const range = { from: int(0), to: int(channels), vectorial: isVectorial(from) };
  lines.add(
    alongRow(lines, range, (offset, lanes) => write(target, offset, read(from, offset, lanes, functions), lanes)),
  );
}

/** A group of panels that one task computes. */
export interface Group {
  /** Its number. */
  readonly index: I32;
  readonly panels: number;
}

/** Adds the bias to the sums of one pixel, does what is merged with the product, and stores the result. */
export function finishPixel(
  lines: Lines,
  { functions, places }: Toolbox,
  { reads, sources, write: result, recipe, epilogue }: Product,
  pixel: readonly [I32, I32, I32],
  { sums, group }: { readonly sums: I32; readonly group: Group },
): void {
  const row = (view: View) => rowOf(lines, view, places.value(view.value), pixel);
  const width = group.panels * PANEL;
  const from = lines.let(times(group.index, int(width)));
  const to = lines.let(least(plus(from, int(width)), int(recipe.columns)));
  const computed = plainRow(lines.let(minus(sums, times(from, int(4)))));
  const bias = plainRow(int(places.bias(recipe)));
  const operands = reads.slice(sources).map(row);
  const target = row(result);
  const vectorial = [target, ...operands].every(isVectorial) && target.stride === 1;
  lines.add(
    alongRow(lines, { from, to, vectorial }, (offset, lanes): Code => {
      const sum = f32x4.add(read(computed, offset, lanes, functions), read(bias, offset, lanes, functions));
      const values = operands.map((each) => read(each, offset, lanes, functions));
      return write(target, offset, functions.expression(epilogue, sum, values), lanes);
    }),
  );
}
