/** What every writer of the registry is. */

import type { LoadedItem, Result } from './item';
import type { RecordingSink, WrittenFile } from './sink';
import type { Row } from './row';

export interface ExportContext {
  /** Of the release that made the results. */
  readonly version: string;
  /** What the set is called, in letters, digits, - and _. */
  readonly title: string;
  /** Writers that take part, in order. */
  readonly chosen: readonly string[];
}

/** What the set holds, once every item is written. */
export interface Summary {
  readonly items: readonly WrittenItem[];
  readonly skipped: readonly Skipped[];
  readonly files: readonly WrittenFile[];
}

/** An item without its pixels, and its row of the table. */
export interface WrittenItem {
  readonly id: string;
  readonly folder: string;
  readonly row: Row;
}

/** What was left out, and why. */
export interface Skipped {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** One run of a writer: it sees the items one after another, and then their sum. */
export interface WriterRun {
  /** @returns columns of the item's row, paths relative to the item's folder */
  write?(item: LoadedItem, sink: RecordingSink): Promise<Row>;
  finish?(summary: Summary, sink: RecordingSink): Promise<void>;
}

export interface Writer {
  /** As it is named on the command line. */
  readonly id: string;
  /** Of its files. */
  readonly extension: string;
  /** What it writes, in a few words. */
  readonly about: string;
  /** What it will look at of a result: had before the first file of the result is written, so that it is there or is not. */
  needs?(result: Result): Promise<unknown>;
  begin(context: ExportContext): WriterRun;
}

/** Whether `id` is the first of the chosen writers among `ids`: what it writes is what the table's file_name names. */
export function isFirstOf({ chosen }: ExportContext, ids: readonly string[], id: string): boolean {
  return chosen.find((name) => ids.includes(name)) === id;
}
