/** Mean and sum, and pools: four results at a time where they lie together; each is summed in row-major order. */

import { at } from '../../graph/list';
import type { OperationOf } from '../../graph/program';
import { transposeView, type View } from '../../graph/view';
import { elementCount } from '../../tensor';
import {
  type Code,
  f32x4,
  type I32,
  int,
  least,
  type Local,
  plus,
  repeat,
  set,
  splat,
  times,
} from '../../../assembler/instructions';
import { Lines } from '../../../assembler/lines';
import { alongRow, decode, isVectorial, type Lanes, read, type Row, rowOf, write } from './access';
import { kernel, type Kernel, type Toolbox } from './kernel';

/** Numbers that a task reads, about. */
const TASK = 16384;

export function reduceKernel(tools: Toolbox, { label, reads, write: result, fn, kept }: OperationOf<'reduce'>): Kernel {
  const source = at(reads, 0);
  const inner = source.shape.slice(kept);
  // With a result of one number its only axis is one of one element.
  const target = kept > 0 ? result : { ...result, shape: [1], strides: [0], divisors: [1] };
  const turned = kept > 0 ? transposeView(source, [...axesBut(source, kept - 1), kept - 1]) : withLastAxis(source);
  const scale = fn === 'mean' ? 1 / elementCount(inner) : 1;
  return collected(tools, `reduce ${label}`, target, {
    numbers: elementCount(inner),
    start: 0,
    combine: f32x4.add,
    finish: (sum) => (scale === 1 ? sum : f32x4.multiply(sum, splat(scale))),
    rowAt: (lines, lead, steps) => rowOf(lines, turned, tools.places.value(source.value), [...lead, ...steps]),
    steps: inner,
  });
}

export function poolKernel(tools: Toolbox, { label, reads, write: result, fn, size }: OperationOf<'pool'>): Kernel {
  const source = at(reads, 0);
  return collected(tools, `${fn} pool ${label}`, result, {
    numbers: size ** 2,
    start: fn === 'max' ? Number.NEGATIVE_INFINITY : 0,
    combine: fn === 'max' ? f32x4.max : f32x4.add,
    finish: (value) => (fn === 'max' ? value : f32x4.multiply(value, splat(1 / size ** 2))),
    rowAt: (lines, [n, y, x], [i, j]) => {
      const within = (whole: I32 | undefined, part: I32 | undefined) =>
        lines.let(plus(times(whole ?? int(0), int(size)), part ?? int(0)));
      return rowOf(lines, source, tools.places.value(source.value), [n ?? int(0), within(y, i), within(x, j)]);
    },
    steps: [size, size],
  });
}

function axesBut({ shape }: View, axis: number): number[] {
  return shape.map((_, i) => i).filter((i) => i !== axis);
}

function withLastAxis(view: View): View {
  return { ...view, shape: [...view.shape, 1], strides: [...view.strides, 0], divisors: [...view.divisors, 1] };
}

interface Collection {
  /** How many numbers a result is made of. */
  readonly numbers: number;
  readonly start: number;
  readonly combine: (a: ReturnType<typeof splat>, b: ReturnType<typeof splat>) => ReturnType<typeof splat>;
  readonly finish: (x: ReturnType<typeof splat>) => ReturnType<typeof splat>;
  /** Where to read for the row of results at `lead`, at a place within `steps`. */
  readonly rowAt: (lines: Lines, lead: readonly I32[], steps: readonly I32[]) => Row;
  readonly steps: readonly number[];
}

function collected(tools: Toolbox, label: string, result: View, how: Collection): Kernel {
  const { functions, places } = tools;
  const lead = result.shape.slice(0, -1);
  const length = at(result.shape, -1);
  const rows = elementCount(lead);
  const height = Math.max(1, Math.floor(TASK / (length * how.numbers)));
  return kernel(tools, label, Math.ceil(rows / height), 0, (lines, task) => {
    const first = lines.let(times(task, int(height)));
    const end = lines.let(least(plus(first, int(height)), int(rows)));
    const row = lines.scope.i32();
    const body = new Lines(lines.scope);
    const coordinates = decode(body, row, lead);
    const target = rowOf(body, result, places.value(result.value), coordinates);
    const steps = how.steps.map(() => lines.scope.i32());
    const source = how.rowAt(new Lines(lines.scope), coordinates, steps);
    const vectorial = isVectorial(source) && isVectorial(target) && target.stride === 1;
    const value = lines.scope.v128();
    const one = (offset: Local<'i32'>, lanes: Lanes): Code => {
      const inner = new Lines(lines.scope);
      const from = how.rowAt(inner, coordinates, steps);
      inner.add(set(value, how.combine(value, read(from, offset, lanes, functions))));
      const loops = how.steps.reduceRight<Code>(
        (code, size, axis) => repeat(at(steps, axis), int(0), int(size), 1, code),
        inner.code,
      );
      return [set(value, splat(how.start)), loops, write(target, offset, how.finish(value), lanes)];
    };
    body.add(alongRow(body, { from: int(0), to: int(length), vectorial }, one));
    lines.add(repeat(row, first, end, 1, body.code));
  });
}
