/** The rows of a table in parts, so that 400,000 of them freeze nothing: CSV as spreadsheets write it, and JSON lines. */

import Papa from 'papaparse';
import { nextTask } from '../../imaging/slices';
import { TableBrokenError, TableEmptyError } from '../errors';
import { NotInEncoding, textOf, type Encoding, type TableSource } from './text';

export interface RowReader {
  /** Columns as written, trimmed. Called once, before any row. */
  header(columns: readonly string[]): void;
  /** @param number from 1, without the header */
  row(cells: readonly string[], number: number): void;
}

/** Characters that a row without an end may have: an opening quote that nothing closes would take the rest of the file. */
const LONGEST_ROW = 8_000_000;
/** Characters worked through between two chances to do something else. */
const PART = 1 << 16;
const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * @param reader made anew when the file turns out to be in another encoding
 * @throws TableBrokenError, TableEmptyError
 */
export async function readRows<R extends RowReader>(source: TableSource, reader: () => R): Promise<R> {
  try {
    return await readAs(source, reader());
  } catch (error) {
    if (!(error instanceof NotInEncoding)) throw error;
    return readAs(source, reader(), 'windows-1252');
  }
}

const isJson = (name: string): boolean => /\.(?:jsonl|ndjson)$/i.test(name);

async function readAs<R extends RowReader>(source: TableSource, reader: R, encoding?: Encoding): Promise<R> {
  const take = isJson(source.name) ? jsonTaker(source.name, reader) : csvTaker(source.name, reader);
  for await (const text of textOf(source, encoding))
    for (let at = 0; at < text.length; at += PART) {
      take(text.slice(at, at + PART), false);
      await nextTask();
    }
  take('', true);
  return reader;
}

type Taker = (text: string, last: boolean) => void;

function csvTaker(name: string, reader: RowReader): Taker {
  let [kept, number] = ['', 0];
  let parser: Papa.Parser | undefined;
  let headed = false;
  return (text, last) => {
    kept += text;
    if (parser === undefined) {
      const start = beginning(kept, last);
      if (start === undefined) return;
      kept = kept.slice(start.skip);
      parser = new Papa.Parser({ delimiter: start.separator, newline: start.newline });
    }
    // Only whole lines: a quote before half of a line's end would be taken for a stray one.
    const whole = last ? kept : kept.slice(0, kept.lastIndexOf('\n') + 1 || kept.lastIndexOf('\r') + 1);
    const { data, errors, meta } = parser.parse(whole, 0, !last) as Papa.ParseResult<string[]>;
    // A stray quote inside a cell is text; one that nothing closes swallows rows.
    const unclosed = errors.some(({ code }) => code === 'MissingQuotes');
    if (unclosed || (kept.length - meta.cursor > LONGEST_ROW && !last))
      throw new TableBrokenError(name, number + data.length, 'a quote is opened and never closed');
    kept = last ? '' : kept.slice(meta.cursor);
    for (const cells of data) {
      const trimmed = cells.map((cell) => cell.trim());
      if (trimmed.every((cell) => cell === '')) continue;
      if (headed) reader.row(trimmed, ++number);
      else reader.header(trimmed);
      headed = true;
    }
    if (last && !headed) throw new TableEmptyError(name);
  };
}

interface Beginning {
  /** Characters before the header: Excel's "sep=;". */
  readonly skip: number;
  readonly separator: string;
  readonly newline: '\r\n' | '\n' | '\r';
}

/** How the file is written, by its first line; undefined: that is not whole yet. */
function beginning(text: string, last: boolean): Beginning | undefined {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  // A line feed may come after a carriage return that ends this part.
  if (!last && line.length + 1 >= text.length) return undefined;
  const newline = text.startsWith('\r\n', line.length) ? '\r\n' : text[line.length] === '\r' ? '\r' : '\n';
  const stated = /^sep=(.)$/i.exec(line)?.[1];
  if (stated !== undefined) return { skip: line.length + newline.length, separator: stated, newline };
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '');
  const times = (separator: string): number => bare.split(separator).length;
  const separator = SEPARATORS.reduce((best, each) => (times(each) > times(best) ? each : best));
  return { skip: 0, separator, newline };
}

/** A JSON object a line; the first one's keys are the columns, a key that comes later is not seen. */
function jsonTaker(name: string, reader: RowReader): Taker {
  let [kept, number] = ['', 0];
  let columns: readonly string[] | undefined;
  return (text, last) => {
    const lines = (kept + text).split('\n');
    kept = last ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (line.trim() === '') continue;
      const record = objectIn(line);
      if (record === undefined) throw new TableBrokenError(name, number + 1, 'it is no JSON object');
      if (columns === undefined) reader.header((columns = Object.keys(record)));
      reader.row(
        columns.map((column) => cellOf(record[column])),
        ++number,
      );
    }
    if (last && columns === undefined) throw new TableEmptyError(name);
  };
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellOf).join('|');
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
