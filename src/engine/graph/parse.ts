/** graph.json -> Graph: the schema first, then the rules that a schema cannot state (names, order, use, shapes). */

import * as z from 'zod/mini';
import { GraphFormatError } from '../errors';
import { type Graph, graphSchema, nodeSchema, type OpName } from './schema';
import { inferShapes } from './shapes';

/** zod/mini says no more than "Invalid input" by itself. */
const IN_WORDS = { error: z.locales.en().localeError };

/** Smallest and largest number of inputs of each op; every op not named here takes exactly one. */
const OPERANDS: Readonly<Partial<Record<OpName, readonly [number, number]>>> = {
  conv2d: [2, 3],
  dense: [2, 3],
  matmul: [2, 2],
  add: [2, 2],
  subtract: [2, 2],
  multiply: [2, 2],
  concat: [1, Number.POSITIVE_INFINITY],
  rmsNorm: [2, 2],
};

export const OP_NAMES: readonly OpName[] = nodeSchema.def.options.flatMap((option) => option.shape.op.def.values);

/**
 * Reads and checks a graph: schema, unique names, definition before use, operand counts, no unused weight or value, and
 * shapes that fit together for the stated batch.
 * @param json the parsed JSON, not trusted
 * @throws GraphFormatError
 */
export function parseGraph(json: unknown): Graph {
  const parsed = graphSchema.safeParse(json, IN_WORDS);
  if (!parsed.success) throw schemaFault(json, parsed.error);
  const graph = parsed.data;
  checkNames(graph);
  checkUse(graph);
  checkBatch(graph);
  inferShapes(graph);
  return graph;
}

function schemaFault(json: unknown, error: z.core.$ZodError): GraphFormatError {
  const issue = error.issues[0];
  const path = issue ? issue.path.join('.') : '';
  const at = /^nodes\.(\d+)\.op$/.exec(path);
  if (at) {
    const op = (json as { nodes: { op: unknown }[] }).nodes[Number(at[1])]?.op;
    return new GraphFormatError(
      'unknown-op',
      `Node ${at[1]} has the op ${JSON.stringify(op)}, which is not in the op set.`,
      {
        cause: error,
      },
    );
  }
  return new GraphFormatError(
    'schema',
    `The graph does not fit the format at "${path}": ${issue?.message ?? 'unknown'}.`,
    {
      cause: error,
    },
  );
}

function checkNames(graph: Graph): void {
  const all = [...graph.inputs, ...graph.weights].map((entry) => entry.name);
  const definedLater = new Set(graph.nodes.map((node) => node.output));
  const defined = new Set<string>();
  for (const name of all) define(defined, name);
  for (const [index, node] of graph.nodes.entries()) {
    const [least, most] = OPERANDS[node.op] ?? [1, 1];
    if (node.inputs.length < least || node.inputs.length > most)
      throw new GraphFormatError(
        'operand-count',
        `Node ${index} (${node.op} "${node.output}") has ${node.inputs.length} inputs.`,
      );
    for (const input of node.inputs) {
      if (defined.has(input)) continue;
      if (definedLater.has(input))
        throw new GraphFormatError(
          'use-before-definition',
          `Node "${node.output}" reads "${input}" before it is defined.`,
        );
      throw new GraphFormatError('unknown-value', `Node "${node.output}" reads "${input}", which nothing defines.`);
    }
    define(defined, node.output);
  }
  const outputs = new Set<string>();
  const weights = new Set(graph.weights.map((weight) => weight.name));
  for (const output of graph.outputs) {
    define(outputs, output.name);
    if (!defined.has(output.value) || weights.has(output.value))
      throw new GraphFormatError(
        'unknown-value',
        `Output "${output.name}" names "${output.value}", which is not a value.`,
      );
  }
}

function define(names: Set<string>, name: string): void {
  if (names.has(name)) throw new GraphFormatError('duplicate-name', `The name "${name}" is defined twice.`);
  names.add(name);
}

function checkUse(graph: Graph): void {
  const used = new Set([...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs.map((output) => output.value)]);
  for (const weight of graph.weights)
    if (!used.has(weight.name))
      throw new GraphFormatError('unused-weight', `No node reads the weight "${weight.name}".`);
  for (const node of graph.nodes)
    if (!used.has(node.output)) throw new GraphFormatError('unused-value', `Nothing reads the value "${node.output}".`);
}

function checkBatch(graph: Graph): void {
  const first = graph.inputs[0];
  for (const input of graph.inputs)
    if (first && input.shape[0] !== first.shape[0])
      throw new GraphFormatError(
        'batch',
        `Inputs "${first.name}" and "${input.name}" state different batch sizes (first axis).`,
      );
}
