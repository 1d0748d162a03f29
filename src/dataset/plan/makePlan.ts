/** Which edits would bring the rare classes of a table up, from which films, beside which control. Pure. */

import { DRAWN_FINDINGS } from '../../findings/drawn';
import { knowledgeOf } from '../../findings/knowledge';
import type { Finding } from '../../findings/vocabulary';
import { truthOf, type ClassCount, type Counts, type LabelPolicy } from '../counts';
import { nameMeant } from '../dialects/classNames';
import { NothingToPlanError } from '../errors';
import type { FilmTable } from '../filmTable';
import type { Matched } from '../match';
import type { Acceptance } from './acceptance';
import { allotted } from './allot';
import { filled } from './fill';
import { randomOf, shuffled } from './random';
import { borrowedWords, erasureOf, requestOf } from './requests';
import {
  PLAN_VERSION,
  type ClassPlan,
  type ControlItem,
  type GeneratedItem,
  type Plan,
  type PlannedDonor,
} from './schema';

export interface PlanOptions {
  /** Results that are wanted, at most, as a share of the real films of the split: beyond a quarter they stop helping. */
  readonly ratio: number;
  /** Films that a rare class shall carry in the end; undefined: as many as the least frequent class that is not rare. */
  readonly to: number | undefined;
  /** Items at most; undefined: as many as it takes. */
  readonly limit: number | undefined;
  /** Classes to bring up, in the table's words; undefined: those of the tail. */
  readonly classes: readonly string[] | undefined;
  readonly seed: number;
  readonly policy: LabelPolicy;
  /** Share of the items that would be drawn which borrow a donor's findings in place of that; 0 unless said. */
  readonly swaps?: number;
}
export const DEFAULT_RATIO = 0.25;

/** A film without a file is not planned with. */
export interface PlanInput extends Pick<Matched, 'pathOf' | 'fileOf'> {
  readonly table: FilmTable;
  readonly counts: Counts;
  readonly acceptance: Acceptance;
  /** Results of earlier runs that were accepted, to be made again with other seeds; undefined: that is not asked for. */
  readonly accepted?: readonly AcceptedItem[];
}

/** A result that was accepted, and what it was planned as. */
export interface AcceptedItem {
  readonly id: string;
  readonly item: GeneratedItem;
}

/** @throws NothingToPlanError with the reasons */
export function makePlan(
  { table, counts, pathOf, fileOf, acceptance, ...asked }: PlanInput,
  options: PlanOptions,
): Plan {
  const { accepted = [] } = asked;
  const { policy, seed } = options;
  const split = counts.learnt ?? '';
  const notes: string[] = [];
  /** Why nothing is planned for a class. */
  const reasons: string[] = [];
  if (counts.learnt === undefined)
    notes.push('The table has no split: every film is planned with. Keep results out of what you test on.');
  const unknown: string[] = [];
  const at = [...pathOf.keys()].filter((film) => split === '' || table.films[film]?.split === split);
  const carries = (film: number, name: string): boolean => truthOf(table.labels.get(name)?.[film], policy) === 1;
  const withClass = (name: string): readonly number[] => at.filter((film) => carries(film, name));
  const rare = wantedClasses(counts, options.classes, unknown);
  notes.push(...unknown);
  const real = rare.map(({ name }) => withClass(name).length);
  const shares = rare.map(({ finding }) => acceptance.of(finding));
  const targets = filled(real, {
    cap: options.to ?? leastFrequent(counts, withClass),
    wanted: Math.floor(options.ratio * at.length),
    items: options.limit ?? Number.POSITIVE_INFINITY,
    shares: shares.map(({ share }) => share),
  });
  const clear = clearFilms(table, at, policy);
  const used = new Map<number, number>();
  const atPath = new Map(at.map((film) => [pathOf.get(film) ?? '', film]));
  /** The film is planned with, and so is the donor's, in this part of the split. */
  const isHere = (item: GeneratedItem): boolean =>
    atPath.has(item.film) && (item.how !== 'swap' || atPath.has(item.donor.film));
  const seeds = new Set(accepted.map(({ item }) => workOf(item)));
  const generated: GeneratedItem[] = [];
  const control: ControlItem[] = [];
  const classes: ClassPlan[] = [];
  rare.forEach(({ name, finding }, index) => {
    const random = randomOf(seed * 1000 + index);
    const { share, measuredOn } = shares[index] ?? acceptance.of(finding);
    const [has, target] = [real[index] ?? 0, targets[index] ?? 0];
    const positives = shuffled(withClass(name), random);
    const items = Math.ceil((target - has) / share);
    const about = (film: number): PlannedDonor => ({
      film: pathOf.get(film) ?? '',
      patient: table.films[film]?.patient ?? '',
      split: table.films[film]?.split ?? '',
      source: table.films[film]?.source ?? '',
    });
    const facts = (film: number) => ({ class: name, ...about(film) });
    const planned: GeneratedItem[] = [];
    const plan = (way: Way, film: number, request: string): void => {
      const times = used.get(film) ?? 0;
      used.set(film, times + 1);
      const shows = table.classes.flatMap((each) => (carries(film, each.name) ? [each.name] : []));
      // In the order of the schema, so that plans can be compared line by line.
      const asked = { ...facts(film), finding, shows, request, seed: seed + times };
      const item =
        way.how === 'swap'
          ? ({ arm: 'generated', how: way.how, ...asked, donor: way.donor } as const)
          : ({ arm: 'generated', how: way.how, ...asked } as const);
      planned.push(withFreeSeed(item, seeds));
    };
    const keepable = kept(table, positives, finding, policy);
    const own = shuffled(
      accepted.filter(({ item }) => item.class === name && isHere(item)),
      random,
    );
    const allotment = allotted(items, { keepable: keepable.length, accepted: own.length }, options.swaps ?? 0);
    for (const film of keepable.slice(0, allotment.kept)) plan({ how: 'keep' }, film.at, erasureOf(film.erased));
    for (let number = 0; number < allotment.varied; number++) {
      const { id, item } = own[number % own.length] as AcceptedItem;
      const { rows: _rows, ...again } = item;
      planned.push(withFreeSeed({ ...again, variationOf: item.variationOf ?? id }, seeds));
    }
    const sources = sourcesFor(table, positives, clear, items - planned.length, used, random);
    const swapFrom = sources.films.length - Math.min(allotment.swapped, sources.films.length);
    sources.films.forEach((film, number) => {
      const donor = number < swapFrom ? undefined : donorFor(film, positives, number, table, fileOf);
      if (donor === undefined) plan({ how: 'sketch' }, film, requestOf(finding, random));
      else plan({ how: 'swap', donor: about(donor) }, film, borrowedWords(finding));
    });
    for (const source of sources.missing)
      notes.push(`${name}: there is no clear film of the source “${source}”; what was due from it is not planned.`);
    if (positives.length > 0)
      planned.forEach((_, number) => {
        control.push({ arm: 'control', ...facts(positives[number % positives.length] as number) });
      });
    if (planned.length === 0)
      reasons.push(
        items > 0
          ? `${name}: there is no clear film to draw into`
          : `${name}: ${String(has)} films carry it, and no more are wanted or fit into the limit`,
      );
    generated.push(...planned);
    classes.push({
      name,
      finding,
      real: has,
      target,
      items: planned.length,
      acceptance: share,
      measuredOn,
      expected: Number((planned.length * share).toFixed(1)),
    });
  });
  if (generated.length === 0) throw new NothingToPlanError(rare.length === 0 ? unknown : reasons);
  if (asked.accepted !== undefined && !generated.some(({ variationOf }) => variationOf !== undefined))
    notes.push(`No earlier result is made again: ${whyNoneAgain(accepted, rare, isHere)}.`);
  if ((options.swaps ?? 0) > 0 && !generated.some(({ how }) => how === 'swap'))
    notes.push(
      'Nothing is borrowed: no other patient shows what is planned, or too few items are drawn for one to be.',
    );
  return {
    header: {
      format: 'counterpart-plan',
      version: PLAN_VERSION,
      table: { names: [...table.names], dialect: table.dialect, films: table.films.length },
      options: { split, ratio: options.ratio, seed, uncertain: policy.uncertain, blank: policy.blank },
      classes,
      secondsAnItem: acceptance.secondsAnItem,
      notes,
    },
    // A film is opened once for all that is made of it.
    generated: generated.sort((one, other) => compare(one.film, other.film) || compare(one.class, other.class)),
    control,
  };
}

function whyNoneAgain(
  accepted: readonly AcceptedItem[],
  rare: readonly Rare[],
  isHere: (item: GeneratedItem) => boolean,
): string {
  if (accepted.length === 0) return 'no result of the earlier runs was accepted, or they were not of a plan';
  const planned = accepted.filter(({ item }) => rare.some(({ name }) => name === item.class));
  if (planned.length === 0) {
    const classes = [...new Set(accepted.map(({ item }) => item.class))];
    return `what was accepted is of classes that are not planned for (${classes.join(', ')})`;
  }
  return planned.some(({ item }) => isHere(item))
    ? 'a quarter of so few items is none'
    : 'the films that they were made from are not among those planned with';
}

type Way = { readonly how: 'sketch' | 'keep' } | { readonly how: 'swap'; readonly donor: PlannedDonor };

/** What tells one piece of work from another. */
function workOf(item: GeneratedItem): string {
  return JSON.stringify([item.film, item.request, item.seed, item.how === 'swap' ? item.donor.film : '']);
}

/** The first seed from its own on with which nobody has made the same; it is then taken. */
function withFreeSeed(item: GeneratedItem, taken: Set<string>): GeneratedItem {
  let free = item;
  while (taken.has(workOf(free))) free = { ...free, seed: free.seed + 1 };
  taken.add(workOf(free));
  return free;
}

/** A film that shows the class, of another patient (without one: of another file), of the recipient's source where there is one; each in its turn. */
function donorFor(
  recipient: number,
  positives: readonly number[],
  turn: number,
  { films }: Pick<FilmTable, 'films'>,
  fileOf: ReadonlyMap<number, string>,
): number | undefined {
  const ownerOf = (film: number): string => {
    const { patient = '' } = films[film] ?? {};
    return patient === '' ? `file ${fileOf.get(film) ?? ''}` : patient;
  };
  const [owner, source] = [ownerOf(recipient), films[recipient]?.source ?? ''];
  const others = positives.filter((film) => film !== recipient && ownerOf(film) !== owner);
  const alike = others.filter((film) => (films[film]?.source ?? '') === source);
  const donors = alike.length > 0 ? alike : others;
  return donors.length === 0 ? undefined : donors[turn % donors.length];
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Rare = Pick<ClassCount, 'name'> & { readonly finding: Finding };

function wantedClasses(counts: Counts, named: readonly string[] | undefined, notes: string[]): readonly Rare[] {
  const wanted =
    named === undefined
      ? counts.classes.filter(({ group }) => group === 'tail')
      : named.flatMap((name) => {
          const found = counts.classes.find((each) => each.name.toLowerCase() === name.toLowerCase());
          if (found === undefined) notes.push(noClass(name, counts));
          return found ?? [];
        });
  return wanted.flatMap(({ name, finding }) => {
    if (finding !== undefined && DRAWN_FINDINGS.includes(finding)) return [{ name, finding }];
    notes.push(`${name}: this release cannot make it.`);
    return [];
  });
}

function noClass(name: string, { classes }: Counts): string {
  const names = classes.map((each) => each.name);
  const meant = nameMeant(name, names);
  const instead = meant === undefined ? `It has: ${names.join(', ')}.` : `Did you mean “${meant}”?`;
  return `The table has no class “${name}”. ${instead}`;
}

function leastFrequent(counts: Counts, withClass: (name: string) => readonly number[]): number {
  const frequent = counts.classes.filter(({ group }) => group === 'mid' || group === 'head');
  return Math.min(...frequent.map(({ name }) => withClass(name).length), Number.MAX_SAFE_INTEGER);
}

/** Films known to show nothing: labelled so, or with every label that there is known to be absent. By source. */
function clearFilms(
  table: FilmTable,
  at: readonly number[],
  policy: LabelPolicy,
): ReadonlyMap<string, readonly number[]> {
  const normal = table.classes.filter(({ finding }) => finding === 'no_finding').map(({ name }) => name);
  const others = table.classes.filter(({ finding }) => finding !== 'no_finding').map(({ name }) => name);
  const truth = (film: number, name: string) => truthOf(table.labels.get(name)?.[film], policy);
  const bySource = new Map<string, number[]>();
  for (const film of at) {
    if (others.some((name) => truth(film, name) === 1)) continue;
    const isClear =
      normal.length > 0
        ? normal.some((name) => truth(film, name) === 1)
        : others.length > 0 && others.every((name) => truth(film, name) === 0);
    if (!isClear) continue;
    const source = table.films[film]?.source ?? '';
    bySource.set(source, [...(bySource.get(source) ?? []), film]);
  }
  return bySource;
}

/** Films that show the rare finding, not itself opacity, together with opacity that can go. */
function kept(
  table: FilmTable,
  positives: readonly number[],
  finding: Finding,
  policy: LabelPolicy,
): readonly { readonly at: number; readonly erased: readonly Finding[] }[] {
  if (knowledgeOf(finding).opacityLike) return [];
  const opacities = table.classes.flatMap((each) =>
    each.finding !== undefined && knowledgeOf(each.finding).opacityLike
      ? [{ name: each.name, finding: each.finding }]
      : [],
  );
  return positives.flatMap((at) => {
    const erased = opacities.filter(({ name }) => truthOf(table.labels.get(name)?.[at], policy) === 1);
    return erased.length === 0 ? [] : [{ at, erased: [...new Set(erased.map((each) => each.finding))] }];
  });
}

/**
 * Clear films of the sources in which the class is found, in the same proportions, so that a source does not come to tell the
 * class; those first that were used least.
 */
function sourcesFor(
  table: FilmTable,
  positives: readonly number[],
  clear: ReadonlyMap<string, readonly number[]>,
  wanted: number,
  used: ReadonlyMap<number, number>,
  random: () => number,
): { readonly films: readonly number[]; readonly missing: readonly string[] } {
  const shares = new Map<string, number>();
  for (const film of positives) {
    const source = table.films[film]?.source ?? '';
    shares.set(source, (shares.get(source) ?? 0) + 1);
  }
  // A class that nobody has yet may come from anywhere.
  if (shares.size === 0) for (const [source, films] of clear) shares.set(source, films.length);
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const missing = [...shares.keys()].filter((source) => !clear.has(source));
  let [due, given] = [0, 0];
  const films = [...shares].flatMap(([source, share]) => {
    due += (wanted * share) / total;
    const quota = Math.round(due) - given;
    given += quota;
    const own = shuffled(clear.get(source) ?? [], random).sort(
      (one, other) => (used.get(one) ?? 0) - (used.get(other) ?? 0),
    );
    return own.length === 0 ? [] : Array.from({ length: quota }, (_, index) => own[index % own.length] as number);
  });
  return { films, missing };
}
