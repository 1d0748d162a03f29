/** What was accepted of the open run, in any of the formats of the registry, into a folder or a zip file. */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import type { ExportSink } from '../../export/sink';
import type { ExportReport } from '../../export/write';
import type { Studio } from '../studio';
import { attempt } from './export';

export interface ExportChoice {
  /** Names of writers. */
  readonly formats: readonly string[];
  /** Also what was not accepted. */
  readonly all: boolean;
  readonly onItem: (finished: number, total: number) => void;
  readonly signal: AbortSignal;
}

async function write(
  studio: Studio,
  target: ExportSink,
  { formats, all, onItem, signal }: ExportChoice,
): Promise<ExportReport | undefined> {
  const { run } = studio.store.getState();
  if (run === undefined) return undefined;
  const [{ exportResults }, { itemsOfRun, notMadeOf, titleOf }] = await Promise.all([
    import('../../export/write'),
    import('../../export/runItems'),
  ]);
  const { release } = await studio.services.release();
  const items = itemsOfRun(run.place.files, run, { all, films: run.films, open: studio.services.open });
  return exportResults(items, target, {
    formats,
    version: release,
    title: titleOf(run.place.name),
    notMade: notMadeOf(run),
    onItem,
    signal,
  });
}

function tell({ store }: Studio, { written, skipped, stopped }: ExportReport): void {
  store.getState().notify({
    tone: stopped || skipped.length > 0 ? 'warning' : 'success',
    title: stopped ? notices.exportStopped() : notices.runExported({ count: written }),
    problems: skipped.map(({ code, message, advice }) => ({ code, message, advice, details: [] })),
  });
}

/** A stream: neither results nor zip stand in memory. */
export async function exportRunZip(studio: Studio, choice: ExportChoice): Promise<void> {
  await attempt(studio, errors.exportingRun(), async () => {
    const { zipSink } = await import('../../export/zip');
    const file = await studio.services.saveInParts(
      `${studio.store.getState().run?.place.name.replace(/\.\w+$/, '') ?? 'set'}-export.zip`,
      'application/zip',
    );
    try {
      const zip = zipSink((part) => file.write(part));
      const report = await write(studio, zip, choice);
      if (report === undefined || report.stopped) await file.discard();
      else {
        await zip.close();
        await file.close();
      }
      if (report !== undefined) tell(studio, report);
    } catch (error) {
      await file.discard();
      throw error;
    }
  });
}

export async function exportRunFolder(studio: Studio, choice: ExportChoice): Promise<void> {
  await attempt(studio, errors.exportingRun(), async () => {
    const folder = await studio.services.pickFolder();
    const report = folder === undefined ? undefined : await write(studio, folder, choice);
    if (report !== undefined) tell(studio, report);
  });
}
