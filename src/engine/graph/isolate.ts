/** One product of a program as a program of its own, to be timed: what it reads becomes input. */

import { at } from './list';
import type { OperationOf, Program, Value } from './program';
import { type View, wholeView } from './view';

export function isolateProduct({ name, values }: Program, product: OperationOf<'product'>): Program {
  const kept: number[] = [];
  const renumbered = (view: View): View => {
    const known = kept.indexOf(view.value);
    return { ...view, value: known >= 0 ? known : kept.push(view.value) - 1 };
  };
  const write = renumbered(product.write);
  const reads = product.reads.map(renumbered);
  const own = kept.map((value, i): Value => {
    const { shape, origin } = at(values, value);
    if (i === write.value || origin.kind === 'weight') return { shape, origin };
    return { shape, origin: { kind: 'input', name: `value ${i}` } };
  });
  return {
    name: `${name}: ${product.label}`,
    values: own,
    operations: [{ ...product, reads, write }],
    outputs: [{ name: 'result', view: wholeView(write.value, at(own, write.value).shape) }],
  };
}
