/** The table of black boxes: which rectangles of which files are covered. */

import type { Box } from '../../imaging/box';
import { rowsOf } from '../../dataset/csv';
import { OptionInvalidError } from '../errors';

export const COLUMNS = ['file', 'x', 'y', 'width', 'height'] as const;

export interface BoxRow {
  /** A path relative to the folder, or a pattern of paths. */
  readonly file: string;
  readonly box: Box;
}

/**
 * One box a row: file, and x, y, width and height in pixels, x and y from 0 at the top left of the picture as it is stored.
 * @throws OptionInvalidError that names the row
 */
export function boxesIn(text: string, path: string): readonly BoxRow[] {
  const rows = rowsOf(text);
  const refuse = (reason: string): never => {
    throw new OptionInvalidError(
      `--boxes ${path}: ${reason}.`,
      'Write a table with the columns file, x, y, width and height, in whole pixels.',
    );
  };
  const [first] = rows;
  if (first === undefined) return refuse('it has no row');
  for (const column of COLUMNS) if (first[column] === undefined) refuse(`it has no column ${column}`);
  return rows.map((row, index) => {
    const number = (column: 'x' | 'y' | 'width' | 'height'): number => {
      const value = row[column]?.trim() ?? '';
      const least = column === 'x' || column === 'y' ? 0 : 1;
      if (!/^\d{1,6}$/.test(value) || Number(value) < least)
        refuse(`row ${String(index + 1)} has “${value}” for ${column}, and not a whole number from ${String(least)}`);
      return Number(value);
    };
    const file = row['file']?.trim() ?? '';
    if (file === '') refuse(`row ${String(index + 1)} names no file`);
    return { file, box: { x: number('x'), y: number('y'), width: number('width'), height: number('height') } };
  });
}

/**
 * Whether a row is meant for a file. `*` stands for anything within a name, `**` for anything (of whole folders: also for none), `?` for
 * one character of a name; a row without a slash is compared with the name of the file alone, in whatever folder it lies.
 * @param source relative to the folder, with forward slashes
 */
export function isMeant({ file }: BoxRow, source: string): boolean {
  const name = file.includes('/') ? source : source.slice(source.lastIndexOf('/') + 1);
  if (file === name) return true;
  const pattern = file.replaceAll(/(?<=^|\/)\*\*\/|\*\*|[*?]|[\\^$.+()[\]{}|]/g, (part) => {
    // Folders, or none: the file may lie at the top.
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${pattern}$`, 'su').test(name);
}
