/** Folders to write into, where the browser has them (File System Access). */

import type { ExportSink } from '../../export/sink';

type Picker = (options: { readonly mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

function picker(): Picker | undefined {
  return (globalThis as { readonly showDirectoryPicker?: Picker }).showDirectoryPicker;
}

export function hasFolders(): boolean {
  return picker() !== undefined;
}

/** The chosen folder; undefined when the choice was called off, or where the browser has no folders. */
export async function chooseDirectory(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await picker()?.call(globalThis, { mode: 'readwrite' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

export async function pickFolder(): Promise<ExportSink | undefined> {
  const folder = await chooseDirectory();
  return folder === undefined ? undefined : folderSink(folder);
}

/** A file is there whole or not at all: what is written stands under its name once it is closed. */
export function folderSink(folder: FileSystemDirectoryHandle): ExportSink {
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>([['', Promise.resolve(folder)]]);
  const folderOf = (path: string): Promise<FileSystemDirectoryHandle> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const at = path.lastIndexOf('/');
    const made = folderOf(path.slice(0, Math.max(0, at))).then((parent) =>
      parent.getDirectoryHandle(path.slice(at + 1), { create: true }),
    );
    folders.set(path, made);
    return made;
  };
  return {
    async write(path, bytes) {
      const at = path.lastIndexOf('/');
      const parent = await folderOf(path.slice(0, Math.max(0, at)));
      const file = await parent.getFileHandle(path.slice(at + 1), { create: true });
      const stream = await file.createWritable();
      try {
        await stream.write(bytes as Uint8Array<ArrayBuffer>);
      } catch (error) {
        await stream.abort().catch(() => undefined);
        throw error;
      }
      await stream.close();
    },
  };
}
