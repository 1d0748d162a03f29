/** The transforms around Winograd's products, element by element. */

import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import type { View } from '../../graph/view';
import { type Arithmetic, transformInput, transformOutput } from '../../graph/winograd';

type Read = (view: View, at: readonly number[]) => number;

const plain: Arithmetic<number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  scale: (a, by) => a * by,
  hold: (a) => a,
};

/** The transform of a square along both axes: of `square[y][x]`, first its columns, then its rows. */
function both(square: readonly (readonly number[])[], transform: (line: readonly number[]) => number[]): number[][] {
  const columns = square[0]!.map((_, x) => transform(square.map((row) => row[x]!)));
  return columns[0]!.map((_, y) => transform(columns.map((column) => column[y]!)));
}

const square = (side: number, value: (y: number, x: number) => number) =>
  Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => value(y, x)));

export function transformedInput({ side, window, reads }: OperationOf<'winogradInput'>, read: Read) {
  const [source] = reads as [View];
  const [, height, width, channels] = source.shape as [number, number, number, number];
  const inner = padded(channels);
  return (at: readonly number[]): number => {
    const [n, down, across, place] = at as [number, number, number, number];
    const [point, channel] = [Math.floor(place / inner), place % inner];
    if (channel >= channels) return 0;
    const cells = square(side + 2, (i, j) => {
      const [y, x] = [down * side + i - window.top, across * side + j - window.left];
      return y >= 0 && y < height && x >= 0 && x < width ? read(source, [n, y, x, channel]) : 0;
    });
    return both(cells, (line) => transformInput(side, line, plain)).flat()[point]!;
  };
}

/** Sums of the window, without bias. */
export function transformedOutput({ side, reads }: OperationOf<'winogradOutput'>, read: Read) {
  const [sums] = reads as [View];
  return (at: readonly number[]): number => {
    const [n, y, x, column] = at as [number, number, number, number];
    const reach = side + 2;
    const tile = [n, Math.floor(y / side), Math.floor(x / side), column];
    const products = square(reach, (i, j) => read(sums, [i * reach + j, ...tile]));
    return both(products, (line) => transformOutput(side, line, plain))[y % side]![x % side]!;
  };
}
