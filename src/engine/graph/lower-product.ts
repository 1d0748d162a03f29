/** Convolutions and dense layers: their sources, their merged arithmetic, and dense layers that share an input. */

import { EngineError } from '../errors';
import type { Shape } from '../tensor';
import { RESULT } from './expression';
import type { Product } from './fusion';
import { isBinary, isUnary } from './fusion';
import { joined, single, sliceParts, type Parts } from './lazy';
import { at } from './list';
import type { Lowering, Term } from './lower';
import type { WeightRecipe, Window } from './program';
import type { GraphNode, NodeOf } from './schema';
import { reshapeView, type View, wholeView } from './view';

/** Storage buffers that every adapter allows in one kernel. */
const MOST_BUFFERS = 8;

const CELL: Window = { height: 1, width: 1, stride: 1, dilation: 1, top: 0, left: 0 };

/** Emits a product with its epilogue, or the whole group of dense layers that it belongs to (once, for its first member). */
export function emitProduct(lowering: Lowering, node: Product): void {
  const group = node.op === 'dense' ? lowering.fusion.siblings.get(node) : undefined;
  if (group) {
    if (group[0] === node) emitSiblings(lowering, group);
    return;
  }
  const shape = lowering.shape(node.output);
  const chain = lowering.fusion.epilogues.get(node) ?? [];
  const grid = gridShape(shape);
  const { expression, operands } = epilogue(lowering, node, chain, grid);
  const write = multiply(lowering, [node], grid, { expression, operands });
  const result = chain.at(-1)?.output ?? node.output;
  lowering.define(result, single(reshapeView(write, lowering.shape(result)) as View)); // contiguous: always possible
}

/** One product with all their columns; each takes its own. */
function emitSiblings(lowering: Lowering, group: readonly NodeOf<'dense'>[]): void {
  const columns = group.map((node) => at(lowering.shape(node.output), -1));
  const first = lowering.shape(at(group, 0).output);
  const all = first.with(
    -1,
    columns.reduce((total, size) => total + size, 0),
  );
  const write = multiply(lowering, group, gridShape(all), { expression: RESULT, operands: [] });
  const whole = single(reshapeView(write, all) as View); // contiguous: always possible
  let begin = 0;
  for (const [index, node] of group.entries()) {
    const size = at(columns, index);
    lowering.define(node.output, sliceParts(whole, all.length - 1, begin, size) as Parts); // nothing is repeated
    begin += size;
  }
}

function multiply(lowering: Lowering, nodes: readonly Product[], grid: Shape, { expression, operands }: Term): View {
  const node = at(nodes, 0);
  const write = wholeView(lowering.builder.value(grid), grid);
  const sources = sourcesOf(lowering, node, new Set(operands.map(({ value }) => value)).size);
  const [height = 1, width = 1] = node.op === 'conv2d' ? lowering.shape(at(node.inputs, 1)) : [];
  const recipe: WeightRecipe = {
    weights: nodes.map(({ inputs, output }) => constant(lowering, at(inputs, 1), output)),
    biases: nodes.map(({ inputs: [, , bias], output }) => bias && constant(lowering, bias, output)),
    sources: sources.map(({ shape }) => at(shape, -1)),
    cells: height * width,
    columns: at(grid, -1),
  };
  lowering.builder.push({
    kind: 'product',
    label: node.output,
    sources: sources.length,
    window: node.op === 'conv2d' ? windowOf(node, height, width) : CELL,
    recipe,
    epilogue: expression,
    parts: 1,
    reads: [...sources, ...operands],
    write,
  });
  return write;
}

/** @throws EngineError 'unsupported-op' where the network computes its own weights, which cannot be packed ahead */
function constant({ graph }: Lowering, name: string, label: string): string {
  if (graph.weights.some((weight) => weight.name === name)) return name;
  throw new EngineError('unsupported-op', `${graph.name}: "${label}" multiplies by "${name}", which is no weight.`);
}

function windowOf(
  { attributes: { stride, dilation, padding } }: NodeOf<'conv2d'>,
  height: number,
  width: number,
): Window {
  return { height, width, stride, dilation, top: padding[0][0], left: padding[1][0] };
}

/** Rank 4: the batch stays first, so that kernels need not know it. */
function gridShape(shape: Shape): Shape {
  if (shape.length === 1) return [1, 1, 1, ...shape];
  if (shape.length > 4) return [at(shape, 0), at(shape, 1) * at(shape, 2), ...shape.slice(3)];
  return [at(shape, 0), ...Array<number>(4 - shape.length).fill(1), ...shape.slice(1)];
}

/** The input as views joined along channels, in rank 4, copied together where the kernel could not bind them all. */
function sourcesOf(lowering: Lowering, node: Product, operands: number): readonly View[] {
  const name = at(node.inputs, 0);
  const { parts, axis, shape } = lowering.parts(name);
  const last = shape.length - 1;
  const buffers = new Set(parts.map(({ value }) => value)).size + operands + 3;
  if (parts.length > 1 && axis === last && buffers <= MOST_BUFFERS) {
    const grids = parts.map((part) => reshapeView(part, gridShape(part.shape)));
    const found = grids.filter((part) => part !== undefined);
    if (found.length === parts.length) return joined(found, 3).parts;
  }
  const view = lowering.view(name);
  return [lowering.builder.reshaped(view, gridShape(view.shape), name)];
}

/** What the merged nodes do, with operands brought to the shape of the stored result. */
function epilogue(lowering: Lowering, node: Product, chain: readonly GraphNode[], grid: Shape): Term {
  let value = node.output;
  let term: Term = { expression: RESULT, operands: [] };
  for (const merged of chain) {
    if (isUnary(merged)) {
      const unary = merged.op === 'affine' ? ({ fn: 'affine', ...merged.attributes } as const) : { fn: merged.op };
      term = { ...term, expression: { kind: 'unary', unary, x: term.expression } };
    } else if (isBinary(merged)) term = binaryStep(lowering, merged, value, term, grid);
    value = merged.output;
  }
  return term;
}

function binaryStep(
  lowering: Lowering,
  node: NodeOf<'add' | 'subtract' | 'multiply'>,
  value: string,
  term: Term,
  grid: Shape,
): Term {
  const [a = '', b = ''] = node.inputs;
  const shape = lowering.shape(value);
  if (a === value && b === value) {
    const { expression, operands } = term;
    return { expression: { kind: 'binary', fn: node.op, a: expression, b: expression }, operands };
  }
  const other = operandTerm(lowering, a === value ? b : a, shape, grid);
  return a === value ? lowering.binary(node, term, other) : lowering.binary(node, other, term);
}

function operandTerm(lowering: Lowering, name: string, shape: Shape, grid: Shape): Term {
  // More than one buffer behind an operand would soon exceed what a kernel may bind.
  if (lowering.term(name, shape).operands.length > 1) lowering.view(name);
  const { expression, operands } = lowering.term(name, shape);
  return { expression, operands: operands.map((view) => lowering.builder.reshaped(view, grid, name)) };
}
