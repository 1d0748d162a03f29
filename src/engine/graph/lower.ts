/** Graph -> program: walks the nodes in order, keeps layouts and cheap arithmetic lazy, and emits a kernel where one is needed. */

import type { Shape } from '../tensor';
import { type Expression, shiftOperands, type Unary } from './expression';
import { analyseFusion, type Attention, type Fusion, isBinary, isUnary } from './fusion';
import {
  broadcastPending,
  isCheap,
  joined,
  type Lazy,
  type Parts,
  type Pending,
  single,
  sliceParts,
  throughParts,
  transposeParts,
  upsampleParts,
} from './lazy';
import { at } from './list';
import { emitProduct } from './lower-product';
import { ProgramBuilder } from './program-builder';
import type { Program } from './program';
import type { Graph, GraphNode, NodeOf } from './schema';
import { resolveAxis } from './shape-rules';
import { inferShapes } from './shapes';
import { broadcastView, reshapeView, swapLast, transposeView, type View, wholeView } from './view';

/** Views that one elementwise kernel reads at most; with the result they stay within eight storage buffers. */
const MOST_OPERANDS = 6;

/**
 * @param batch replaces the first axis of every input
 * @throws GraphFormatError 'shape' naming the node, where the batch does not fit
 */
export function lowerGraph(graph: Graph, batch?: number): Program {
  const shapes = inferShapes(graph, batch);
  return new Lowering(graph, shapes, analyseFusion(graph, shapes)).run();
}

/** An expression with what it reads. */
export interface Term {
  readonly expression: Expression;
  readonly operands: readonly View[];
}

export class Lowering {
  readonly builder = new ProgramBuilder();
  readonly #values = new Map<string, Lazy>();

  constructor(
    readonly graph: Graph,
    readonly shapes: ReadonlyMap<string, Shape>,
    readonly fusion: Fusion,
  ) {}

  run(): Program {
    for (const { name } of this.graph.inputs)
      this.#values.set(name, single(this.builder.input(name, this.shape(name))));
    for (const node of this.graph.nodes) this.#lower(node);
    const outputs = this.graph.outputs.map(({ name, value }) => ({
      name,
      view: this.builder.output(this.view(value), value),
    }));
    return this.builder.build(this.graph.name, outputs);
  }

  shape(name: string): Shape {
    return this.shapes.get(name) ?? [];
  }

  define(name: string, lazy: Lazy): void {
    this.#values.set(name, lazy);
  }

  /** Where to read a value; a weight becomes one that is read element by element. */
  lazy(name: string): Lazy {
    const known = this.#values.get(name);
    if (known) return known;
    const weight = single(this.builder.weight(name, this.shape(name)));
    this.#values.set(name, weight);
    return weight;
  }

  /** As parts: arithmetic that is pending is done now. */
  parts(name: string): Parts {
    const lazy = this.lazy(name);
    if (lazy.kind === 'parts') return lazy;
    const done = single(this.builder.map(name, lazy.expression, lazy.operands, lazy.shape));
    this.#values.set(name, done);
    return done;
  }

  /** As one view: parts are copied together now. */
  view(name: string): View {
    const parts = this.parts(name);
    if (parts.parts.length === 1) return at(parts.parts, 0);
    const whole = this.builder.together(parts, name);
    this.#values.set(name, single(whole));
    return whole;
  }

  /** A value as arithmetic at each element of `shape`. */
  term(name: string, shape: Shape): Term {
    const lazy = this.lazy(name);
    const inlined = lazy.kind === 'pending' ? broadcastPending(lazy, shape) : undefined;
    return inlined ?? { expression: { kind: 'operand', index: 0 }, operands: [broadcastView(this.view(name), shape)] };
  }

  binary(node: NodeOf<'add' | 'subtract' | 'multiply'>, left: Term, right: Term): Term {
    const b = shiftOperands(right.expression, left.operands.length);
    return {
      expression: { kind: 'binary', fn: node.op, a: left.expression, b },
      operands: [...left.operands, ...right.operands],
    };
  }

  #lower(node: GraphNode): void {
    const host = this.fusion.hosts.get(node);
    if (host) {
      // The product runs where the last of the merged nodes stood: by then all that it reads is there.
      if (this.fusion.epilogues.get(host)?.at(-1) === node) emitProduct(this, host);
    } else if (!this.fusion.insideAttention.has(node)) this.#lowerAlone(node);
  }

  #lowerAlone(node: GraphNode): void {
    const x = at(node.inputs, 0);
    const label = node.output;
    const shape = this.shape(label);
    if (isUnary(node)) {
      this.#unary(node);
      return;
    }
    if (isBinary(node)) {
      this.#binary(node);
      return;
    }
    switch (node.op) {
      case 'conv2d':
      case 'dense':
        if (this.fusion.epilogues.get(node)?.length === 0) emitProduct(this, node);
        return;
      case 'matmul': {
        this.#matmul(node);
        return;
      }
      case 'concat': {
        const axis = resolveAxis(node.attributes.axis, shape.length);
        const parts = node.inputs.map((name) => this.parts(name));
        const flat = parts.flatMap((lazy, i) =>
          lazy.parts.length === 1 || lazy.axis === axis ? lazy.parts : [this.view(at(node.inputs, i))],
        );
        this.define(label, joined(flat, axis));
        return;
      }
      case 'slice': {
        const { axis: given, begin, size } = node.attributes;
        const axis = resolveAxis(given, shape.length);
        const cut = sliceParts(this.parts(x), axis, begin, size);
        this.define(
          label,
          cut ?? (sliceParts(single(this.builder.stored(this.view(x), x)), axis, begin, size) as Parts),
        );
        return; // stored views have no repeated elements
      }
      case 'reshape': {
        this.define(label, single(this.builder.reshaped(this.view(x), shape, label)));
        return;
      }
      case 'transpose': {
        this.define(label, transposeParts(this.parts(x), node.attributes.permutation));
        return;
      }
      case 'upsampleNearest': {
        const { factor } = node.attributes;
        const enlarged = upsampleParts(this.parts(x), factor) ?? upsampleParts(single(this.view(x)), factor);
        this.define(label, enlarged as Parts);
        return; // a single part is never refused
      }
      case 'spaceToDepth':
      case 'depthToSpace': {
        this.#rearrange(node);
        return;
      }
      case 'mean':
      case 'sum': {
        this.#reduce(node);
        return;
      }
      case 'averagePool':
      case 'maxPool': {
        const fn = node.op === 'maxPool' ? 'max' : 'average';
        this.#store(node, (write) => ({
          kind: 'pool',
          label,
          fn,
          size: node.attributes.size,
          reads: [this.view(x)],
          write,
        }));
        return;
      }
      case 'softmax': {
        this.#store(node, (write) => ({ kind: 'softmax', label, reads: [this.view(x)], write }));
        return;
      }
      case 'rmsNorm': {
        const reads = [this.view(x), this.view(at(node.inputs, 1))];
        this.#store(node, (write) => ({
          kind: 'rmsNorm',
          label,
          epsilon: node.attributes.epsilon,
          reads,
          write,
        }));
        return;
      }
    }
  }

  #unary(node: Extract<GraphNode, { op: Unary['fn'] }>): void {
    const unary: Unary = node.op === 'affine' ? { fn: 'affine', ...node.attributes } : { fn: node.op };
    const source = this.lazy(at(node.inputs, 0));
    if (source.kind === 'parts' && isCheap(unary)) {
      this.define(node.output, throughParts(source, unary));
      return;
    }
    const { expression, operands } = this.term(at(node.inputs, 0), this.shape(node.output));
    this.#pend(node, { expression: { kind: 'unary', unary, x: expression }, operands });
  }

  #binary(node: NodeOf<'add' | 'subtract' | 'multiply'>): void {
    const shape = this.shape(node.output);
    const [a = '', b = ''] = node.inputs;
    let term = this.binary(node, this.term(a, shape), this.term(b, shape));
    if (term.operands.length > MOST_OPERANDS) {
      for (const name of [a, b]) this.view(name);
      term = this.binary(node, this.term(a, shape), this.term(b, shape));
    }
    this.#pend(node, term);
  }

  /** Left to the reader where there is only one; computed now otherwise. */
  #pend(node: GraphNode, term: Term): void {
    const pending: Pending = { kind: 'pending', shape: this.shape(node.output), ...term };
    this.define(node.output, pending);
    if (!this.fusion.isPrivate(node.output)) this.parts(node.output);
  }

  #store(node: GraphNode, operation: Parameters<ProgramBuilder['emit']>[1]): void {
    this.define(node.output, single(this.builder.emit(this.shape(node.output), operation)));
  }

  /** Pixel (un)shuffle: a transposition of blocks, copied because what follows sees them merged. */
  #rearrange(node: NodeOf<'spaceToDepth'> | NodeOf<'depthToSpace'>): void {
    const shape = this.shape(node.output);
    const [n = 0, h = 0, w = 0, c = 0] = this.shape(at(node.inputs, 0));
    const { block } = node.attributes;
    const split =
      node.op === 'spaceToDepth' ? [n, h / block, block, w / block, block, c] : [n, h, w, block, block, c / block ** 2];
    const blocks = this.builder.reshaped(this.view(at(node.inputs, 0)), split, node.output);
    this.define(
      node.output,
      single(this.builder.reshaped(transposeView(blocks, [0, 1, 3, 2, 4, 5]), shape, node.output)),
    );
  }

  #reduce(node: NodeOf<'mean'> | NodeOf<'sum'>): void {
    const view = this.view(at(node.inputs, 0));
    const { axes } = node.attributes;
    const kept = view.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const read = transposeView(view, [...kept, ...axes]);
    const shape = kept.map((axis) => at(view.shape, axis));
    const stored = this.builder.emit(shape, (write) => ({
      kind: 'reduce',
      label: node.output,
      fn: node.op,
      kept: kept.length,
      reads: [read],
      write,
    }));
    this.define(node.output, single(reshapeView(stored, this.shape(node.output)) as View)); // contiguous: always possible
  }

  /** Stored in the order of the transposition that follows, where there is one, so that this costs nothing. */
  #matmul(node: NodeOf<'matmul'>): void {
    const shape = this.shape(node.output);
    const [reader] = this.fusion.isPrivate(node.output) ? this.fusion.readers(node.output) : [];
    const permutation = reader?.op === 'transpose' ? reader.attributes.permutation : shape.map((_, axis) => axis);
    const order = permutation.map((axis) => at(shape, axis));
    const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
    const value = this.builder.value(order);
    const write = transposeView(wholeView(value, order), inverse);
    const attention = this.fusion.attentions.get(node);
    if (attention) this.#attention(node, attention, write);
    else {
      const { transposeA, transposeB } = node.attributes;
      const [a, b] = [this.view(at(node.inputs, 0)), this.view(at(node.inputs, 1))];
      const reads = [transposeA ? swapLast(a) : a, transposeB ? swapLast(b) : b];
      this.builder.push({ kind: 'matmul', label: node.output, reads, write });
    }
    this.define(node.output, single(write));
  }

  #attention(node: NodeOf<'matmul'>, { scores, scale }: Attention, write: View): void {
    const [q, k] = [this.view(at(scores.inputs, 0)), this.view(at(scores.inputs, 1))];
    const v = this.view(at(node.inputs, 1));
    const reads = [
      scores.attributes.transposeA ? swapLast(q) : q,
      scores.attributes.transposeB ? k : swapLast(k),
      node.attributes.transposeB ? swapLast(v) : v,
    ];
    this.builder.push({ kind: 'attention', label: node.output, scale, reads, write });
  }
}
