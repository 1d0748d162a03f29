/** The labels of a row, by where a dialect keeps them. */

import type { Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/dataset';
import { findingNamed, nameMeant, SPELT } from '../dialects/classNames';
import { columnKey, type Labels } from '../dialects/dialect';
import { LABEL, type Label } from '../filmTable';

/** @param at the number of the class, as `Declare` gave it */
type Set = (at: number, label: Label) => void;
/** @returns its number; the same for the same name */
type Declare = (name: string, finding: Finding | undefined) => number;
/** Told once of each name that is one slip away from that of a class. */
type Misspelt = (remark: string) => void;

export interface LabelReader {
  /** What is not said is not there. */
  readonly complete: boolean;
  read(cells: readonly string[], file: string, set: Set, unreadable: () => void): void;
  finish(set: (at: number, file: string, label: Label) => void): void;
}

/**
 * @param written columns as the table writes them @param columns as `columnKey` does
 * @param declare is told of each class before it is set
 * @param misspelt is told of names that nobody knows and that are nearly one that is known
 */
export function labelReader(
  labels: Labels,
  written: readonly string[],
  columns: readonly string[],
  declare: Declare,
  misspelt: Misspelt,
): LabelReader {
  switch (labels.kind) {
    case 'columns':
      return ofColumns(labels, written, columns, declare, misspelt);
    case 'list':
      return ofList(labels, columns, declare, misspelt);
    case 'marks':
      return ofMarks(labels, columns, declare, misspelt);
    case 'flag':
      return ofFlag(labels, columns, declare);
    case 'none':
      return { complete: false, read: () => undefined, finish: () => undefined };
  }
}

type Kind<K extends Labels['kind']> = Extract<Labels, { kind: K }>;

/** As pandas and spreadsheets write them. */
const VALUES: ReadonlyMap<string, Label> = new Map([
  ['1', LABEL.positive],
  ['1.0', LABEL.positive],
  ['1,0', LABEL.positive],
  ['true', LABEL.positive],
  ['yes', LABEL.positive],
  ['0', LABEL.negative],
  ['0.0', LABEL.negative],
  ['0,0', LABEL.negative],
  ['false', LABEL.negative],
  ['no', LABEL.negative],
  ['-1', LABEL.uncertain],
  ['-1.0', LABEL.uncertain],
  ['-1,0', LABEL.uncertain],
  ['', LABEL.blank],
  ['nan', LABEL.blank],
]);

function ofColumns(
  { classes }: Kind<'columns'>,
  written: readonly string[],
  columns: readonly string[],
  declare: Declare,
  misspelt: Misspelt,
): LabelReader {
  const wanted = classes === undefined ? undefined : new Set(Object.keys(classes).map(columnKey));
  const at = columns.flatMap((column, index) => {
    const name = written[index] ?? column;
    const isClass = wanted === undefined ? findingNamed(name) !== undefined : wanted.has(column);
    if (!isClass) remarkOn(name, Object.keys(classes ?? {}), misspelt);
    return isClass ? [{ index, number: declare(name, findingNamed(name)) }] : [];
  });
  return {
    complete: false,
    read(cells, _, set, unreadable) {
      for (const { index, number } of at) {
        const cell = cells[index] ?? '';
        const label = VALUES.get(cell) ?? VALUES.get(cell.toLowerCase());
        if (label === undefined) unreadable();
        else if (label !== LABEL.blank) set(number, label);
      }
    },
    finish: () => undefined,
  };
}

function remarkOn(name: string, classes: readonly string[], misspelt: Misspelt): void {
  const meant = nameMeant(name, classes.length > 0 ? classes : SPELT);
  if (meant !== undefined) misspelt(say.didYouMean({ name, meant }));
}

/** The number of the class that a term of a list stands for, in the spelling of the dialect. */
function speller(
  classes: Readonly<Record<string, Finding | undefined>>,
  declare: Declare,
  misspelt: Misspelt,
): (term: string) => number {
  const known = new Map(
    Object.entries(classes).map(([name, finding]) => [columnKey(name), declare(name, finding)] as const),
  );
  const seen = new Map<string, number>();
  return (term) => {
    const number = seen.get(term) ?? known.get(columnKey(term)) ?? declare(term, findingNamed(term));
    if (!seen.has(term) && !known.has(columnKey(term)) && findingNamed(term) === undefined)
      remarkOn(term, [...Object.keys(classes), ...SPELT], misspelt);
    seen.set(term, number);
    return number;
  };
}

function ofList(
  { columns: from, separator, classes }: Kind<'list'>,
  columns: readonly string[],
  declare: Declare,
  misspelt: Misspelt,
): LabelReader {
  const index = columns.indexOf(from.find((column) => columns.includes(column)) ?? '');
  const spelt = speller(classes, declare, misspelt);
  return {
    complete: true,
    read(cells, _, set) {
      for (const part of (cells[index] ?? '').split(separator)) {
        const term = part
          .trim()
          .replaceAll(/^['"]|['"]$/g, '')
          .trim();
        if (term !== '') set(spelt(term), LABEL.positive);
      }
    },
    finish: () => undefined,
  };
}

/** Of several radiologists two must agree; a mark of one alone is uncertain. */
function ofMarks(
  { column, reader, classes }: Kind<'marks'>,
  columns: readonly string[],
  declare: Declare,
  misspelt: Misspelt,
): LabelReader {
  const index = columns.indexOf(column);
  const by = reader === undefined ? -1 : columns.indexOf(reader);
  const spelt = speller(classes, declare, misspelt);
  const readers = new Map<string, globalThis.Set<string>>();
  const marks = new Map<string, Map<number, globalThis.Set<string>>>();
  return {
    complete: true,
    read(cells, file) {
      const number = spelt(cells[index] ?? '');
      const who = cells[by] ?? '';
      entry(readers, file, () => new Set<string>()).add(who);
      const ofFilm = entry(marks, file, () => new Map<number, globalThis.Set<string>>());
      entry(ofFilm, number, () => new Set<string>()).add(who);
    },
    finish(set) {
      for (const [file, ofFilm] of marks)
        for (const [number, who] of ofFilm) {
          const alone = (readers.get(file)?.size ?? 1) > 1 && who.size < 2;
          set(number, file, alone ? LABEL.uncertain : LABEL.positive);
        }
    },
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function ofFlag(
  { column, name, finding, negative }: Kind<'flag'>,
  columns: readonly string[],
  declare: Declare,
): LabelReader {
  const index = columns.indexOf(column);
  const number = declare(name, finding);
  return {
    complete: false,
    read(cells, _, set, unreadable) {
      const cell = cells[index] ?? '';
      if (cell === '') unreadable();
      else set(number, negative.test(cell) ? LABEL.negative : LABEL.positive);
    },
    finish: () => undefined,
  };
}
