/** What the tables of a data set say of some of its films, row by row as it stands there, so that results can be told in the same columns. */

import { columnKey, type Dialect, type From } from '../dialects/dialect';
import { dialectOf } from '../dialects';
import { readRows, type RowReader } from './rows';
import type { TableSource } from './text';

export interface CarriedTable {
  readonly name: string;
  /** Of the dialect. */
  readonly dialect: string;
  /** As written. */
  readonly columns: readonly string[];
}

/** A row of the table with that number. */
export type CarriedRow = readonly [table: number, cells: readonly string[]];

export interface Carried {
  readonly tables: readonly CarriedTable[];
  /** By the film as the tables name it. */
  readonly rowsOf: ReadonlyMap<string, readonly CarriedRow[]>;
}

/**
 * Reads the tables once more: only rows about the films are kept, so that a table of any size fits.
 * @param films as the tables name them @throws TableBrokenError, TableEmptyError
 */
export async function carriedRows(sources: readonly TableSource[], films: ReadonlySet<string>): Promise<Carried> {
  const known: { readonly source: TableSource; readonly columns: readonly string[]; readonly dialect: Dialect }[] = [];
  for (const source of sources) {
    const { columns } = await readRows(source, () => new HeaderReader());
    const dialect = dialectOf(new Set(columns.map(columnKey)));
    // A list of names has no columns to be told in.
    if (dialect !== undefined) known.push({ source, columns, dialect });
  }
  const rowsOf = new Map<string, CarriedRow[]>();
  const filmsOf = new Map<string, string[]>();
  // Tables of films first: they say to which study a film belongs.
  const ordered = known
    .map((each, table) => ({ ...each, table }))
    .sort((one, other) => Number(other.dialect.role === 'films') - Number(one.dialect.role === 'films'));
  for (const { source, columns, dialect, table } of ordered) {
    const file = cellOf(columns, dialect.file);
    const study = cellOf(columns, dialect.study);
    await readRows(
      source,
      () =>
        new KeptRows((cells) => {
          const key = file(cells).replaceAll('\\', '/');
          if (dialect.role === 'films' && films.has(key) && study(cells) !== '') add(filmsOf, study(cells), key);
          const about = dialect.role === 'studies' ? (filmsOf.get(key) ?? []) : films.has(key) ? [key] : [];
          for (const film of about) add(rowsOf, film, [table, cells] as const);
        }),
    );
  }
  return {
    tables: known.map(({ source, columns, dialect }) => ({ name: source.name, dialect: dialect.id, columns })),
    rowsOf,
  };
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const all = map.get(key);
  if (all === undefined) map.set(key, [value]);
  else all.push(value);
}

export function cellOf(columns: readonly string[], from: From | undefined): (cells: readonly string[]) => string {
  const index = columnOf(columns, from);
  return (cells) =>
    from?.pattern === undefined ? (cells[index] ?? '') : (from.pattern.exec(cells[index] ?? '')?.[1] ?? '');
}

/** -1: the table has none. */
export function columnOf(columns: readonly string[], from: From | undefined): number {
  const keys = columns.map(columnKey);
  return (from?.columns ?? []).map((column) => keys.indexOf(column)).find((at) => at >= 0) ?? -1;
}

class HeaderReader implements RowReader {
  columns: readonly string[] = [];
  header(columns: readonly string[]): void {
    this.columns = columns;
  }
  row(): void {
    return undefined;
  }
}

class KeptRows implements RowReader {
  constructor(private readonly take: (cells: readonly string[]) => void) {}
  header(): void {
    return undefined;
  }
  row(cells: readonly string[]): void {
    this.take(cells);
  }
}
