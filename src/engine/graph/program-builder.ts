/** Collects the values and kernels of a program. */

import type { Shape } from '../tensor';
import type { Expression } from './expression';
import type { Parts } from './lazy';
import { at } from './list';
import type { Operation, Program, Value } from './program';
import { isContiguous, reshapeView, sliceView, type View, wholeView } from './view';

export class ProgramBuilder {
  readonly #values: Value[] = [];
  readonly #operations: Operation[] = [];

  input(name: string, shape: Shape): View {
    return wholeView(this.#add({ shape, origin: { kind: 'input', name } }), shape);
  }

  weight(name: string, shape: Shape): View {
    return wholeView(this.#add({ shape, origin: { kind: 'weight', name } }), shape);
  }

  /** @returns the index of a new value that an operation will write */
  value(shape: Shape): number {
    return this.#add({ shape, origin: { kind: 'computed' } });
  }

  push(operation: Operation): void {
    this.#operations.push(operation);
  }

  /** An operation that writes the whole of a new value, row by row. */
  emit(shape: Shape, operation: (write: View) => Operation): View {
    const write = wholeView(this.value(shape), shape);
    this.push(operation(write));
    return write;
  }

  map(label: string, expression: Expression, reads: readonly View[], shape: Shape): View {
    return this.emit(shape, (write) => ({ kind: 'map', label, expression, reads, write }));
  }

  /** Contiguous and without `via`: itself where it is so, a copy otherwise. */
  stored(view: View, label: string): View {
    return isContiguous(view) && view.via.length === 0 ? view : this.copy(view, label);
  }

  /** As stored, and in the arena: a constant is copied there. */
  output(view: View, label: string): View {
    return at(this.#values, view.value).origin.kind === 'weight' ? this.copy(view, label) : this.stored(view, label);
  }

  copy(view: View, label: string): View {
    return this.map(label, { kind: 'operand', index: 0 }, [view], view.shape);
  }

  /** Another shape of the same elements; copied first only where no strides can express it. */
  reshaped(view: View, shape: Shape, label: string): View {
    return reshapeView(view, shape) ?? (reshapeView(this.copy(view, label), shape) as View); // contiguous: always possible
  }

  /** Parts, each copied to its place in one value. */
  together({ parts, shape, axis }: Parts, label: string): View {
    const whole = wholeView(this.value(shape), shape);
    let begin = 0;
    for (const part of parts) {
      const size = at(part.shape, axis);
      const write = sliceView(whole, axis, begin, size) as View; // nothing is repeated in a stored value
      this.push({ kind: 'map', label, expression: { kind: 'operand', index: 0 }, reads: [part], write });
      begin += size;
    }
    return whole;
  }

  build(name: string, outputs: Program['outputs']): Program {
    return { name, values: this.#values, operations: needed(this.#operations, outputs), outputs };
  }

  #add(value: Value): number {
    return this.#values.push(value) - 1;
  }
}

/** Without what nothing reads: of a concatenation, a slice may take one part and leave the other. */
function needed(operations: readonly Operation[], outputs: Program['outputs']): readonly Operation[] {
  const wanted = new Set(outputs.map(({ view }) => view.value));
  const kept = operations.toReversed().filter(({ reads, write }) => {
    if (!wanted.has(write.value)) return false;
    for (const { value } of reads) wanted.add(value);
    return true;
  });
  return kept.reverse();
}
