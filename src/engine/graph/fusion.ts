/** Which nodes of a graph can share a kernel. Pure analysis; lower.ts acts on it. */

import { sameShape, type Shape } from '../tensor';
import type { UnaryFunction } from './expression';
import { at } from './list';
import type { Graph, GraphNode, NodeOf } from './schema';

/** Operands that a product's kernel may read besides its input, weights and bias. */
const MOST_EPILOGUE_OPERANDS = 3;

/** Head size up to which one invocation keeps a query and its sum in registers. */
const WIDEST_HEAD = 128;

export interface Attention {
  readonly scores: NodeOf<'matmul'>;
  /** The softmax and, where there is one, the scaling. */
  readonly between: readonly GraphNode[];
  readonly scale: number;
}

export type Product = NodeOf<'conv2d'> | NodeOf<'dense'>;

export interface Fusion {
  /** Nodes that read a value, each once. */
  readers(name: string): readonly GraphNode[];
  /** True where one node reads the value and it is not an output: nothing else will ask for it. */
  isPrivate(name: string): boolean;
  /** What a product does to its result before it stores it, in order; empty where nothing merges. */
  readonly epilogues: ReadonlyMap<Product, readonly GraphNode[]>;
  /** The product that a merged node belongs to. */
  readonly hosts: ReadonlyMap<GraphNode, Product>;
  /** By the product of probabilities and values. */
  readonly attentions: ReadonlyMap<GraphNode, Attention>;
  readonly insideAttention: ReadonlySet<GraphNode>;
  /** Dense layers that read the same value and merge with nothing else: each member leads to its group. */
  readonly siblings: ReadonlyMap<GraphNode, readonly NodeOf<'dense'>[]>;
}

const UNARY: ReadonlySet<string> = new Set<UnaryFunction>([
  'relu',
  'silu',
  'sigmoid',
  'tanh',
  'sin',
  'cos',
  'exp',
  'log',
]);

export function isUnary(node: GraphNode): node is NodeOf<UnaryFunction> | NodeOf<'affine'> {
  return UNARY.has(node.op) || node.op === 'affine';
}

export function isBinary(node: GraphNode): node is NodeOf<'add' | 'subtract' | 'multiply'> {
  return node.op === 'add' || node.op === 'subtract' || node.op === 'multiply';
}

export function analyseFusion(graph: Graph, shapes: ReadonlyMap<string, Shape>): Fusion {
  const readersOf = new Map<string, GraphNode[]>();
  for (const node of graph.nodes)
    for (const name of new Set(node.inputs)) readersOf.set(name, [...(readersOf.get(name) ?? []), node]);
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const readers = (name: string) => readersOf.get(name) ?? [];
  const isPrivate = (name: string) => readers(name).length === 1 && !outputs.has(name);
  const producers = new Map(graph.nodes.map((node) => [node.output, node]));

  const attentions = new Map<GraphNode, Attention>();
  for (const node of graph.nodes) {
    const attention = node.op === 'matmul' ? findAttention(node, producers, isPrivate, shapes) : undefined;
    if (attention) attentions.set(node, attention);
  }
  const insideAttention = new Set([...attentions.values()].flatMap(({ scores, between }) => [scores, ...between]));

  const epilogues = new Map<Product, GraphNode[]>();
  const hosts = new Map<GraphNode, Product>();
  for (const node of graph.nodes) {
    if (node.op !== 'conv2d' && node.op !== 'dense') continue;
    const chain = findEpilogue(node, { readers, isPrivate, taken: hosts, shapes });
    epilogues.set(node, chain);
    for (const absorbed of chain) hosts.set(absorbed, node);
  }
  const siblings = findSiblings(graph, (node) => epilogues.get(node)?.length === 0);
  return { readers, isPrivate, epilogues, hosts, attentions, insideAttention, siblings };
}

interface EpilogueSearch {
  readonly readers: Fusion['readers'];
  readonly isPrivate: Fusion['isPrivate'];
  readonly taken: ReadonlyMap<GraphNode, Product>;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/** Follows a product's value as long as exactly one elementwise node (or a reshape on the way to one) reads it. */
function findEpilogue(product: Product, { readers, isPrivate, taken, shapes }: EpilogueSearch): GraphNode[] {
  const chain: GraphNode[] = [];
  let merged = 0;
  let value = product.output;
  const others = new Set<string>();
  while (isPrivate(value)) {
    const reader = at(readers(value), 0);
    if (taken.has(reader)) break;
    if (isBinary(reader)) {
      if (!sameShape(shapes.get(reader.output) ?? [], shapes.get(value) ?? [])) break;
      for (const name of reader.inputs) if (name !== value) others.add(name);
      if (others.size > MOST_EPILOGUE_OPERANDS) break;
    } else if (!isUnary(reader) && reader.op !== 'reshape') break;
    chain.push(reader);
    value = reader.output;
    // A reshape alone is a view; it belongs to the kernel only where arithmetic follows.
    if (reader.op !== 'reshape') merged = chain.length;
  }
  return chain.slice(0, merged);
}

/** softmax(scale · a·b)·c with nothing else reading what is between. */
function findAttention(
  node: NodeOf<'matmul'>,
  producers: ReadonlyMap<string, GraphNode>,
  isPrivate: Fusion['isPrivate'],
  shapes: ReadonlyMap<string, Shape>,
): Attention | undefined {
  const before = (name: string) => (isPrivate(name) ? producers.get(name) : undefined);
  const softmax = before(at(node.inputs, 0));
  if (softmax?.op !== 'softmax' || node.attributes.transposeA) return undefined;
  let inner = before(at(softmax.inputs, 0));
  const affine = inner?.op === 'affine' ? inner : undefined;
  // A constant added to every score does not change a softmax, so the offset needs no place.
  if (affine) inner = before(at(affine.inputs, 0));
  if (inner?.op !== 'matmul') return undefined;
  const queries = shapes.get(at(inner.inputs, 0)) ?? [];
  const head = at(queries, inner.attributes.transposeA ? -2 : -1);
  const width = at(shapes.get(node.output) ?? [], -1);
  if (head > WIDEST_HEAD || width > WIDEST_HEAD) return undefined;
  return { scores: inner, between: affine ? [affine, softmax] : [softmax], scale: affine?.attributes.scale ?? 1 };
}

function findSiblings(graph: Graph, mergesWithNothing: (node: Product) => boolean) {
  const groups = new Map<string, NodeOf<'dense'>[]>();
  for (const node of graph.nodes)
    if (node.op === 'dense' && mergesWithNothing(node))
      groups.set(at(node.inputs, 0), [...(groups.get(at(node.inputs, 0)) ?? []), node]);
  return new Map(
    [...groups.values()]
      .filter((group) => group.length > 1)
      .flatMap((group) => group.map((node) => [node, group] as const)),
  );
}
