/**
 * Any convolution or dense layer as a matrix product: the windows of some pixels are written out as rows (im2col), multiplied
 * while they are in the cache, and finished. Where the rows lie ready in memory, as for a dense layer, nothing is copied.
 */

import { at } from '../../graph/list';
import { packedRows, padded } from '../../graph/pack';
import type { View } from '../../graph/view';
import { elementCount } from '../../tensor';
import {
  type Code,
  clear,
  divide,
  type I32,
  int,
  isBelow,
  least,
  minus,
  plus,
  remainder,
  repeat,
  run,
  times,
  when,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { address, decode, evenStride } from './access';
import { PANEL, ROWS } from './gemm';
import { kernel, type Kernel, Scratch, type Toolbox } from './kernel';
import { copyPixel, finishPixel, panelsOf, type Product } from './product';

/** Numbers of written-out rows that a task keeps in the second cache. */
const MOST_NUMBERS = 48 * 1024;
const MOST_ROWS = 8 * ROWS;

/** Multiply-adds of a task below which another thread is not worth the way. */
const LEAST_COST = 2e5;
const TASKS = 8;

interface Tiling {
  readonly rows: number;
  /** Rows of a task. */
  readonly height: number;
  readonly blocks: number;
  /** Panels of a task, and groups of so many. */
  readonly panels: number;
  readonly groups: number;
}

export function gemmProduct(tools: Toolbox, product: Product): Kernel {
  const inner = packedRows(product.recipe);
  const tiling = tilingOf(product, inner);
  const { rows, height, panels, groups } = tiling;
  const scratch = new Scratch(tools.scratch);
  const direct = rowsInPlace(product);
  const lines0 = direct ? undefined : scratch.take(height * inner);
  const sums = scratch.take(height * panels * PANEL);
  const [sumBytes, panelBytes] = [4 * panels * PANEL, 4 * PANEL * inner];
  const matrix = tools.places.matrix(product.recipe, 'panels');
  return kernel(tools, `product ${product.label}`, tiling.blocks * groups, scratch.bytes, (lines, task) => {
    const index = lines.let(remainder(task, int(groups)));
    const first = lines.let(times(divide(task, int(groups)), int(height)));
    const count = lines.let(least(int(height), minus(int(rows), first)));
    const row = lines.scope.i32();
    let left: I32;
    if (lines0) {
      left = lines0;
      const gather = new Lines(lines.scope);
      writeOut(gather, tools, product, plus(first, row), plus(lines0, times(row, int(4 * inner))));
      lines.add(repeat(row, int(0), count, 1, gather.code));
    } else left = lines.let(plus(times(first, int(4 * (direct ?? 0))), startOf(tools, product)));
    const right = plus(times(index, int(panels * panelBytes)), int(matrix));
    const width = least(int(panels), minus(int(panelsOf(product)), times(index, int(panels))));
    lines.add(run(tools.gemm, left, int(4 * (direct ?? inner)), count, right, int(inner), sums, int(sumBytes), width));
    const finish = new Lines(lines.scope);
    const [n, y, x] = decode(finish, finish.let(plus(first, row)), product.write.shape.slice(0, 3));
    const pixel = [n, y, x] as [I32, I32, I32]; // three axes
    finishPixel(finish, tools, product, pixel, {
      sums: plus(sums, times(row, int(sumBytes))),
      group: { index, panels },
    });
    lines.add(repeat(row, int(0), count, 1, finish.code));
  });
}

function tilingOf(product: Product, inner: number): Tiling {
  const rows = elementCount(product.write.shape.slice(0, 3));
  const most = Math.max(ROWS, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / inner / ROWS) * ROWS));
  const even = Math.ceil(rows / Math.ceil(rows / most));
  const height = Math.min(rows, Math.ceil(even / ROWS) * ROWS);
  const blocks = Math.ceil(rows / height);
  const all = panelsOf(product);
  const cost = rows * inner * all * PANEL;
  const wanted = Math.min(TASKS, Math.floor(cost / LEAST_COST));
  const panels = Math.ceil(all / Math.max(1, Math.min(all, Math.ceil(wanted / blocks))));
  return { rows, height, blocks, panels, groups: Math.ceil(all / panels) };
}

/** Numbers from one row to the next, where rows can be multiplied as they lie; undefined where they cannot. */
function rowsInPlace(product: Product): number | undefined {
  const { reads, sources, recipe } = product;
  const source = at(reads, 0);
  const { shape, strides, divisors, via } = source;
  const plain = sources === 1 && recipe.cells === 1 && via.length === 0 && divisors.every((each) => each === 1);
  if (!plain || !isSamePlace(product, source) || at(strides, 3) !== 1 || at(shape, 3) % 4 > 0) return undefined;
  return evenStride(source);
}

/** True where each pixel of the result comes from the pixel at its own place. */
function isSamePlace({ recipe, window, write }: Product, { shape }: View): boolean {
  const same = shape[1] === write.shape[1] && shape[2] === write.shape[2];
  return same && recipe.cells === 1 && window.stride === 1 && window.top === 0 && window.left === 0;
}

function startOf({ places }: Toolbox, { reads }: Product): I32 {
  const source = at(reads, 0);
  return address(source, places.value(source.value), []);
}

/** The window of one pixel, in the order of the packed weights. */
function writeOut(lines: Lines, tools: Toolbox, product: Product, row: I32, to: I32): void {
  const { window, reads, sources, write } = product;
  const [n, y, x] = decode(lines, lines.let(row), write.shape.slice(0, 3)) as [I32, I32, I32]; // three axes
  const target = lines.let(to);
  const [ky, kx] = [lines.scope.i32(), lines.scope.i32()];
  const { stride, dilation } = window;
  let offset = 0;
  for (const source of reads.slice(0, sources)) {
    const bytes = 4 * padded(at(source.shape, 3));
    const cell = new Lines(lines.scope);
    const top = cell.let(plus(times(y, int(stride)), times(ky, int(dilation)), int(-window.top)));
    const left = cell.let(plus(times(x, int(stride)), times(kx, int(dilation)), int(-window.left)));
    const place = plus(times(plus(times(ky, int(window.width)), kx), int(bytes)), int(offset));
    const here = cell.let(plus(target, place));
    const copy = new Lines(lines.scope);
    copyPixel(copy, tools, source, [n, top, left], here);
    // A coordinate before the first is a very large one here.
    const inside = (then: Code): Code => {
      const outside = clear(here, int(bytes));
      return when(
        isBelow(top, int(at(source.shape, 1))),
        when(isBelow(left, int(at(source.shape, 2))), then, outside),
        outside,
      );
    };
    cell.add(isSamePlace(product, source) ? copy.code : inside(copy.code));
    const across = repeat(kx, int(0), int(window.width), 1, cell.code);
    lines.add(repeat(ky, int(0), int(window.height), 1, across));
    offset += bytes * window.height * window.width;
  }
}
