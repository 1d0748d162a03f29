/**
 * Writes results one after another, so that no more than one stands in memory: what concerns one is left out by name and the rest
 * goes on; what would meet every one (a full disk, a permission taken back) ends it.
 */

import { CounterpartError } from '../errors';
import { nextTask } from '../imaging/slices';
import { TargetFailedError } from '../run/errors';
import { NothingToExportError, SameNameError, SourceAbsentError, SplitLeakError, SplitMissingError } from './errors';
import type { ExportItem, LoadedItem } from './item';
import { withNeeded, writersOf } from './registry';
import { GENERATED, type Row } from './row';
import { recording, type ExportSink, type WrittenFile } from './sink';
import { settleSplits } from './split';
import type { ExportContext, Skipped, Writer, WrittenItem } from './writer';
import { originals } from './writers/originals';

export interface ExportOptions extends Pick<ExportContext, 'version' | 'title'> {
  /** Names of writers (registry.ts); a picture format first named is the one that the table's file_name names. */
  readonly formats: readonly string[];
  /** What was asked for and never made: the data sheet says so. */
  readonly notMade?: readonly Skipped[];
  readonly signal?: AbortSignal;
  readonly onItem?: (finished: number, total: number) => void;
}

export interface ExportReport {
  readonly written: number;
  readonly skipped: readonly Skipped[];
  readonly files: readonly WrittenFile[];
  /** It was called off: what is there holds, but table and checksums are not written. */
  readonly stopped: boolean;
}

/** @throws SplitLeakError before anything is written, SplitNameError, NothingToExportError, TargetFailedError */
export async function exportResults(
  items: readonly ExportItem[],
  target: ExportSink,
  { formats: wanted, version, title, notMade = [], signal, onItem }: ExportOptions,
): Promise<ExportReport> {
  const formats = withNeeded(wanted);
  const { splitOf, leaks } = settleSplits(items);
  if (leaks.length > 0) throw new SplitLeakError(leaks);
  const parted = [...splitOf.values()].some((split) => split !== undefined);
  const context = { version, title, chosen: formats };
  const chosen = writersOf(formats);
  const writers = chosen.map((writer) => writer.begin(context));
  const sink = recording(target);
  const written: WrittenItem[] = [];
  const skipped: Skipped[] = [];
  const names = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (signal?.aborted === true) return { written: written.length, skipped, files: sink.written, stopped: true };
    try {
      if (names.has(item.id)) throw new SameNameError(item.id);
      names.add(item.id);
      const split = splitOf.get(item.id);
      if (parted && split === undefined) throw new SplitMissingError(item.id, item.patient ?? item.origin);
      const loaded = await load(item, split, chosen);
      const files: Record<string, string> = {};
      for (const writer of writers) Object.assign(files, await writer.write?.(loaded, sink));
      const { file_name: name = '' } = files;
      written.push({
        id: item.id,
        folder: loaded.folder,
        row: { ...files, path: loaded.folder + name, ...loaded.row },
      });
    } catch (error) {
      if (!(error instanceof CounterpartError) || error instanceof TargetFailedError) throw error;
      const { code, message, advice } = error;
      skipped.push({ id: item.id, code, message, advice });
    }
    onItem?.(index + 1, items.length);
    // A picture is encoded in one go; a page that does it stays alive between two.
    await nextTask();
  }
  if (written.length === 0) throw new NothingToExportError();
  for (const writer of writers) {
    // A copy: what describes the files does not describe itself.
    await writer.finish?.({ items: written, skipped: [...notMade, ...skipped], files: [...sink.written] }, sink);
  }
  return { written: written.length, skipped, files: sink.written, stopped: false };
}

/** Everything is at hand before the first file is written, so that an item is there or is not. */
async function load(item: ExportItem, split: string | undefined, chosen: readonly Writer[]): Promise<LoadedItem> {
  const withOriginal = chosen.includes(originals);
  if (withOriginal && item.loadSource === undefined) throw new SourceAbsentError(item.id);
  const result = await item.load();
  for (const writer of chosen) await writer.needs?.(result);
  const original = withOriginal ? await item.loadSource?.() : undefined;
  const row: Row = { ...item.row, split: split ?? GENERATED, patient: item.patient ?? item.origin };
  return { ...item, ...result, row, original, split, folder: split === undefined ? '' : `${split}/` };
}
