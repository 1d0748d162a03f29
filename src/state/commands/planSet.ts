/** A data set out of its tables, and the plan of what would rebalance it. */

import { countsOf, type LabelPolicy } from '../../dataset/counts';
import type { FilmTable, TableProblem } from '../../dataset/filmTable';
import { matchFiles, type Matched } from '../../dataset/match';
import { openTables } from '../../dataset/openTable';
import { acceptanceFrom } from '../../dataset/plan/acceptance';
import { makePlan, type PlanInput } from '../../dataset/plan/makePlan';
import type { Plan } from '../../dataset/plan/schema';
import { withTables } from '../../dataset/plan/withTables';
import { sourceOfBytes, type TableSource } from '../../dataset/table/text';
import type { OpenedSet } from '../slices/surface';

export interface ReadSet {
  readonly table: FilmTable;
  readonly matched: Matched;
  readonly sources: readonly TableSource[];
  /** Of the tables, and of films and files that do not meet. */
  readonly problems: readonly TableProblem[];
}

/** @throws TableUnknownError, TableBrokenError, TableEmptyError, TablePartMissingError */
export async function readSet({ tables, films }: OpenedSet): Promise<ReadSet> {
  const sources = await Promise.all(tables.map(async ({ name, bytes }) => sourceOfBytes(name, await bytes())));
  const table = await openTables(sources);
  const matched = matchFiles(table.films, pathsOf(films.map(({ name, path = name }) => path)));
  return { table, matched, sources, problems: [...table.problems, ...(films.length === 0 ? [] : matched.problems)] };
}

/** As the command line sees them that is given the folder: without the folder itself, where there is one. */
export function pathsOf(paths: readonly string[]): readonly string[] {
  const top = paths[0]?.split('/', 1)[0] ?? '';
  return paths.every((path) => path.startsWith(`${top}/`)) ? paths.map((path) => path.slice(top.length + 1)) : paths;
}

/** @throws NothingToPlanError */
export function planned(
  { table, matched }: ReadSet,
  policy: LabelPolicy,
  { ratio, swaps, accepted = [] }: { readonly ratio: number; readonly swaps: number } & Pick<PlanInput, 'accepted'>,
): Plan {
  return makePlan(
    { ...matched, table, counts: countsOf(table, policy), acceptance: acceptanceFrom(new Map()), accepted },
    { ratio, to: undefined, limit: undefined, classes: undefined, seed: 1, policy, swaps },
  );
}

/** The plan as it is kept: with the rows of its films, so that an export can speak as the tables do. */
export function completed(plan: Plan, { table, matched, sources }: ReadSet): Promise<Plan> {
  return withTables(plan, table, matched.pathOf, sources);
}
