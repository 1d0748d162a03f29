/** How many films carry each class, by split, how the classes fall into head, middle and tail, and which come together. */

import { LABEL, type FilmTable, type LabelClass } from './filmTable';

/** What an uncertain label counts as. */
export type UncertainPolicy = 'ignore' | 'ones' | 'zeros';
/** What a blank counts as. */
export type BlankPolicy = 'ignore' | 'zeros';
export interface LabelPolicy {
  readonly uncertain: UncertainPolicy;
  readonly blank: BlankPolicy;
}
export const DEFAULT_POLICY: LabelPolicy = { uncertain: 'ignore', blank: 'ignore' };

/** 1 there, 0 not there, undefined not known. */
export type Truth = 0 | 1 | undefined;

/** Undefined class: the table does not have it. */
export function truthOf(label: number | undefined, { uncertain, blank }: LabelPolicy): Truth {
  switch (label) {
    case LABEL.positive:
      return 1;
    case LABEL.negative:
      return 0;
    case LABEL.uncertain:
      return uncertain === 'ignore' ? undefined : uncertain === 'ones' ? 1 : 0;
    default:
      return blank === 'zeros' ? 0 : undefined;
  }
}

export interface Tally {
  readonly positive: number;
  readonly negative: number;
  readonly unknown: number;
  /** As the table writes it, whatever the policy makes of it. */
  readonly uncertain: number;
}

export type Group = 'head' | 'mid' | 'tail' | 'absent' | 'normal';

export interface ClassCount extends LabelClass {
  readonly group: Group;
  readonly all: Tally;
  readonly bySplit: Readonly<Record<string, Tally>>;
}

export interface Counts {
  readonly films: number;
  readonly filmsBySplit: Readonly<Record<string, number>>;
  readonly splits: readonly string[];
  /** The part that is learnt from, of which head, middle and tail are told; undefined: there is no split, and all is. */
  readonly learnt: string | undefined;
  /** The most frequent first. */
  readonly classes: readonly ClassCount[];
  /** Films that carry both, of `classes` in their order; the diagonal is a class by itself. */
  readonly together: readonly (readonly number[])[];
}

/** Shares of the most frequent class: from `head` on a class is head, up to `tail` it is tail. Without a finding is no class of them. */
export interface GroupLimits {
  readonly head: number;
  readonly tail: number;
}
export const DEFAULT_LIMITS: GroupLimits = { head: 1 / 3, tail: 0.1 };

export function countsOf(
  table: FilmTable,
  policy: LabelPolicy = DEFAULT_POLICY,
  limits: GroupLimits = DEFAULT_LIMITS,
): Counts {
  const { films, classes } = table;
  const splits = [...new Set(films.map(({ split }) => split))].sort();
  const filmsBySplit = Object.fromEntries(
    splits.map((split) => [split, films.reduce((sum, film) => sum + (film.split === split ? 1 : 0), 0)]),
  );
  const splitAt = Uint16Array.from(films, ({ split }) => splits.indexOf(split));
  const tallies = classes.map((each) => ({ each, ...tallied(table, each.name, splitAt, splits.length, policy) }));
  const learnt = learntOf(splits);
  const learntCount = ({ bySplit, all }: (typeof tallies)[number]): number =>
    (learnt === undefined ? all : (bySplit[splits.indexOf(learnt)] ?? all)).positive;
  const sorted = [...tallies].sort(
    (one, other) => learntCount(other) - learntCount(one) || one.each.name.localeCompare(other.each.name, 'en'),
  );
  const most = Math.max(0, ...tallies.filter(({ each }) => each.finding !== 'no_finding').map(learntCount));
  return {
    films: films.length,
    filmsBySplit,
    splits,
    learnt,
    classes: sorted.map((tally) => ({
      ...tally.each,
      group: groupOf(tally.each, learntCount(tally), most, limits),
      all: tally.all,
      bySplit: Object.fromEntries(splits.map((split, index) => [split, tally.bySplit[index] ?? EMPTY])),
    })),
    together: togetherOf(
      table,
      sorted.map(({ each }) => each.name),
      policy,
    ),
  };
}

const EMPTY: Tally = { positive: 0, negative: 0, unknown: 0, uncertain: 0 };

/** The split that is learnt from, by its name. */
export function learntOf(splits: readonly string[]): string | undefined {
  return splits.find((split) => /^train/i.test(split));
}

function groupOf({ finding }: LabelClass, count: number, most: number, { head, tail }: GroupLimits): Group {
  if (finding === 'no_finding') return 'normal';
  if (count === 0) return 'absent';
  if (count >= head * most) return 'head';
  return count <= tail * most ? 'tail' : 'mid';
}

function tallied(
  { labels, films }: FilmTable,
  name: string,
  splitAt: Uint16Array,
  splits: number,
  policy: LabelPolicy,
): { readonly all: Tally; readonly bySplit: readonly Tally[] } {
  const column = labels.get(name);
  const counts = Array.from({ length: splits }, () => ({ positive: 0, negative: 0, unknown: 0, uncertain: 0 }));
  for (let at = 0; at < films.length; at++) {
    const count = counts[splitAt[at] ?? 0];
    if (count === undefined) continue;
    const truth = truthOf(column?.[at], policy);
    count[truth === undefined ? 'unknown' : truth === 1 ? 'positive' : 'negative']++;
    if (column?.[at] === LABEL.uncertain) count.uncertain++;
  }
  const all = counts.reduce(
    (sum, each) => ({
      positive: sum.positive + each.positive,
      negative: sum.negative + each.negative,
      unknown: sum.unknown + each.unknown,
      uncertain: sum.uncertain + each.uncertain,
    }),
    EMPTY,
  );
  return { all, bySplit: counts };
}

function togetherOf({ labels, films }: FilmTable, names: readonly string[], policy: LabelPolicy): number[][] {
  const together = names.map(() => names.map(() => 0));
  const columns = names.map((name) => labels.get(name));
  const there: number[] = [];
  for (let at = 0; at < films.length; at++) {
    there.length = 0;
    columns.forEach((column, index) => {
      if (truthOf(column?.[at], policy) === 1) there.push(index);
    });
    for (const one of there) {
      const row = together[one] ?? [];
      for (const other of there) row[other] = (row[other] ?? 0) + 1;
    }
  }
  return together;
}
