/** What will happen when tfjs runs a graph, as data: which nodes merge, and which values may be freed after which step. */

import { elementCount, type Shape } from '../tensor';
import type { Graph, GraphNode } from '../graph/schema';

export type Activation = 'none' | 'relu';

export interface Step {
  readonly node: GraphNode;
  /** Applied to the node's result in the same kernel. */
  readonly activation: Activation;
  /** The value this step defines (the relu's, where one was merged). */
  readonly output: string;
  /** Values (graph inputs among them) that no later step reads and that are not outputs. */
  readonly frees: readonly string[];
}

export interface Plan {
  /** Graph inputs that something reads; the others are checked but never copied to the device. */
  readonly inputs: readonly string[];
  readonly steps: readonly Step[];
}

/** Orders the work, merges conv2d/dense with a relu that is its only reader, and finds each value's last use. */
export function planGraph(graph: Graph): Plan {
  const merged = mergeRelu(graph);
  const weights = new Set(graph.weights.map((weight) => weight.name));
  const kept = new Set([...weights, ...graph.outputs.map((output) => output.value)]);
  const lastReader = new Map<string, number>();
  for (const [index, step] of merged.entries()) for (const name of step.node.inputs) lastReader.set(name, index);
  const steps = merged.map((step, index) => ({
    ...step,
    frees: [...new Set(step.node.inputs)].filter((name) => lastReader.get(name) === index && !kept.has(name)),
  }));
  const inputs = graph.inputs.map((input) => input.name).filter((name) => lastReader.has(name) || kept.has(name));
  return { inputs, steps };
}

type MergedStep = Omit<Step, 'frees'>;

function mergeRelu(graph: Graph): MergedStep[] {
  const readers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes)
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
  const outputs = new Set(graph.outputs.map((output) => output.value));
  const absorbed = new Set<GraphNode>();
  const steps: MergedStep[] = [];
  for (const node of graph.nodes) {
    if (absorbed.has(node)) continue;
    const [reader, ...others] = readers.get(node.output) ?? [];
    const mergeable = node.op === 'conv2d' || node.op === 'dense';
    if (mergeable && reader?.op === 'relu' && others.length === 0 && !outputs.has(node.output)) {
      absorbed.add(reader);
      steps.push({ node, activation: 'relu', output: reader.output });
    } else steps.push({ node, activation: 'none', output: node.output });
  }
  return steps;
}

/**
 * The most bytes of activations (float32; weights not counted) that are alive at once. A reshape shares its input's bytes.
 * Temporaries inside composed kernels (silu, rmsNorm) are not counted.
 */
export function peakActivationBytes(plan: Plan, shapes: ReadonlyMap<string, Shape>): number {
  const bytes = (name: string) => 4 * elementCount(shapes.get(name) ?? []);
  const storage = new Map<string, { bytes: number; users: number }>();
  let live = 0;
  const allocate = (name: string) => {
    storage.set(name, { bytes: bytes(name), users: 1 });
    live += bytes(name);
  };
  plan.inputs.forEach(allocate);
  let peak = live;
  for (const { node, output, frees } of plan.steps) {
    const shared = node.op === 'reshape' ? storage.get(node.inputs[0] ?? '') : undefined;
    if (shared) storage.set(output, Object.assign(shared, { users: shared.users + 1 }));
    else allocate(output);
    peak = Math.max(peak, live);
    for (const name of frees) {
      const held = storage.get(name);
      if (held && --held.users === 0) live -= held.bytes;
    }
  }
  return peak;
}
