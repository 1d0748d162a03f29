/** Films in, results out, on a disk. */

import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { openRadiograph } from '../../dicom/open';
import { zipSink, type ZipSink } from '../../export/zip';
import { FilmMissingError } from '../../run/errors';
import type { RunFiles } from '../../run/folder';
import type { FilmSource } from '../../run/runner';
import { FolderUnreadableError, NoFilmsError } from '../errors';

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

/** A folder of results. What cannot be read is a FolderUnreadableError. */
export function diskFiles(folder: string): RunFiles {
  return {
    name: folder,
    names: () =>
      readdir(folder).catch((cause: unknown) => {
        throw new FolderUnreadableError(folder, { cause });
      }),
    async read(path) {
      try {
        return new Uint8Array(await readFile(join(folder, path)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: (path, bytes) => writeWhole(join(folder, path), bytes),
    async append(path, text) {
      await mkdir(folder, { recursive: true });
      const file = await open(join(folder, path), 'a');
      try {
        await file.writeFile(text);
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
