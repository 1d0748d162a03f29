/** A node of a module's syntax tree (ESTree), with its place in the text. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';

/** @returns every call, at any depth, of a function that is called by one of these names */
export function* callsTo(value: unknown, names: ReadonlySet<string>): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* callsTo(each, names);
  if (!isNode(value)) return;
  if (value.type === 'CallExpression' && isNode(value['callee']) && names.has(String(value['callee']['name'])))
    yield value;
  for (const field of Object.values(value)) if (typeof field === 'object') yield* callsTo(field, names);
}
