/** Elementwise arithmetic and copies. */

import { collapse } from '../../graph/collapse';
import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import type { View } from '../../graph/view';
import { elementCount, type Shape } from '../../tensor';
import {
  divide,
  type I32,
  int,
  least,
  type Local,
  plus,
  remainder,
  repeat,
  splat,
  times,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { alongRow, decode, isVectorial, read, rowOf, write } from './access';
import { kernel, type Kernel, type Toolbox } from './kernel';

/** Elements of a task, about: enough for the way to another thread to be worth it. */
const TASK = 8192;

export function mapKernel(tools: Toolbox, operation: OperationOf<'map'>): Kernel {
  const views = collapse([operation.write, ...operation.reads]);
  const { shape } = at(views, 0);
  const lead = shape.slice(0, -1);
  const [rows, length] = [elementCount(lead), shape.at(-1) ?? 1];
  // Either several rows a task, or parts of a row.
  const part = Math.min(length, TASK);
  const parts = Math.ceil(length / part);
  const rowsOfTask = Math.max(1, Math.floor(TASK / length));
  const tasks = parts * Math.ceil(rows / rowsOfTask);
  return kernel(tools, `map ${operation.label}`, tasks, 0, (lines, task) => {
    const begin = lines.let(parts === 1 ? times(task, int(rowsOfTask)) : divide(task, int(parts)));
    const end = lines.let(least(plus(begin, int(rowsOfTask)), int(rows)));
    const from = parts === 1 ? int(0) : lines.let(times(remainder(task, int(parts)), int(part)));
    const to = parts === 1 ? int(length) : lines.let(least(plus(from, int(part)), int(length)));
    const row = lines.scope.i32();
    const inner = new Lines(lines.scope);
    oneRow(inner, tools, operation, { views, lead, row, from, to });
    lines.add(repeat(row, begin, end, 1, inner.code));
  });
}

function oneRow(
  lines: Lines,
  { functions, places }: Toolbox,
  { expression }: OperationOf<'map'>,
  range: {
    readonly views: readonly View[];
    readonly lead: Shape;
    readonly row: Local<'i32'>;
    readonly from: I32;
    readonly to: I32;
  },
): void {
  const coordinates = decode(lines, range.row, range.lead);
  const rows = range.views.map((view) => rowOf(lines, view, places.value(view.value), coordinates));
  const [target, reads] = [at(rows, 0), rows.slice(1)];
  const vectorial = rows.every(isVectorial) && target.stride === 1;
  const code = alongRow(lines, { ...range, vectorial }, (offset, lanes) => {
    const operands = reads.map((each) => read(each, offset, lanes, functions));
    return write(target, offset, functions.expression(expression, splat(0), operands), lanes);
  });
  lines.add(code);
}
