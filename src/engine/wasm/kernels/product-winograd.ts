/**
 * 3x3 convolutions by Winograd's minimal filtering. A task is a band of tiles and a group of columns: it copies the pixels around
 * its tiles, transforms them, multiplies (one matrix product for each of the transform's coefficients), transforms back and
 * finishes the pixels, all within the second cache.
 */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import {
  clear,
  type Code,
  divide,
  f32x4,
  type I32,
  int,
  isBelow,
  least,
  load,
  type Local,
  minus,
  plus,
  remainder,
  repeat,
  run,
  set,
  splat,
  store,
  times,
  type V128,
  when,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { type Arithmetic, type TileSide, transformInput, transformOutput } from '../../graph/winograd';
import { PANEL, ROWS } from './gemm';
import { kernel, type Kernel, Scratch, type Toolbox } from './kernel';
import { copyPixel, finishPixel, panelsOf, type Product } from './product';

const TASKS = 8;
/** Tiles that are multiplied at once, about. */
const TILES = 2 * ROWS;
/** Numbers of transformed input that a task keeps in the second cache. */
const MOST_NUMBERS = 96 * 1024;

interface Layout {
  readonly side: TileSide;
  /** Channels, filled up. */
  readonly inner: number;
  /** Tiles in a row of tiles, rows of tiles in an image, and in all. */
  readonly across: number;
  readonly down: number;
  readonly rows: number;
  /** Rows of tiles in a band. */
  readonly height: number;
  readonly bands: number;
  /** Panels of a group. */
  readonly panels: number;
  readonly groups: number;
}

export function winogradProduct(tools: Toolbox, product: Product, side: TileSide): Kernel {
  const layout = layoutOf(product, side);
  const { inner, across, rows, height, panels, groups } = layout;
  const reach = side + 2;
  const most = height * across;
  const columns = panels * PANEL;
  const scratch = new Scratch(tools.scratch);
  const patch = scratch.take(reach * (side * across + 2) * inner);
  const transformed = scratch.take(reach ** 2 * most * inner);
  const multiplied = scratch.take(reach ** 2 * most * columns);
  const sums = scratch.take(side ** 2 * across * columns);
  const matrix = tools.places.matrix(product.recipe, side === 4 ? 'winograd4' : 'winograd2');
  const into = defineInput(tools, layout);
  const back = defineOutput(tools, layout);
  return kernel(tools, `winograd ${side} ${product.label}`, layout.bands * groups, scratch.bytes, (lines, task) => {
    const index = lines.let(remainder(task, int(groups)));
    const first = lines.let(times(divide(task, int(groups)), int(height)));
    const count = lines.let(least(int(height), minus(int(rows), first)));
    const [row, tile, coefficient] = [lines.scope.i32(), lines.scope.i32(), lines.scope.i32()];
    const tileOf = plus(times(row, int(across)), tile);

    const before = new Lines(lines.scope);
    copyPatch(before, tools, product, layout, { row: plus(first, row), patch });
    const from = plus(patch, times(tile, int(4 * side * inner)));
    before.add(repeat(tile, int(0), int(across), 1, run(into, from, plus(transformed, times(tileOf, int(4 * inner))))));
    lines.add(repeat(row, int(0), count, 1, before.code));

    const panelBytes = 4 * PANEL * inner;
    const width = lines.let(least(int(panels), minus(int(panelsOf(product)), times(index, int(panels)))));
    const weights = lines.let(plus(times(index, int(panels * panelBytes)), int(matrix)));
    const multiply = run(
      tools.gemm,
      plus(transformed, times(coefficient, int(4 * most * inner))),
      int(4 * inner),
      times(count, int(across)),
      plus(weights, times(coefficient, int(panelsOf(product) * panelBytes))),
      int(inner),
      plus(multiplied, times(coefficient, int(4 * most * columns))),
      int(4 * columns),
      width,
    );
    lines.add(repeat(coefficient, int(0), int(reach ** 2), 1, multiply));

    const after = new Lines(lines.scope);
    const to = plus(sums, times(tile, int(4 * side * columns)));
    after.add(repeat(tile, int(0), int(across), 1, run(back, plus(multiplied, times(tileOf, int(4 * columns))), to)));
    finishRow(after, tools, product, layout, { row: plus(first, row), sums, index });
    lines.add(repeat(row, int(0), count, 1, after.code));
  });
}

function layoutOf(product: Product, side: TileSide): Layout {
  const [n, height, width] = product.write.shape as [number, number, number, number];
  const inner = product.recipe.sources.reduce((sum, channels) => sum + padded(channels), 0);
  const [down, across] = [Math.ceil(height / side), Math.ceil(width / side)];
  const rows = n * down;
  const fitting = Math.floor(MOST_NUMBERS / ((side + 2) ** 2 * inner * across));
  const wanted = Math.max(1, Math.min(rows, fitting, Math.ceil(TILES / across)));
  const bands = Math.ceil(rows / wanted);
  const all = panelsOf(product);
  const panels = Math.ceil(all / Math.max(1, Math.min(Math.floor(all / 4), Math.ceil(TASKS / bands))));
  return {
    side,
    inner,
    across,
    down,
    rows,
    height: Math.ceil(rows / bands),
    bands,
    panels,
    groups: Math.ceil(all / panels),
  };
}

function arithmetic(lines: Lines): Arithmetic<V128> {
  const scale = (a: V128, by: number) => f32x4.multiply(a, splat(by));
  return { add: f32x4.add, subtract: f32x4.subtract, scale, hold: (a) => lines.let(a) };
}

/** Runs a transform along both axes of a square of vectors. */
function square(
  vectors: readonly (readonly V128[])[],
  transform: (line: readonly V128[]) => V128[],
  hold: (x: V128) => V128,
): V128[][] {
  const turned = vectors.map((line) => transform(line).map(hold));
  const side = at(turned, 0).length;
  return Array.from({ length: side }, (_, i) => transform(turned.map((line) => at(line, i))));
}

/** (patch at a tile, its place among the transformed): all channels of one tile. */
function defineInput({ module }: Toolbox, { side, inner, across, height }: Layout) {
  const reach = side + 2;
  const line = 4 * inner * (side * across + 2);
  const plane = 4 * inner * height * across;
  return module.define(['i32', 'i32'], (scope) => {
    const [from, to] = scope.parameters;
    const lines = new Lines(scope);
    const numbers = arithmetic(lines);
    const columns = Array.from({ length: reach }, (_, x) =>
      Array.from({ length: reach }, (_, y) => lines.let(load(from, y * line + 4 * x * inner))),
    );
    const result = square(columns, (each) => transformInput(side, each, numbers), numbers.hold);
    for (const [y, row] of result.entries())
      for (const [x, each] of row.entries()) lines.add(store(to, each, (y * reach + x) * plane));
    return alongChannels(scope.i32(), [from, to], inner, lines.code);
  });
}

/** (one tile among the multiplied, its place among the sums): all columns of a group. */
function defineOutput({ module }: Toolbox, { side, across, height, panels }: Layout) {
  const reach = side + 2;
  const columns = panels * PANEL;
  const plane = 4 * columns * height * across;
  return module.define(['i32', 'i32'], (scope) => {
    const [from, to] = scope.parameters;
    const lines = new Lines(scope);
    const numbers = arithmetic(lines);
    const planes = Array.from({ length: reach }, (_, x) =>
      Array.from({ length: reach }, (_, y) => lines.let(load(from, (y * reach + x) * plane))),
    );
    const result = square(planes, (each) => transformOutput(side, each, numbers), numbers.hold);
    for (const [y, row] of result.entries())
      for (const [x, each] of row.entries()) lines.add(store(to, each, 4 * columns * (y * side * across + x)));
    return alongChannels(scope.i32(), [from, to], columns, lines.code);
  });
}

/** Four channels after four, moving the pointers along. */
function alongChannels(counter: Local<'i32'>, pointers: readonly Local<'i32'>[], channels: number, body: Code): Code {
  const next = pointers.map((pointer) => set(pointer, plus(pointer, int(16))));
  return repeat(counter, int(0), int(channels), 4, [body, next]);
}

/** The pixels that a row of tiles reads, zeros outside the image. */
function copyPatch(
  lines: Lines,
  tools: Toolbox,
  { reads, sources, window }: Product,
  { side, inner, across, down }: Layout,
  { row, patch }: { readonly row: I32; readonly patch: I32 },
): void {
  const place = lines.let(row);
  const n = lines.let(divide(place, int(down)));
  const top = lines.let(plus(times(remainder(place, int(down)), int(side)), int(-window.top)));
  const [y, x] = [lines.scope.i32(), lines.scope.i32()];
  const width = side * across + 2;
  const { shape } = at(reads, 0);
  const line = new Lines(lines.scope);
  const imageY = line.let(plus(top, y));
  const here = line.let(plus(patch, times(y, int(4 * width * inner))));
  const pixel = new Lines(lines.scope);
  const imageX = pixel.let(plus(x, int(-window.left)));
  const to = pixel.let(plus(here, times(x, int(4 * inner))));
  const copy = new Lines(lines.scope);
  let offset = 0;
  for (const source of reads.slice(0, sources)) {
    copyPixel(copy, tools, source, [n, imageY, imageX], plus(to, int(offset)));
    offset += 4 * padded(at(source.shape, 3));
  }
  pixel.add(when(isBelow(imageX, int(at(shape, 2))), copy.code, clear(to, int(4 * inner))));
  const inside = repeat(x, int(0), int(width), 1, pixel.code);
  line.add(when(isBelow(imageY, int(at(shape, 1))), inside, clear(here, int(4 * width * inner))));
  lines.add(repeat(y, int(0), int(side + 2), 1, line.code));
}

function finishRow(
  lines: Lines,
  tools: Toolbox,
  product: Product,
  { side, across, down, panels }: Layout,
  { row, sums, index }: { readonly row: I32; readonly sums: I32; readonly index: I32 },
): void {
  const [, height, width] = product.write.shape as [number, number, number, number];
  const columns = panels * PANEL;
  const place = lines.let(row);
  const n = lines.let(divide(place, int(down)));
  const top = lines.let(times(remainder(place, int(down)), int(side)));
  const [y, x] = [lines.scope.i32(), lines.scope.i32()];
  const end = lines.let(least(int(side), minus(int(height), top)));
  const pixel = new Lines(lines.scope);
  const from = plus(sums, times(plus(times(y, int(side * across)), x), int(4 * columns)));
  finishPixel(pixel, tools, product, [n, plus(top, y), x], { sums: from, group: { index, panels } });
  lines.add(repeat(y, int(0), end, 1, repeat(x, int(0), int(width), 1, pixel.code)));
}
