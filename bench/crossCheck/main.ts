/** Every DICOM file of a folder through the product and through pydicom: a table of where they differ. */

import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compareFile, type Row } from './compare';
import { PYTHON, pydicomReads } from './pydicom';

const USAGE =
  'node bench/crossCheck.mjs FOLDER [--all] [--frame=N]   (--all: also the rows that agree; every frame unless one is named)';

/** @returns the exit status: 1 when a file is read differently */
export async function main(args: readonly string[]): Promise<number> {
  const [folder] = args.filter((word) => !word.startsWith('--'));
  if (folder === undefined) {
    console.error(USAGE);
    return 2;
  }
  const named = args.find((word) => /^--frame=[1-9]\d*$/.test(word));
  const rows = await crossCheck(folder, named === undefined ? undefined : Number(named.slice('--frame='.length)));
  if (rows === undefined) {
    console.error(`pydicom is not installed: ${PYTHON} -m pip install pydicom`);
    return 2;
  }
  console.log(tableOf(rows, args.includes('--all')));
  return rows.some(({ verdict }) => verdict === 'different') ? 1 : 0;
}

/** A row a file that either takes for DICOM, by name; undefined where there is no pydicom. */
export async function crossCheck(folder: string, frame?: number): Promise<readonly Row[] | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !/\.(?:json|npy|png|jpe?g|txt|gz|icc|dump|py|pyc)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const references = await pydicomReads(files);
  if (references === undefined) return undefined;
  const rows: Row[] = [];
  for (const [at, file] of files.entries()) {
    const reference = references[at];
    if (reference)
      rows.push(await compareFile(relative(folder, file), new Uint8Array(await readFile(file)), reference, frame));
  }
  return rows;
}

/** Counts are of all files, whether or not those that are equal have a row. */
function tableOf(rows: readonly Row[], withEqual: boolean): string {
  const number = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toFixed(4))));
  const head = '| file | verdict | stored | grey | pydicom | here |\n|---|---|---|---|---|---|';
  const listed = withEqual ? rows : rows.filter(({ verdict }) => verdict !== 'equal');
  const lines = listed.map(
    ({ file, verdict, stored, grey, reference, said }) =>
      `| ${file} | ${verdict} | ${number(stored)} | ${number(grey)} | ${reference.replaceAll('\n', ' ')} | ${said} |`,
  );
  const counts = (['equal', 'close', 'different', 'refused', 'more', 'neither'] as const)
    .map((verdict) => `${String(rows.filter((row) => row.verdict === verdict).length)} ${verdict}`)
    .join(', ');
  return [head, ...lines, '', counts].join('\n');
}
