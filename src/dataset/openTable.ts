/** Opens the tables of a data set, each in its own dialect, and joins what belongs together. */

import { TableEmptyError, TablePartMissingError } from './errors';
import {
  LABEL,
  Problems,
  type Film,
  type FilmTable,
  type Label,
  type LabelClass,
  type TableProblem,
} from './filmTable';
import { TableAccumulator, type Condition } from './table/accumulate';
import { readRows } from './table/rows';
import type { TableSource } from './table/text';

/**
 * Tables that name films go one after the other; tables of studies and splits add to them.
 * @throws TableUnknownError, TableBrokenError, TableEmptyError, TablePartMissingError
 */
export async function openTables(
  sources: readonly TableSource[],
  where: readonly Condition[] = [],
): Promise<FilmTable> {
  const read: TableAccumulator[] = [];
  for (const source of sources) read.push(await readRows(source, () => new TableAccumulator(source.name, where)));
  const bases = read.filter(({ dialect }) => dialect?.role === 'films');
  const others = read.filter(({ dialect }) => dialect?.role !== 'films');
  const [orphan] = others;
  if (bases.length === 0 && orphan?.dialect !== undefined)
    throw new TablePartMissingError(
      orphan.name,
      orphan.dialect.title,
      orphan.dialect.partner ?? 'the table of its films',
    );
  const [first] = bases;
  if (first?.dialect === undefined || bases.every(({ films }) => films.length === 0))
    throw new TableEmptyError(sources.map(({ name }) => name).join(', '));
  const problems = new Problems();
  const joined = joinedOf(bases, others, problems);
  checkPatients(joined.films, problems);
  return {
    names: sources.map(({ name }) => name),
    dialect: first.dialect.id,
    title: first.dialect.title,
    ...joined,
    problems: merged([...read.map((each) => each.problems.list()), problems.list()]),
  };
}

type Joined = Pick<FilmTable, 'films' | 'classes' | 'labels'>;

interface Finished extends Joined {
  readonly studies: readonly string[];
  readonly labelled: boolean;
  readonly byKey: ReadonlyMap<string, number>;
}

function finished(accumulator: TableAccumulator): Finished {
  const { films, studies, dialect } = accumulator;
  return {
    films,
    studies,
    labelled: dialect?.labels.kind !== 'none',
    ...accumulator.finish(),
    byKey: dialect?.role === 'films' ? new Map() : new Map(films.map(({ file }, at) => [file, at])),
  };
}

function joinedOf(bases: readonly TableAccumulator[], others: readonly TableAccumulator[], problems: Problems): Joined {
  const parts = bases.map(finished);
  const studies = others.filter(({ dialect }) => dialect?.role === 'studies').map(finished);
  const facts = others.filter(({ dialect }) => dialect?.role === 'facts').map(finished);
  const classes = new Map<string, LabelClass>();
  for (const { classes: own } of [...parts, ...studies]) for (const each of own) classes.set(each.name, each);
  const total = parts.reduce((sum, { films }) => sum + films.length, 0);
  const labels = new Map([...classes.keys()].map((name) => [name, new Uint8Array(total)] as const));
  const films: Film[] = [];
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const part of parts)
    part.films.forEach((film, index) => {
      if (seen.has(film.file)) {
        problems.add('duplicate-row', film.file);
        return;
      }
      seen.add(film.file);
      const at = films.length;
      const put = (from: Finished, row: number): void => {
        for (const [name, column] of from.labels) raise(labels.get(name), at, (column[row] ?? 0) as Label);
      };
      put(part, index);
      const study = part.studies[index] ?? '';
      let labelled = part.labelled;
      for (const table of studies) {
        const row = table.byKey.get(study);
        if (row === undefined) continue;
        used.add(study);
        labelled = true;
        put(table, row);
      }
      if (!labelled) problems.add('film-without-labels', film.file);
      const split = facts.flatMap(
        ({ byKey, films: known }) => known[byKey.get(keyOf(film.file)) ?? byKey.get(film.file) ?? -1]?.split ?? [],
      );
      films.push({ ...film, split: split[0] ?? film.split });
    });
  for (const { films: rows } of studies)
    for (const { file } of rows) if (!used.has(file)) problems.add('study-without-film', file);
  return {
    films,
    classes: [...classes.values()],
    labels: new Map([...labels].map(([name, column]) => [name, column.subarray(0, films.length)] as const)),
  };
}

/** CXR-LT names a path that ends in the key, with an ending. */
function keyOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:jpe?g|png|tiff?|webp|bmp|dcm)$/i, '');
}

function raise(column: Uint8Array | undefined, at: number, label: Label): void {
  if (column !== undefined && label > (column[at] ?? LABEL.blank)) column[at] = label;
}

function checkPatients(films: readonly Film[], problems: Problems): void {
  const splitOf = new Map<string, string>();
  const told = new Set<string>();
  const anySplit = films.some(({ split }) => split !== '');
  for (const { file, patient, split } of films) {
    if (anySplit && split === '') problems.add('split-missing', file);
    if (patient === '' || split === '') continue;
    const before = splitOf.get(patient);
    splitOf.set(patient, before ?? split);
    if (before === undefined || before === split || told.has(patient)) continue;
    told.add(patient);
    problems.add('patient-in-two-splits', `${patient}: ${before} and ${split}`);
  }
  if (!anySplit) problems.add('split-missing', 'every film');
}

function merged(lists: readonly (readonly TableProblem[])[]): readonly TableProblem[] {
  const all = new Map<TableProblem['kind'], TableProblem>();
  for (const problem of lists.flat()) {
    const before = all.get(problem.kind);
    all.set(problem.kind, {
      kind: problem.kind,
      count: problem.count + (before?.count ?? 0),
      examples: [...(before?.examples ?? []), ...problem.examples].slice(0, 5),
    });
  }
  return [...all.values()];
}
