/** Films and what a table says of each: the same whatever dialect it came in. */

import type { Finding } from '../findings/vocabulary';

/** In this order, so that of several rows about one film the greater holds. */
export const LABEL = { blank: 0, negative: 1, uncertain: 2, positive: 3 } as const;
export type Label = (typeof LABEL)[keyof typeof LABEL];

export interface Film {
  /** As the table names it: a path, or the name of a file with or without its ending. */
  readonly file: string;
  /** '' where the table does not say. */
  readonly patient: string;
  readonly split: string;
  readonly source: string;
  /** The row that named it first, from 1. */
  readonly row: number;
}

export interface LabelClass {
  /** In the table's own words. */
  readonly name: string;
  /** Undefined: a class that this release does not know. */
  readonly finding: Finding | undefined;
}

export interface FilmTable {
  /** The names of the files that were read. */
  readonly names: readonly string[];
  /** Of the dialect. */
  readonly dialect: string;
  readonly title: string;
  readonly films: readonly Film[];
  readonly classes: readonly LabelClass[];
  /** A label a film, for each class by its name. */
  readonly labels: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly TableProblem[];
}

export type ProblemKind =
  | 'row-without-file'
  | 'row-ragged'
  | 'duplicate-row'
  | 'contradicting-rows'
  | 'two-patients'
  | 'patient-in-two-splits'
  | 'split-missing'
  | 'label-unreadable'
  | 'class-misspelt'
  | 'view-left-out'
  | 'study-without-film'
  | 'film-without-labels'
  | 'film-without-file'
  | 'file-without-row'
  | 'file-twice';

/** What was found wrong, counted, with the first few named. */
export interface TableProblem {
  readonly kind: ProblemKind;
  readonly count: number;
  /** At most `EXAMPLES` of them. */
  readonly examples: readonly string[];
}

export const EXAMPLES = 5;

/** Counts problems by kind and keeps the first few names of each. */
export class Problems {
  readonly #found = new Map<ProblemKind, { count: number; examples: string[] }>();

  add(kind: ProblemKind, example: string): void {
    const found = this.#found.get(kind) ?? { count: 0, examples: [] };
    found.count++;
    if (found.examples.length < EXAMPLES) found.examples.push(example);
    this.#found.set(kind, found);
  }

  list(): readonly TableProblem[] {
    return [...this.#found].map(([kind, { count, examples }]) => ({ kind, count, examples }));
  }
}

export function labelAt(table: Pick<FilmTable, 'labels'>, name: string, film: number): Label {
  return (table.labels.get(name)?.[film] ?? LABEL.blank) as Label;
}
