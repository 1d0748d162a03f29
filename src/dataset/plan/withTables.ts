/** A plan that also carries what the tables say of its films, so that results can be told in the same columns. */

import type { FilmTable } from '../filmTable';
import { carriedRows } from '../table/carry';
import type { TableSource } from '../table/text';
import type { Plan } from './schema';

/** @param pathOf the file of each film, as the plan was made with @throws TableBrokenError, TableEmptyError */
export async function withTables(
  plan: Plan,
  { films }: Pick<FilmTable, 'films'>,
  pathOf: ReadonlyMap<number, string>,
  sources: readonly TableSource[],
): Promise<Plan> {
  const planned = new Set(plan.generated.map(({ film }) => film));
  const named = new Map(
    [...pathOf].flatMap(([at, path]) => {
      const film = films[at];
      return film === undefined || !planned.has(path) ? [] : [[path, film.file] as const];
    }),
  );
  const { tables, rowsOf } = await carriedRows(sources, new Set(named.values()));
  return {
    ...plan,
    header: { ...plan.header, tables: tables.map((table) => ({ ...table, columns: [...table.columns] })) },
    generated: plan.generated.map((item) => ({
      ...item,
      rows: (rowsOf.get(named.get(item.film) ?? '') ?? []).map(([table, cells]) => [table, [...cells]]),
    })),
  };
}
