/** The table: a row a result, file_name first as Hugging Face and others read it; a file a part of the split. */

import { csvOf } from '../../dataset/csv';
import type { Row } from '../row';
import type { WrittenItem } from '../writer';
import type { Writer } from '../writer';
import { typeOf } from './columnTypes';

export const TABLE = 'metadata.csv';

export const metadata: Writer = {
  id: 'metadata',
  extension: 'csv',
  about: 'the table (metadata.csv); always written',
  begin: () => ({
    async finish({ items }, sink) {
      const columns = columnsOf(items);
      const texts = columns.filter(
        (column) => typeOf(column) === 'sc:Text' && !isOfFiles(column) && items.some(({ row }) => isSaid(row, column)),
      );
      for (const [folder, own] of byFolder(items)) {
        const silent = new Set(texts.filter((column) => !own.some(({ row }) => isSaid(row, column))));
        await sink.text(folder + TABLE, tableOf(columns, own, silent));
      }
    },
  }),
};

/** The same in every part; those of files come first. */
export function columnsOf(items: readonly WrittenItem[]): readonly string[] {
  const files = new Set<string>();
  const facts = new Set<string>();
  for (const { row } of items) {
    for (const column of Object.keys(row)) (isOfFiles(column) ? files : facts).add(column);
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

/** Loaders look for the file that a cell of these names, so that a word in place of a blank would be a file that is not there. */
const isOfFiles = (column: string): boolean => column.endsWith('file_name');
const isSaid = (row: Row, column: string): boolean => (row[column] ?? '') !== '';

/** In a column of text that is blank throughout one part and not in another. */
const NONE = 'none';

/**
 * Hugging Face's loader guesses each column's type from each part's own table and refuses parts that differ, whatever the card
 * states: so numbers are written alike ("1.0", as a blank elsewhere makes them), and a column of text is of text in every part.
 * @param silent columns of text that are blank in all of these rows and not in another part
 */
function tableOf(
  columns: readonly string[],
  items: readonly { readonly row: Row }[],
  silent: ReadonlySet<string>,
): string {
  const cell = (row: Row, column: string): string => {
    const value = row[column] ?? '';
    if (silent.has(column)) return NONE;
    return typeOf(column) === 'sc:Float' && /^-?\d+$/.test(value) ? `${value}.0` : value;
  };
  return csvOf([columns, ...items.map(({ row }) => columns.map((column) => cell(row, column)))]);
}
