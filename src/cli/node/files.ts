/** Films in, results out, on a disk. */

import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { namedFrame } from '../../dicom/frame-name';
import { openRadiograph } from '../../dicom/open';
import { zipSink, type ZipSink } from '../../export/zip';
import { FilmMissingError, TargetFailedError } from '../../run/errors';
import type { GrowingFiles } from '../../run/attempts';
import type { FilmSource } from '../../run/runner';
import { FolderUnreadableError, NoFilmsError, OptionInvalidError } from '../errors';

/** Endings under which films are looked for in folders; what is named itself is opened whatever it is called. */
const FILM = new Set(['.dcm', '.dicom', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '']);

/** What `--frame` says. @throws OptionInvalidError */
export function frameIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new OptionInvalidError(`--frame ${text} is no number of a frame.`, 'Write a whole number from 1.');
  return Number(text);
}

export interface Films extends FilmSource {
  /** Relative to `root`, with forward slashes, sorted. */
  readonly names: readonly string[];
  readonly root: string;
}

/**
 * The films among files and folders, folders through all their depth. A path that cannot be read stands for a film that cannot:
 * it is named when its turn comes, and the others go on.
 * @param frame of each, which is then part of its name: results of two frames are two results
 * @throws FolderUnreadableError where none can be read, NoFilmsError
 */
export async function filmsOf(paths: readonly string[], frame?: number): Promise<Films> {
  const found: string[] = [];
  const missing: FolderUnreadableError[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((cause: unknown) => {
      missing.push(new FolderUnreadableError(path, { cause }));
      return undefined;
    });
    if (facts?.isDirectory() !== true) found.push(path);
    else {
      const { files, unreadable } = await filesIn(path);
      // One by one: a call takes no hundreds of thousands of arguments.
      for (const file of files)
        if (!basename(file).startsWith('.') && FILM.has(extname(file).toLowerCase())) found.push(file);
      for (const folder of unreadable) {
        found.push(folder.path);
        if (folder.path === path) missing.push(folder.error);
      }
    }
  }
  if (found.length === 0) throw new NoFilmsError(paths);
  const [first] = missing;
  if (first !== undefined && missing.length === paths.length) throw first;
  const only = paths.length === 1 ? paths[0] : undefined;
  const root = only !== undefined && found[0] !== only ? only : commonFolder(found);
  const names = [...new Set(found.map((path) => relative(root, path).split(sep).join('/')))]
    .sort()
    .map((name) => (frame === undefined ? name : `${name}#${String(frame)}`));
  return {
    root,
    names,
    async open(film) {
      const whole = await readFile(join(root, film)).catch(() => undefined);
      if (whole !== undefined) return openRadiograph(new Uint8Array(whole), film);
      const { file, frame } = namedFrame(film);
      const bytes = await readFile(join(root, file)).catch((cause: unknown) => {
        throw new FilmMissingError(film, { cause });
      });
      return openRadiograph(new Uint8Array(bytes), film, frame);
    },
  };
}

/** A folder, or one below it, whose entries cannot be listed. */
export interface UnreadableFolder {
  readonly path: string;
  readonly error: FolderUnreadableError;
}

/** The files of a folder and of all below it, sorted; a folder that cannot be read is named, and the others are. */
export async function filesIn(
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly unreadable: readonly UnreadableFolder[] }> {
  const [files, unreadable] = [new Array<string>(), new Array<UnreadableFolder>()];
  const walk = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
      unreadable.push({ path, error: new FolderUnreadableError(path, { cause }) });
      return [];
    });
    for (const entry of entries) {
      if (entry.isFile()) files.push(join(path, entry.name));
      if (entry.isDirectory()) await walk(join(path, entry.name));
    }
  };
  await walk(folder);
  return { files: files.sort(), unreadable };
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = []] = folders;
  const shared = first.findIndex((part, depth) => folders.some((other) => other[depth] !== part));
  return first.slice(0, shared < 0 ? undefined : shared).join(sep) || (paths[0]?.startsWith(sep) === true ? sep : '.');
}

/** The folder that --out names, made where there is none. @throws OptionInvalidError where it is a file, TargetFailedError */
export async function resultFolder(folder: string): Promise<GrowingFiles> {
  await refuseFile(folder);
  await writing(folder, mkdir(folder, { recursive: true }));
  return diskFiles(folder);
}

/** @throws OptionInvalidError where --out names a file in place of a folder */
export async function refuseFile(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => undefined);
  if (facts !== undefined && !facts.isDirectory())
    throw new OptionInvalidError(
      `--out ${folder} is a file, and the results go into a folder.`,
      'Name a folder; it need not be there yet.',
    );
}

/** What the disk refuses is named, in place of a trace of the program. @throws TargetFailedError */
export async function writing<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    throw new TargetFailedError(path, cause);
  });
}

/** A folder of results. What cannot be read is a FolderUnreadableError, what cannot be written a TargetFailedError. */
export function diskFiles(folder: string): GrowingFiles {
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
        throw new FolderUnreadableError(join(folder, path), { cause: error });
      }
    },
    async readFrom(path, from) {
      const file = await open(join(folder, path)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new FolderUnreadableError(join(folder, path), { cause: error });
      });
      try {
        const size = (await file?.stat())?.size ?? -1;
        if (file === undefined || size < from) return undefined;
        const { buffer, bytesRead } = await file.read(new Uint8Array(size - from), 0, size - from, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file?.close();
      }
    },
    write: (path, bytes) => writeWhole(join(folder, path), bytes),
    append: (path, text) => writing(join(folder, path), appended(join(folder, path), text)),
  };
}

async function appended(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** No two writers share one: in containers all processes may have the same number. */
const partialOf = (path: string): string => `${path}.${randomUUID()}.part`;

/** All of the file or none of it, whatever happens meanwhile. @throws TargetFailedError */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const partial = partialOf(path);
  await writing(
    path,
    (async () => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(partial, bytes);
      await rename(partial, path);
    })(),
  ).catch(async (error: unknown) => {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  });
}

/** A zip file that takes its name once it is whole; `discard` leaves nothing of one that is not. */
export async function zipTarget(path: string): Promise<ZipSink & { discard(): Promise<void> }> {
  const partial = partialOf(path);
  await writing(path, mkdir(dirname(path), { recursive: true }));
  const file = await writing(path, open(partial, 'w'));
  const zip = zipSink((part) => writing(path, file.writeFile(part)));
  return {
    write: zip.write.bind(zip),
    async close() {
      await zip.close();
      await file.close();
      await writing(path, rename(partial, path));
    },
    async discard() {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}
