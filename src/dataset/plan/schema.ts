/** A plan as a file: JSON lines, a header and then an item a line, so that two plans can be compared line by line. */

import * as z from 'zod/mini';
import { FINDINGS } from '../../findings/vocabulary';
import { IN_WORDS } from '../../schemas/issues';
import { count } from '../../schemas/numbers';
import { PlanCutError, PlanInvalidError, PlanVersionError } from '../errors';

const FORMAT = 'counterpart-plan';
/** 2: items may borrow from a donor, and be another seed of a result that was accepted. */
export const PLAN_VERSION = 2;
/** Plans of these are read as they are: what came since, they do without. */
const READ_VERSIONS = [1, PLAN_VERSION] as const;

const classPlanSchema = z.object({
  /** As the table calls it. */
  name: z.string(),
  finding: z.enum(FINDINGS),
  /** Real films of the split that carry it. */
  real: count,
  /** Films that shall carry it once the results that are accepted are added. */
  target: count,
  /** Items planned: more than are wanted, since some will not be accepted. */
  items: count,
  /** Share that is expected to be accepted, and of how many it was measured. */
  acceptance: z.number(),
  measuredOn: count,
  /** Accepted results expected. */
  expected: z.number(),
});
export type ClassPlan = z.infer<typeof classPlanSchema>;

const headerSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(READ_VERSIONS),
  table: z.object({ names: z.array(z.string()), dialect: z.string(), films: count }),
  options: z.object({
    /** '' where the table has no split. */
    split: z.string(),
    ratio: z.number(),
    seed: count,
    uncertain: z.enum(['ignore', 'ones', 'zeros']),
    blank: z.enum(['ignore', 'zeros']),
  }),
  classes: z.array(classPlanSchema),
  /** Of one item on one core, and of all of them. */
  secondsAnItem: z.number(),
  notes: z.array(z.string()),
  /** The tables that rows of the items are of. */
  tables: z.optional(z.array(z.object({ name: z.string(), dialect: z.string(), columns: z.array(z.string()) }))),
});
export type PlanHeader = z.infer<typeof headerSchema>;

const about = {
  /** The class that it is for, as the table calls it. */
  class: z.string(),
  /** The file, relative to the folder of the films. */
  film: z.string(),
  patient: z.string(),
  split: z.string(),
  source: z.string(),
};

const arm = z.literal('generated');
const generated = {
  ...about,
  finding: z.enum(FINDINGS),
  /** What the table says that the film shows, before anything is changed. */
  shows: z.array(z.string()),
  request: z.string(),
  seed: count,
  /** Of an accepted result of an earlier run: this is the same with another seed. */
  variationOf: z.optional(z.string()),
  /** What the tables say of the film, as it stands there: the number of the table, and its cells. */
  rows: z.optional(z.array(z.tuple([count, z.array(z.string())]))),
};

/** A real film of the class, of the same part of the split, whose findings come into another. */
const donorSchema = z.object({ film: z.string(), patient: z.string(), split: z.string(), source: z.string() });
export type PlannedDonor = z.infer<typeof donorSchema>;

const generatedSchema = z.discriminatedUnion('how', [
  /** Drawn into a clear film. */
  z.object({ arm, how: z.literal('sketch'), ...generated }),
  /** What is frequent is erased from a film that also shows the rare class. */
  z.object({ arm, how: z.literal('keep'), ...generated }),
  /** A donor's findings come into a clear film; what is asked in words follows from the reading of both. */
  z.object({ arm, how: z.literal('swap'), ...generated, donor: donorSchema }),
]);

const planItemSchema = z.discriminatedUnion('arm', [
  generatedSchema,
  /** A real film of the class once more: what results must beat. */
  z.object({ arm: z.literal('control'), ...about }),
]);
export type PlanItem = z.infer<typeof planItemSchema>;
export type GeneratedItem = Extract<PlanItem, { arm: 'generated' }>;
export type ControlItem = Extract<PlanItem, { arm: 'control' }>;

export interface Plan {
  readonly header: PlanHeader;
  readonly generated: readonly GeneratedItem[];
  readonly control: readonly ControlItem[];
}

export function planText({ header, generated, control }: Plan): string {
  return [header, ...generated, ...control].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** @throws PlanInvalidError, PlanVersionError, PlanCutError */
export function readPlan(text: string, name: string): Plan {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const [first, ...rest] = lines;
  const top = parsed(first?.line ?? '', 1, name);
  const known = z.object({ format: z.literal(FORMAT), version: z.union([z.number(), z.string()]) }).safeParse(top);
  if (!known.success) throw new PlanInvalidError(name, 1, 'it is not the head of a plan');
  const { version } = known.data;
  if (!READ_VERSIONS.some((each) => each === version)) throw new PlanVersionError(name, version, PLAN_VERSION);
  const header = checked(headerSchema, top, 1, name);
  const items = rest.map(({ line, number }) => checked(planItemSchema, parsed(line, number, name), number, name));
  const plan = {
    header,
    generated: items.flatMap((item) => (item.arm === 'generated' ? [item] : [])),
    control: items.flatMap((item) => (item.arm === 'control' ? [item] : [])),
  };
  refuseCut(plan, name);
  return plan;
}

/** A file that ends early reads as a smaller plan, and a run of it as done. @throws PlanCutError */
function refuseCut({ header, generated, control }: Plan, name: string): void {
  const sum = (classes: readonly ClassPlan[]): number => classes.reduce((total, { items }) => total + items, 0);
  const said = sum(header.classes);
  if (generated.length !== said) throw new PlanCutError(name, 'items', said, generated.length);
  // Of a class that no real film shows there is no control.
  const controls = sum(header.classes.filter(({ real }) => real > 0));
  if (control.length !== controls) throw new PlanCutError(name, 'control', controls, control.length);
}

function parsed(line: string, number: number, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new PlanInvalidError(name, number, line === '' ? 'it is empty' : 'it is not JSON');
  }
}

function checked<T>(schema: z.ZodMiniType<T>, value: unknown, number: number, name: string): T {
  const result = schema.safeParse(value, IN_WORDS);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PlanInvalidError(name, number, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`);
}
