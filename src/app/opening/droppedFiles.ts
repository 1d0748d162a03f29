/** Files out of what was dropped or pasted, folders through all their depth. */

import type { OpenableFile } from '../../state/services';

export function toOpenable(file: File): OpenableFile {
  const path = file.webkitRelativePath;
  return {
    name: file.name,
    // jsdom has none.
    ...(path ? { path } : {}),
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
    ranges: {
      size: file.size,
      read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
    },
  };
}

/** Everything that is a file; text and links are no radiographs. What was dropped is only there until the first wait. */
export function filesOf(transfer: DataTransfer | null): Promise<readonly OpenableFile[]> {
  const files = [...(transfer?.files ?? [])];
  const entries = itemsOf(transfer).flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return Promise.resolve(files.map(toOpenable));
  return Promise.all(entries.map(filesIn)).then((found) => found.flat());
}

/** Not every browser gives entries for what is pasted. */
function itemsOf(transfer: DataTransfer | null): readonly DataTransferItem[] {
  const items: Iterable<DataTransferItem> | undefined = transfer?.items;
  return [...(items ?? [])].filter(({ kind }) => kind === 'file');
}

async function filesIn(entry: FileSystemEntry): Promise<readonly OpenableFile[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) return [ofEntry(entry as FileSystemFileEntry)];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: OpenableFile[] = [];
  for (;;) {
    // A browser gives a hundred at a time.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return found;
    for (const each of part) found.push(...(await filesIn(each)));
  }
}

/** Its bytes are asked for when they are needed: a folder may hold a hundred thousand films. */
function ofEntry(entry: FileSystemFileEntry): OpenableFile {
  return {
    name: entry.name,
    path: entry.fullPath.replace(/^\//, ''),
    bytes: async () => {
      const file = await new Promise<File>((resolve, reject) => {
        entry.file(resolve, reject);
      });
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}
