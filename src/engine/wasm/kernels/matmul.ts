/** Products of two computed matrices through any views, and attention, which is two of them with a softmax between. */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import { swapLast, transposeView, type View } from '../../graph/view';
import { elementCount } from '../../tensor';
import {
  clear,
  divide,
  type I32,
  int,
  least,
  minus,
  plus,
  remainder,
  repeat,
  run,
  splat,
  store,
  storeFirst,
  times,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { alongRow, decode, isVectorial, plainRow, read, rowOf, write } from './access';
import { PANEL, ROWS } from './gemm';
import { kernel, type Kernel, Scratch, type Toolbox } from './kernel';

/** Rows of the result that a task computes. */
const HEIGHT = 8 * ROWS;

export function matmulKernel(tools: Toolbox, { label, reads, write: result }: OperationOf<'matmul'>): Kernel {
  const [a, b] = [at(reads, 0), at(reads, 1)];
  const rows = rowsOf(result);
  const inner = padded(at(a.shape, -1));
  const panels = Math.ceil(at(result.shape, -1) / PANEL);
  const scratch = new Scratch(tools.scratch);
  const left = scratch.take(rows.height * inner);
  const right = scratch.take(panels * inner * PANEL);
  const sums = scratch.take(rows.height * panels * PANEL);
  return kernel(tools, `matmul ${label}`, rows.tasks, scratch.bytes, (lines, task) => {
    const { lead, first, count } = locate(lines, task, result, rows);
    copyRows(lines, tools, a, { lead, first, count, to: left, width: inner });
    copyPanels(lines, tools, b, { lead, to: right, inner });
    lines.add(multiply(tools, { left, leftWidth: inner, right, inner, to: sums, panels, count }));
    copyBack(lines, tools, result, { lead, first, count, from: sums, width: panels * PANEL });
  });
}

export function attentionKernel(tools: Toolbox, operation: OperationOf<'attention'>): Kernel {
  const { label, reads, write: result, scale } = operation;
  const [q, k, v] = [at(reads, 0), at(reads, 1), at(reads, 2)];
  const rows = rowsOf(result);
  const [keys, head] = [at(k.shape, -2), padded(at(q.shape, -1))];
  const [keyPanels, panels] = [Math.ceil(keys / PANEL), Math.ceil(at(v.shape, -1) / PANEL)];
  const inner = padded(keys);
  const scratch = new Scratch(tools.scratch);
  const queries = scratch.take(rows.height * head);
  const keysAt = scratch.take(keyPanels * head * PANEL);
  const scores = scratch.take(rows.height * keyPanels * PANEL);
  const values = scratch.take(panels * inner * PANEL);
  const sums = scratch.take(rows.height * panels * PANEL);
  return kernel(tools, `attention ${label}`, rows.tasks, scratch.bytes, (lines, task) => {
    const { lead, first, count } = locate(lines, task, result, rows);
    copyRows(lines, tools, q, { lead, first, count, to: queries, width: head });
    copyPanels(lines, tools, swapLast(k), { lead, to: keysAt, inner: head });
    copyPanels(lines, tools, v, { lead, to: values, inner });
    const scoreWidth = keyPanels * PANEL;
    lines.add(
      multiply(tools, {
        left: queries,
        leftWidth: head,
        right: keysAt,
        inner: head,
        to: scores,
        panels: keyPanels,
        count,
      }),
    );
    const row = lines.scope.i32();
    const here = plus(scores, times(row, int(4 * scoreWidth)));
    const softmax = run(tools.softmaxRow, here, int(keys), splat(scale));
    // What fills the last four of a row up must not count, whatever it met in the other factor.
    const rest = Array.from({ length: inner - keys }, (_, i) => storeFirst(here, splat(0), 4 * (keys + i)));
    lines.add(repeat(row, int(0), count, 1, [softmax, rest]));
    lines.add(multiply(tools, { left: scores, leftWidth: scoreWidth, right: values, inner, to: sums, panels, count }));
    copyBack(lines, tools, result, { lead, first, count, from: sums, width: panels * PANEL });
  });
}

interface Rows {
  readonly total: number;
  /** Of a task. */
  readonly height: number;
  readonly blocks: number;
  readonly tasks: number;
}

function rowsOf({ shape }: View): Rows {
  const total = at(shape, -2);
  const blocks = Math.ceil(total / HEIGHT);
  return { total, height: Math.ceil(total / blocks), blocks, tasks: blocks * elementCount(shape.slice(0, -2)) };
}

function locate(lines: Lines, task: I32, { shape }: View, { total, height, blocks }: Rows) {
  const lead = decode(lines, lines.let(divide(task, int(blocks))), shape.slice(0, -2));
  const first = lines.let(times(remainder(task, int(blocks)), int(height)));
  return { lead, first, count: lines.let(least(int(height), minus(int(total), first))) };
}

interface Multiplied {
  readonly left: I32;
  readonly leftWidth: number;
  readonly right: I32;
  readonly inner: number;
  readonly to: I32;
  readonly panels: number;
  readonly count: I32;
}

function multiply({ gemm }: Toolbox, { left, leftWidth, right, inner, to, panels, count }: Multiplied) {
  return run(gemm, left, int(4 * leftWidth), count, right, int(inner), to, int(4 * panels * PANEL), int(panels));
}

interface RowRange {
  readonly lead: readonly I32[];
  readonly first: I32;
  readonly count: I32;
}

/** Rows one after another, filled up with zeros to a multiple of four. */
function copyRows(
  lines: Lines,
  { functions, places }: Toolbox,
  view: View,
  { lead, first, count, to, width }: RowRange & { readonly to: I32; readonly width: number },
): void {
  const length = at(view.shape, -1);
  const row = lines.scope.i32();
  const inner = new Lines(lines.scope);
  const from = rowOf(inner, view, places.value(view.value), [...lead, plus(first, row)]);
  const start = inner.let(plus(to, times(row, int(4 * width))));
  if (width > length) inner.add(store(start, splat(0), 4 * (width - 4)));
  const range = { from: int(0), to: int(length), vectorial: isVectorial(from) };
  const copy = alongRow(inner, range, (offset, lanes) =>
    write(plainRow(start), offset, read(from, offset, lanes, functions), lanes),
  );
  lines.add(repeat(row, int(0), count, 1, [inner.code, copy]));
}

/** A right factor [K, N] panel by panel, zeros where filled up; walked along the axis whose elements lie together. */
function copyPanels(
  lines: Lines,
  { functions, places }: Toolbox,
  view: View,
  { lead, to, inner }: { readonly lead: readonly I32[]; readonly to: I32; readonly inner: number },
): void {
  const [depth, width] = [at(view.shape, -2), at(view.shape, -1)];
  const panels = Math.ceil(width / PANEL);
  if (inner > depth || width % PANEL > 0) lines.add(clear(to, int(4 * panels * inner * PANEL)));
  const rank = view.shape.length;
  const turned = at(view.strides, -2) === 1 && at(view.strides, -1) !== 1;
  const axes = view.shape.map((_, axis) => axis);
  const walked = turned ? transposeView(view, [...axes.slice(0, -2), rank - 1, rank - 2]) : view;
  const row = lines.scope.i32();
  const body = new Lines(lines.scope);
  const from = rowOf(body, walked, places.value(view.value), [...lead, row]);
  /** Address of the element at a depth and four times a column. */
  const place = (k: I32, column: I32) =>
    plus(
      to,
      times(divide(column, int(4 * PANEL)), int(4 * PANEL * inner)),
      times(k, int(4 * PANEL)),
      remainder(column, int(4 * PANEL)),
    );
  const range = { from: int(0), to: int(turned ? depth : width), vectorial: !turned && isVectorial(from) };
  const copy = alongRow(body, range, (offset, lanes) => {
    const x = read(from, offset, lanes, functions);
    if (turned) return storeFirst(place(divide(offset, int(4)), times(row, int(4))), x);
    return lanes === 4 ? store(place(row, offset), x) : storeFirst(place(row, offset), x);
  });
  lines.add(repeat(row, int(0), int(turned ? width : depth), 1, [body.code, copy]));
}

function copyBack(
  lines: Lines,
  { functions, places }: Toolbox,
  view: View,
  { lead, first, count, from, width }: RowRange & { readonly from: I32; readonly width: number },
): void {
  const row = lines.scope.i32();
  const inner = new Lines(lines.scope);
  const to = rowOf(inner, view, places.value(view.value), [...lead, plus(first, row)]);
  const source = plainRow(inner.let(plus(from, times(row, int(4 * width)))));
  const range = { from: int(0), to: int(at(view.shape, -1)), vectorial: isVectorial(to) && to.stride === 1 };
  const copy = alongRow(inner, range, (offset, lanes) =>
    write(to, offset, read(source, offset, lanes, functions), lanes),
  );
  lines.add(repeat(row, int(0), count, 1, [inner.code, copy]));
}
