/** `counterpart deidentify`: DICOM images of a folder into another, without what tells whose they are. */

import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { deidentify, type DeidentifyOptions } from '../../dicom/deidentify/deidentify';
import { Pseudonyms } from '../../dicom/deidentify/pseudonyms';
import { CounterpartError } from '../../errors';
import { EXIT, type CliContext } from '../context';
import { FolderUnreadableError, NoFilmsError, OptionInvalidError } from '../errors';
import { refuseFile, writeWhole } from '../node/files';

interface Flags {
  readonly out: string;
  readonly key?: string;
  readonly dates: string;
  readonly keepCharacteristics?: boolean;
  readonly log?: string;
}

/** Bytes of a key: what HMAC-SHA-256 takes in whole. */
const KEY_BYTES = 32;

export function addDeidentifyCommand(program: Command, { out, err }: CliContext, finish: (code: number) => void): void {
  program
    .command('deidentify')
    .description(
      'Writes the DICOM images of a folder without names, identifiers and private attributes (PS3.15 2026c, Basic Profile). Pixels are not searched for text.',
    )
    .argument('<folder>', 'DICOM files, through all its depth')
    .requiredOption('--out <folder>', 'where they go, called by their new UIDs')
    .option(
      '--key <file>',
      'the same key gives the same UIDs, patients and moved dates; made where there is none. Keep it',
    )
    .option('--dates <how>', 'moved, by weeks that are the same for all of a patient, or removed', 'moved')
    .option('--keep-characteristics', 'sex, age, size and weight stay')
    .option(
      '--log <file>',
      'what was done to which file, one JSON object a line. It names the sources: keep it with the key',
    )
    .action(async (folder: string, flags: Flags) => {
      const options = optionsIn(flags);
      await refusePlaces(folder, flags);
      const paths = await filesIn(folder);
      const pseudonyms = await Pseudonyms.of(await keyIn(flags.key));
      const [written, lines] = [new Map<string, number>(), new Array<string>()];
      let [failed, warned] = [0, 0];
      for (const path of paths) {
        const source = relative(folder, path).split(sep).join('/');
        try {
          const made = await deidentify(new Uint8Array(await readFile(path)), source, pseudonyms, options);
          const copies = (written.get(made.sopInstanceUid) ?? 0) + 1;
          written.set(made.sopInstanceUid, copies);
          // The same instance twice: both are kept, since nobody said which is right.
          const file = `${made.sopInstanceUid}${copies > 1 ? `-${String(copies)}` : ''}.dcm`;
          await writeWhole(join(flags.out, file), made.bytes);
          if (made.warnings.length > 0) warned++;
          for (const warning of made.warnings) out(`  ${source}: ${warning}\n`);
          lines.push(JSON.stringify({ source, file, done: made.done, warnings: made.warnings }));
        } catch (error) {
          if (!(error instanceof CounterpartError)) throw error;
          failed++;
          err(`${error.message} ${error.advice}\n`);
          lines.push(JSON.stringify({ source, error: { code: error.code, message: error.message } }));
        }
      }
      if (flags.log !== undefined) await writeWhole(flags.log, `${lines.join('\n')}\n`);
      const done = paths.length - failed;
      out(`${String(done)} of ${String(paths.length)} files de-identified, ${String(warned)} to be looked at\n`);
      if (flags.key === undefined) out('No key was kept: another run gives other UIDs, patients and dates.\n');
      finish(failed === 0 ? EXIT.done : EXIT.failed);
    });
}

function optionsIn({ dates, keepCharacteristics = false }: Flags): DeidentifyOptions {
  if (dates !== 'moved' && dates !== 'removed')
    throw new OptionInvalidError(
      `--dates ${dates} is neither moved nor removed.`,
      'Say --dates moved or --dates removed.',
    );
  return { dates, keepCharacteristics };
}

/** Nothing that tells whose the files are may lie among those that are handed on. @throws OptionInvalidError */
async function refusePlaces(folder: string, { out, key, log }: Flags): Promise<void> {
  await refuseFile(out);
  const inside = (path: string, of: string): boolean => `${resolve(path)}${sep}`.startsWith(`${resolve(of)}${sep}`);
  if (inside(out, folder) || inside(folder, out))
    throw new OptionInvalidError('The folder and --out lie in one another.', 'Name a folder beside it.');
  for (const [option, path] of [
    ['--key', key],
    ['--log', log],
  ] as const)
    if (path !== undefined && inside(path, out))
      throw new OptionInvalidError(
        `${option} ${path} lies in the folder that is handed on.`,
        'Keep it elsewhere: whoever has it can tell whose the files are.',
      );
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const facts = await stat(folder).catch((cause: unknown) => {
    throw new FolderUnreadableError(folder, { cause });
  });
  if (!facts.isDirectory()) throw new FolderUnreadableError(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new NoFilmsError([folder]);
  return files.sort();
}

/** @throws OptionInvalidError where the file holds no key */
async function keyIn(path: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const fresh = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  if (path === undefined) return fresh;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FolderUnreadableError(path, { cause: error });
  });
  if (text === undefined) {
    await mkdir(resolve(path, '..'), { recursive: true });
    await writeFile(path, `${Buffer.from(fresh).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    throw new OptionInvalidError(
      `--key ${path} holds no key.`,
      'Name a file that this command has made, or one that is not there yet.',
    );
  return Uint8Array.from(Buffer.from(text.trim(), 'hex'));
}
