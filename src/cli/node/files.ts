/** Films in, results out, on a disk. */

import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { openRadiograph } from '../../dicom/open';
import type { ExportSink } from '../../export/sink';
import { zipSink, type ZipSink } from '../../export/zip';
import type { FilmSource } from '../../run/runner';
import type { Journal } from '../../run/journal';
import { FilmMissingError, FolderUnreadableError, NoFilmsError } from '../errors';

/** Endings under which films are looked for in folders; what is named itself is opened whatever it is called. */
const FILM = new Set(['.dcm', '.dicom', '.png', '.jpg', '.jpeg', '']);

export interface Films extends FilmSource {
  /** Relative to `root`, with forward slashes, sorted. */
  readonly names: readonly string[];
  readonly root: string;
}

/**
 * The films among files and folders, folders through all their depth.
 * @throws FolderUnreadableError, NoFilmsError
 */
export async function filmsOf(paths: readonly string[]): Promise<Films> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((cause: unknown) => {
      throw new FolderUnreadableError(path, { cause });
    });
    if (!facts.isDirectory()) found.push(path);
    else
      found.push(
        ...(await readdir(path, { recursive: true, withFileTypes: true }))
          .filter(
            (entry) => entry.isFile() && !entry.name.startsWith('.') && FILM.has(extname(entry.name).toLowerCase()),
          )
          .map((entry) => join(entry.parentPath, entry.name)),
      );
  }
  if (found.length === 0) throw new NoFilmsError(paths);
  const only = paths.length === 1 ? paths[0] : undefined;
  const root = only !== undefined && found[0] !== only ? only : commonFolder(found);
  const names = [...new Set(found.map((path) => relative(root, path).split(sep).join('/')))].sort();
  return {
    root,
    names,
    async open(film) {
      const bytes = await readFile(join(root, film)).catch((cause: unknown) => {
        throw new FilmMissingError(film, { cause });
      });
      return openRadiograph(new Uint8Array(bytes), film);
    },
  };
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = []] = folders;
  const shared = first.findIndex((part, depth) => folders.some((other) => other[depth] !== part));
  return first.slice(0, shared < 0 ? undefined : shared).join(sep) || (paths[0]?.startsWith(sep) === true ? sep : '.');
}

/** Lines on the disk before `append` returns. */
export function fileJournal(path: string): Journal {
  return {
    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
        throw error;
      }
    },
    async append(line) {
      await appendFile(path, line);
      const file = await open(path, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/** All of the file or none of it, whatever happens meanwhile. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${String(process.pid)}.part`;
  await writeFile(partial, bytes);
  await rename(partial, path);
}

/** Files of an export in a folder, each whole or not there. */
export function folderTarget(folder: string): ExportSink {
  return { write: (path, bytes) => writeWhole(join(folder, path), bytes) };
}

/** A zip file that takes its name once it is whole; `discard` leaves nothing of one that is not. */
export async function zipTarget(path: string): Promise<ZipSink & { discard(): Promise<void> }> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${String(process.pid)}.part`;
  const file = await open(partial, 'w');
  const zip = zipSink(async (part) => {
    await file.writeFile(part);
  });
  return {
    write: zip.write.bind(zip),
    async close() {
      await zip.close();
      await file.close();
      await rename(partial, path);
    },
    async discard() {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}
