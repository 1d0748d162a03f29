/** Softmax and root mean square over the last axis: each row is copied together, computed, and stored. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import type { View } from '../../graph/view';
import { elementCount } from '../../tensor';
import { f32x4, int, least, plus, repeat, run, splat, times, type V128 } from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { alongRow, decode, isVectorial, plainRow, read, type Row, rowOf, write } from './access';
import { kernel, type Kernel, Scratch, type Toolbox } from './kernel';
import { total } from './row-functions';

/** Numbers of a task, about. */
const TASK = 8192;

export function softmaxKernel(tools: Toolbox, { label, reads, write: result }: OperationOf<'softmax'>): Kernel {
  const length = at(result.shape, -1);
  return rowKernel(tools, `softmax ${label}`, at(reads, 0), result, (lines, row, store) => {
    lines.add(run(tools.softmaxRow, row.start, int(length), splat(1)));
    store((x) => x, []);
  });
}

export function rmsNormKernel(
  tools: Toolbox,
  { label, reads, write: result, epsilon }: OperationOf<'rmsNorm'>,
): Kernel {
  const length = at(result.shape, -1);
  const gain = at(reads, 1);
  return rowKernel(tools, `rmsNorm ${label}`, at(reads, 0), result, (lines, row, store) => {
    const squares = total(lines, int(length), true, (offset, lanes) => {
      const x = read(row, offset, lanes, tools.functions);
      return f32x4.multiply(x, x);
    });
    const mean = f32x4.multiply(squares, splat(1 / length));
    const size = lines.let(f32x4.root(f32x4.add(mean, splat(epsilon))));
    const gains = rowOf(lines, gain, tools.places.value(gain.value), []);
    store((x, factor) => f32x4.multiply(f32x4.divide(x, size), factor ?? splat(1)), [gains]);
  });
}

type Store = (value: (x: V128, other?: V128) => V128, others: readonly Row[]) => void;

function rowKernel(
  tools: Toolbox,
  label: string,
  source: View,
  result: View,
  compute: (lines: Lines, row: Row, store: Store) => void,
): Kernel {
  const { functions, places } = tools;
  const lead = result.shape.slice(0, -1);
  const length = at(result.shape, -1);
  const rows = elementCount(lead);
  const height = Math.max(1, Math.floor(TASK / length));
  const scratch = new Scratch(tools.scratch);
  const buffer = scratch.take(length);
  return kernel(tools, label, Math.ceil(rows / height), scratch.bytes, (lines, task) => {
    const first = lines.let(times(task, int(height)));
    const end = lines.let(least(plus(first, int(height)), int(rows)));
    const row = lines.scope.i32();
    const body = new Lines(lines.scope);
    const coordinates = decode(body, row, lead);
    const from = rowOf(body, source, places.value(source.value), coordinates);
    const to = rowOf(body, result, places.value(result.value), coordinates);
    const own = plainRow(body.let(buffer));
    const range = { from: int(0), to: int(length) };
    body.add(
      alongRow(body, { ...range, vectorial: isVectorial(from) }, (offset, lanes) =>
        write(own, offset, read(from, offset, lanes, functions), lanes),
      ),
    );
    compute(body, own, (value, others) => {
      const vectorial = [to, ...others].every(isVectorial) && to.stride === 1;
      body.add(
        alongRow(body, { ...range, vectorial }, (offset, lanes) => {
          const [x, other] = [own, ...others].map((each) => read(each, offset, lanes, functions)) as [V128, V128?];
          return write(to, offset, value(x, other), lanes);
        }),
      );
    });
    lines.add(repeat(row, first, end, 1, body.code));
  });
}
