/** The table: a row a result, file_name first as Hugging Face and others read it; a file a part of the split. */

import { csvOf } from '../../dataset/csv';
import type { Row } from '../row';
import type { WrittenItem } from '../writer';
import type { Writer } from '../writer';

export const TABLE = 'metadata.csv';

export const metadata: Writer = {
  id: 'metadata',
  extension: 'csv',
  about: 'the table (metadata.csv); always written',
  begin: () => ({
    async finish({ items }, sink) {
      const columns = columnsOf(items);
      for (const [folder, own] of byFolder(items)) await sink.text(folder + TABLE, tableOf(columns, own));
    },
  }),
};

/** The same in every part; those of files come first. */
export function columnsOf(items: readonly WrittenItem[]): readonly string[] {
  const files = new Set<string>();
  const facts = new Set<string>();
  for (const { row } of items) {
    for (const column of Object.keys(row)) (column.endsWith('file_name') ? files : facts).add(column);
  }
  return [...[...files].sort((a, b) => Number(b === 'file_name') - Number(a === 'file_name')), ...facts];
}

export function byFolder(items: readonly WrittenItem[]): ReadonlyMap<string, readonly WrittenItem[]> {
  const parts = new Map<string, WrittenItem[]>();
  for (const item of items) {
    const part = parts.get(item.folder);
    if (part === undefined) parts.set(item.folder, [item]);
    else part.push(item);
  }
  return parts;
}

function tableOf(columns: readonly string[], items: readonly { readonly row: Row }[]): string {
  return csvOf([columns, ...items.map(({ row }) => columns.map((column) => row[column] ?? ''))]);
}
