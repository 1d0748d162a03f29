/**
 * Splits products whose result is too small to occupy a GPU: several workgroups sum different channels of the same result, and
 * a second kernel adds their sums in a fixed order. No atomics, so the same input gives the same bits.
 */

import { elementCount } from '../tensor';
import { RESULT } from './expression';
import { padded } from './pack';
import type { Operation, OperationOf, Program, Value } from './program';
import { wholeView } from './view';

/** The channels [from, to) that one of `parts` kernels sums, multiples of four; the last may be short or empty. */
export function shareOf(channels: number, parts: number, part: number): [number, number] {
  const whole = padded(channels);
  const share = 4 * Math.ceil(whole / 4 / parts);
  return [Math.min(part * share, whole), Math.min((part + 1) * share, whole)];
}

/** @param partsFor how many kernels shall share a product; 1 leaves it as it is */
export function splitProducts(program: Program, partsFor: (product: OperationOf<'product'>) => number): Program {
  const values: Value[] = [...program.values];
  const operations = program.operations.flatMap((operation): Operation[] => {
    const parts = operation.kind === 'product' && operation.parts === 1 ? partsFor(operation) : 1;
    if (operation.kind !== 'product' || parts <= 1) return [operation];
    const { reads, sources, recipe, epilogue, label, write } = operation;
    const shape = [parts, ...write.shape.slice(0, 3), padded(recipe.columns)];
    const sums = wholeView(values.push({ shape, origin: { kind: 'computed' } }) - 1, shape);
    const partial = { ...operation, reads: reads.slice(0, sources), epilogue: RESULT, parts, write: sums };
    return [partial, { kind: 'finish', label, recipe, epilogue, reads: [sums, ...reads.slice(sources)], write }];
  });
  return { ...program, values, operations };
}

/** Rows of a product: positions of its result. */
export function rowsOf({ write, parts }: OperationOf<'product'>): number {
  return elementCount(parts > 1 ? write.shape.slice(1, 4) : write.shape.slice(0, 3));
}
