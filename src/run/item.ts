/** One piece of a batch: a radiograph, what is asked of it, and a seed; and what became of it. */

import * as z from 'zod/mini';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import { count } from '../schemas/numbers';

export interface RunItem {
  /** The same for the same film, request and seed, on any machine and in any order. */
  readonly id: string;
  /** Where the film is, as the source of films names it: a path relative to the folder that is worked through. */
  readonly film: string;
  /** In words. */
  readonly request: string;
  readonly seed: number;
  /** Another patient's film, whose findings are borrowed: `request` only names them. */
  readonly donor?: RunDonor;
}

export interface RunDonor {
  /** As the source of films names it. */
  readonly film: string;
  /** What it is borrowed for: travels, beside what is called there, though the reader calls it by less than its threshold. */
  readonly finding?: Finding;
  /** These travel and no others, though the reader calls them by less than their thresholds. */
  readonly only?: readonly Finding[];
  /** The film's own opacities stay where the donor has none. */
  readonly keepsOwn?: boolean;
}

/** Films x requests x seeds, in that order, films outermost: what is read of one serves all its edits. */
export function itemsOf(
  films: readonly string[],
  requests: readonly string[],
  seeds: readonly number[],
): readonly RunItem[] {
  return films.flatMap((film) =>
    requests.flatMap((request) => seeds.map((seed) => ({ id: itemId(film, request, seed), film, request, seed }))),
  );
}

/** The part of the items that falls to one of several machines; films stay together. */
export function shardOf(items: readonly RunItem[], index: number, count: number): readonly RunItem[] {
  const films = [...new Set(items.map(({ film }) => film))];
  const own = new Set(films.filter((_, at) => at % count === index));
  return items.filter(({ film }) => own.has(film));
}

/** FNV-1a of 64 bits: short, and the same wherever it is computed. */
export function itemId(film: string, request: string, seed: number, donor?: string): string {
  let hash = 0xcbf29ce484222325n;
  const asked = [film, request, seed, ...(donor === undefined ? [] : [donor])];
  for (const byte of new TextEncoder().encode(JSON.stringify(asked))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

const itemSchema = z.object({
  id: z.string(),
  film: z.string(),
  request: z.string(),
  seed: count,
  donor: z.exactOptional(
    z.object({
      film: z.string(),
      finding: z.exactOptional(z.enum(FINDINGS)),
      only: z.exactOptional(z.readonly(z.array(z.enum(FINDINGS)))),
      keepsOwn: z.exactOptional(z.boolean()),
    }),
  ),
});

const remarksSchema = z.exactOptional(z.readonly(z.array(z.object({ film: z.string(), text: z.string() }))));
/** What should be known of a film, or of what was made of it: a sentence. Nothing failed. */
export interface Remark {
  readonly film: string;
  readonly text: string;
}

/** What became of an item. A line of the journal. */
export const outcomeSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    item: itemSchema,
    /** Written by the sink, relative to it. */
    files: z.array(z.string()),
    /** The item's row of the table, by column. */
    row: z.record(z.string(), z.string()),
    milliseconds: z.number(),
    remarks: remarksSchema,
  }),
  z.object({
    status: z.literal('failed'),
    item: itemSchema,
    error: z.object({ code: z.string(), message: z.string(), advice: z.string() }),
    remarks: remarksSchema,
  }),
]);

/** What the outcomes tell beside themselves, each once. */
export function remarksOf(outcomes: Iterable<Outcome>): readonly Remark[] {
  const all = [...outcomes].flatMap(({ remarks = [] }) => remarks);
  return [...new Map(all.map((each) => [JSON.stringify([each.film, each.text]), each])).values()];
}

export type Outcome = z.infer<typeof outcomeSchema>;
export type Done = Extract<Outcome, { status: 'done' }>;
