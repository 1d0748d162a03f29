/** `counterpart deidentify`: DICOM images of a folder into another, without what tells whose they are. */

import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { deidentify, type Deidentified, type DeidentifyOptions } from '../../dicom/deidentify/deidentify';
import { Pseudonyms } from '../../dicom/deidentify/pseudonyms';
import { CounterpartError } from '../../errors';
import type { Box } from '../../imaging/box';
import { RunEndingError } from '../../run/errors';
import { csvOf } from '../../dataset/csv';
import { boxesIn, COLUMNS, isMeant, type BoxRow } from './boxes';
import { EXIT, type CliContext } from '../context';
import { FolderUnreadableError, NoFilmsError, OptionInvalidError } from '../errors';
import { filesIn, refuseFile, writeWhole, writing } from '../node/files';
import { textIn } from '../node/tables';

interface Flags {
  readonly out: string;
  readonly key?: string;
  readonly dates: string;
  readonly keepCharacteristics?: boolean;
  readonly log?: string;
  readonly boxes?: string;
  readonly found?: string;
  readonly allCovered?: boolean;
}

const NO_BOX = 'no row of --boxes is meant for this file: nothing of it was covered';

/** Bytes of a key: what HMAC-SHA-256 takes in whole. */
const KEY_BYTES = 32;

export function addDeidentifyCommand(
  program: Command,
  { out, err, signal }: CliContext,
  finish: (code: number) => void,
): void {
  program
    .command('deidentify')
    .description(
      'Writes the DICOM images of a folder without names, identifiers and private attributes (PS3.15 2026c, Basic Profile). Warns where text seems to be burned into pixels.',
    )
    .argument('<folder>', 'DICOM files, through all its depth')
    .requiredOption('--out <folder>', 'where they go, called by their new UIDs')
    .option(
      '--key <file>',
      'the same key gives the same UIDs, patients and moved dates; made where there is none. Keep it',
    )
    .option('--dates <how>', 'moved, by weeks that are the same for all of a patient, or removed', 'moved')
    .option('--keep-characteristics', 'sex, age, size, weight, ethnic group and smoking status stay')
    .option(
      '--log <file>',
      'what was done to which file, one JSON object a line. It names the sources: keep it with the key',
    )
    .option('--boxes <file>', 'a CSV table of rectangles that are set to black: file, x, y, width, height')
    .option('--found <file>', 'where text seems to be burned in, as a table for --boxes once you have looked')
    .option('--all-covered', 'you have looked: with its boxes nothing is burned into a file any more')
    .action(async (folder: string, flags: Flags) => {
      const options = optionsIn(flags);
      await refusePlaces(folder, flags);
      const rows = flags.boxes === undefined ? [] : boxesIn(await textIn(flags.boxes), flags.boxes);
      const { files: paths, unreadable } = await filesIn(folder);
      if (paths.length === 0) throw unreadable[0]?.error ?? new NoFilmsError([folder]);
      const sourceOf = (path: string): string => relative(folder, path).split(sep).join('/');
      const boxesOf = matched(rows, paths.map(sourceOf), flags.boxes);
      const pseudonyms = await Pseudonyms.of(await keyIn(flags.key));
      const [written, lines] = [new Map<string, number>(), new Array<string>()];
      const found: (readonly string[])[] = [];
      let [done, warned] = [0, 0];
      const fail = (source: string, error: CounterpartError): void => {
        err(`${error.message} ${error.advice}\n`);
        lines.push(JSON.stringify({ source, error: { code: error.code, message: error.message } }));
      };
      const keepLog = async (): Promise<void> => {
        if (flags.log !== undefined) await writeWhole(flags.log, `${lines.join('\n')}\n`);
        if (flags.found !== undefined) await writeWhole(flags.found, csvOf([COLUMNS, ...found]));
      };
      for (const { path, error } of unreadable) fail(sourceOf(path), error);
      try {
        for (const path of paths) {
          if (signal.aborted) break;
          const source = sourceOf(path);
          try {
            const boxes = boxesOf.get(source) ?? [];
            const made = await madeOf(path, source, pseudonyms, { ...options, boxes });
            const unmeant = flags.boxes !== undefined && boxes.length === 0 ? [NO_BOX] : [];
            const warnings = [...unmeant, ...made.warnings];
            const copies = (written.get(made.sopInstanceUid) ?? 0) + 1;
            written.set(made.sopInstanceUid, copies);
            // The same instance twice: both are kept, since nobody said which is right.
            const file = `${made.sopInstanceUid}${copies > 1 ? `-${String(copies)}` : ''}.dcm`;
            await writeWhole(join(flags.out, file), made.bytes);
            done++;
            if (warnings.length > 0) warned++;
            for (const warning of warnings) out(`  ${source}: ${warning}\n`);
            lines.push(JSON.stringify({ source, file, done: made.done, warnings, text: made.text }));
            for (const { x, y, width, height } of made.text ?? [])
              found.push([source, ...[x, y, width, height].map(String)]);
          } catch (error) {
            if (!(error instanceof CounterpartError) || error instanceof RunEndingError) throw error;
            fail(source, error);
          }
        }
      } catch (error) {
        // The log of what lies in --out; what ended the run is the thing to say, whether or not there is room for it.
        await keepLog().catch(() => undefined);
        throw error;
      }
      await keepLog();
      out(`${String(done)} of ${String(paths.length)} files de-identified, ${String(warned)} to be looked at\n`);
      if (found.length > 0 && flags.found === undefined)
        out('With --found boxes.csv, what was found is written as a table for --boxes.\n');
      if (flags.key === undefined) out('No key was kept: another run gives other UIDs, patients and dates.\n');
      finish(done === paths.length && unreadable.length === 0 ? EXIT.done : EXIT.failed);
    });
}

/**
 * The boxes of each file. Before anything is written: of a row that is meant for none, what it was to cover would be handed on.
 * @throws OptionInvalidError
 */
function matched(
  rows: readonly BoxRow[],
  sources: readonly string[],
  table: string | undefined,
): ReadonlyMap<string, readonly Box[]> {
  const unused = rows.filter((row) => !sources.some((source) => isMeant(row, source)));
  if (unused.length > 0)
    throw new OptionInvalidError(
      `--boxes ${table ?? ''}: no file is called ${unused.map(({ file }) => file).join(', ')}. Nothing was written.`,
      'Name files by their path within the folder, by their name alone, or by a pattern.',
    );
  return new Map(
    sources.map((source) => [source, rows.filter((row) => isMeant(row, source)).map(({ box }) => box)] as const),
  );
}

/** @throws FolderUnreadableError, NotDeidentifiedError and what else is wrong with one file */
async function madeOf(
  path: string,
  source: string,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
): Promise<Deidentified> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FolderUnreadableError(path, { cause });
  });
  return deidentify(new Uint8Array(bytes), source, pseudonyms, options);
}

function optionsIn({ dates, keepCharacteristics = false, boxes, allCovered = false }: Flags): DeidentifyOptions {
  if (allCovered && boxes === undefined)
    throw new OptionInvalidError('--all-covered is said without --boxes.', 'Name the table of boxes, or leave it out.');
  if (dates !== 'moved' && dates !== 'removed')
    throw new OptionInvalidError(
      `--dates ${dates} is neither moved nor removed.`,
      'Say --dates moved or --dates removed.',
    );
  return { dates, keepCharacteristics, allCovered };
}

/**
 * Nothing that tells whose the files are may lie among those that are handed on, nor in the place of what is read.
 * @throws OptionInvalidError
 */
async function refusePlaces(folder: string, { out, key, log, boxes, found }: Flags): Promise<void> {
  await refuseFile(out);
  const [source, target] = [await placeOf(folder), await placeOf(out)];
  if (isInside(target, source) || isInside(source, target))
    throw new OptionInvalidError('The folder and --out lie in one another.', 'Name a folder beside it.');
  const places: string[] = [];
  for (const [option, path] of [
    ['--key', key],
    ['--log', log],
    ['--boxes', boxes],
    ['--found', found],
  ] as const) {
    if (path === undefined) continue;
    const place = await placeOf(path);
    if (isInside(place, target))
      throw new OptionInvalidError(
        `${option} ${path} lies in the folder that is handed on.`,
        'Keep it elsewhere: whoever has it can tell whose the files are.',
      );
    if (isInside(place, source))
      throw new OptionInvalidError(
        `${option} ${path} lies in the folder that is read.`,
        'Keep it elsewhere: what lies there is taken for a film, and none may be written over.',
      );
    if (places.includes(place))
      throw new OptionInvalidError(
        '--key, --log, --boxes and --found name the same file.',
        'Name one each: what is written last would replace the others.',
      );
    places.push(place);
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Where a path leads, links followed as far as there is something. */
async function placeOf(path: string): Promise<string> {
  const full = resolve(path);
  const real = await realpath(full).catch(() => undefined);
  if (real !== undefined) return real;
  return dirname(full) === full ? full : join(await placeOf(dirname(full)), basename(full));
}

/** @throws OptionInvalidError where the file holds no key, FolderUnreadableError, TargetFailedError */
async function keyIn(path: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const fresh = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  if (path === undefined) return fresh;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FolderUnreadableError(path, { cause: error });
  });
  if (text === undefined) {
    await writing(path, mkdir(dirname(resolve(path)), { recursive: true }));
    const hex = `${Buffer.from(fresh).toString('hex')}\n`;
    await writing(path, writeFile(path, hex, { flag: 'wx', mode: 0o600 }));
    return fresh;
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    throw new OptionInvalidError(
      `--key ${path} holds no key.`,
      'Name a file that this command has made, or one that is not there yet.',
    );
  return Uint8Array.from(Buffer.from(text.trim(), 'hex'));
}
