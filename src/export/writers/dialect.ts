/** Results in the columns of the tables that their films came in, a file a table, so that what reads those tables reads these. */

import { partsOf } from '../../counterfactual/parts';
import { csvOf } from '../../dataset/csv';
import { rowsOfResult, type Told } from '../../dataset/dialects/tell';
import { boxesOf, findingsShown } from '../annotations';
import type { LoadedItem, TableRows } from '../item';
import { labelsIn } from '../row';
import type { Writer } from '../writer';

type Waiting = Omit<Told, 'path'> & { readonly tables: readonly TableRows[] };

export const dialect: Writer = {
  id: 'dialect',
  extension: 'csv',
  about: 'of a plan: the tables that the films came in, in their own columns (tables/)',
  needs: ({ mask }) => mask(),
  begin() {
    const waiting: Waiting[] = [];
    return {
      async write(item) {
        const { tables = [], id, split, row, mask } = item;
        if (tables.length > 0)
          waiting.push({
            tables,
            id,
            split,
            labels: labelsOf(item),
            boxes: findingsShown(row).length === 0 ? [] : boxesOf(await mask()),
          });
        return {};
      },
      async finish({ items }, sink) {
        const paths = new Map(items.map(({ id, row }) => [id, row['path'] ?? '']));
        const lines = new Map<string, (readonly string[])[]>();
        for (const each of waiting) {
          const path = paths.get(each.id);
          if (path === undefined) continue;
          for (const { table, rows } of each.tables) {
            const name = `tables/${table.name.replace(/\.\w+$/, '')}.csv`;
            const all = lines.get(name) ?? [table.columns];
            lines.set(name, all);
            all.push(...rowsOfResult(table, rows, { ...each, path }));
          }
        }
        for (const [name, rows] of lines) await sink.text(name, csvOf(rows));
      },
    };
  },
};

/** What changed is as the second reader says; what was to stay is as the table says, unless the receipt doubts the result. */
function labelsOf({ row, recipe }: Pick<LoadedItem, 'row' | 'recipe'>): Told['labels'] {
  const known = labelsIn(row);
  const asked = new Set(partsOf(recipe.edit).map(({ finding }) => finding));
  return (finding) => known[finding] ?? (asked.has(finding) || row['receipt'] === 'red' ? 'unknown' : undefined);
}
