/** `counterpart export`: what a run has made, in the formats that others read, into a folder or a zip file. */

import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { rowsOf } from '../../dataset/csv';
import { openRadiograph } from '../../dicom/open';
import { EXPORT_FORMATS, USUAL_FORMATS } from '../../export/registry';
import { exportResults, type ExportReport } from '../../export/write';
import { itemsOfRun, notMadeOf, titleOf, type PatientKey } from '../../export/runItems';
import { openRun } from '../../run/folder';
import { EXIT, type CliContext } from '../context';
import { FolderUnreadableError, OptionInvalidError, PatientTableError } from '../errors';
import { diskFiles, filmsOf, refuseFile, zipTarget } from '../node/files';

interface ExportFlags {
  readonly as: string;
  readonly out: string;
  readonly films?: string;
  readonly patients?: string;
  readonly all?: boolean;
  readonly title?: string;
  readonly json?: boolean;
}

export function addExportCommand(program: Command, context: CliContext, finish: (code: number) => void): void {
  const { out, err, signal, version } = context;
  program
    .command('export')
    .description('Writes what a run has made in the formats that others read.')
    .argument('<run>', 'the folder that “counterpart run” wrote to')
    .requiredOption('--out <folder|file.zip>', 'where it goes')
    .option('--as <formats>', 'what is written, such as png,masks,coco (see below)', USUAL_FORMATS.join(','))
    .option('--films <folder>', 'where the films are that the run was made from; needed for originals')
    .option('--patients <file>', 'a CSV table with the columns file, patient and (where there is one) split')
    .option(
      '--all',
      'of a plan also the results that were rejected, or that nobody decided on and whose receipt is red',
    )
    .option('--title <name>', 'what the set is called')
    .option('--json', 'the report as one JSON object')
    .addHelpText(
      'after',
      `\nFormats:\n${EXPORT_FORMATS.map(({ id, about }) => `  ${id.padEnd(10)} ${about}`).join('\n')}\nThe table (metadata.csv) and SHA256SUMS are always written.`,
    )
    .action(async (run: string, flags: ExportFlags) => {
      const formats = formatsIn(flags.as);
      const isZip = flags.out.toLowerCase().endsWith('.zip');
      if (!isZip) await refuseFile(flags.out);
      const files = diskFiles(run);
      const record = await openRun(files);
      const items = itemsOfRun(files, record, {
        all: flags.all === true,
        patients: flags.patients === undefined ? undefined : await patientsIn(flags.patients),
        films: flags.films === undefined ? undefined : await filmsOf([flags.films]),
        open: openRadiograph,
      });
      const zip = isZip ? await zipTarget(flags.out) : undefined;
      const writing = exportResults(items, zip ?? diskFiles(flags.out), {
        formats,
        version,
        notMade: notMadeOf(record),
        title: titleOf(flags.title ?? basename(resolve(flags.out)).replace(/\.zip$/i, '')),
        signal,
        onItem: (finished, total) => {
          if (flags.json !== true && (finished % 100 === 0 || finished === total))
            err(`${String(finished)}/${String(total)}\n`);
        },
      });
      const report = await writing.catch(async (error: unknown) => {
        await zip?.discard();
        throw error;
      });
      // A zip without its table would be taken for a whole set.
      await (report.stopped ? zip?.discard() : zip?.close());
      if (flags.json === true) out(`${JSON.stringify({ ...report, files: report.files.length })}\n`);
      else tell(report, flags.out, err);
      finish(report.skipped.length > 0 || report.stopped ? EXIT.failed : EXIT.done);
    });
}

/** Each once, in the order given: the first picture format is the one that the table names. @throws OptionInvalidError */
export function formatsIn(text: string): readonly string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const known = EXPORT_FORMATS.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new OptionInvalidError(
      `--as ${unknown} is no format.`,
      `Choose among ${known.join(', ')}, with commas between them.`,
    );
  }
  return names;
}

/** Patients by film. @throws FolderUnreadableError, PatientTableError */
async function patientsIn(path: string): Promise<ReadonlyMap<string, PatientKey>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FolderUnreadableError(path, { cause });
  });
  const rows = rowsOf(text);
  const [first] = rows;
  for (const column of ['file', 'patient']) {
    if (first?.[column] === undefined) throw new PatientTableError(path, `it has no column ${column}, or no row`);
  }
  const keys = new Map<string, PatientKey>();
  for (const { file = '', patient = '', split = '' } of rows) {
    if (patient === '') continue;
    const before = keys.get(file);
    if (before !== undefined && (before.patient !== patient || (before.split ?? '') !== split)) {
      throw new PatientTableError(path, `${file} stands in it twice, with different patients or splits`);
    }
    keys.set(file, { patient, split: split === '' ? undefined : split });
  }
  return keys;
}

function tell({ written, skipped, files, stopped }: ExportReport, place: string, err: (text: string) => void): void {
  err(`${String(written)} results, ${String(files.length)} files in ${place}; ${String(skipped.length)} left out\n`);
  for (const { message, advice } of skipped) err(`  ${message} ${advice}\n`);
  if (stopped) err('Stopped: the table is not written. Run the same command again.\n');
}
