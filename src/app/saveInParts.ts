/** Hands a large file to the browser to keep: its parts go to the disk as they come, not into memory. */

import type { PartedFile } from '../state/services';
import { saveBlob } from './saveFile';

const FOLDER = 'downloads';

export async function saveInParts(name: string, mediaType: string): Promise<PartedFile> {
  try {
    return await throughStorage(name, mediaType);
  } catch {
    // A browser without storage of its own.
    return throughMemory(name, mediaType);
  }
}

async function throughStorage(name: string, mediaType: string): Promise<PartedFile> {
  const top = await navigator.storage.getDirectory();
  // What earlier downloads left: when they had ended could not be known.
  await top.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
  const folder = await top.getDirectoryHandle(FOLDER, { create: true });
  const own = `${String(Date.now())}.part`;
  const handle = await folder.getFileHandle(own, { create: true });
  const stream = await handle.createWritable();
  return {
    write: (part) => stream.write(part as Uint8Array<ArrayBuffer>),
    async close() {
      await stream.close();
      saveBlob((await handle.getFile()).slice(0, undefined, mediaType), name);
    },
    async discard() {
      await stream.abort().catch(() => undefined);
      await folder.removeEntry(own).catch(() => undefined);
    },
  };
}

function throughMemory(name: string, mediaType: string): PartedFile {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write(part) {
      parts.push(part.slice());
      return Promise.resolve();
    },
    close() {
      saveBlob(new Blob(parts, { type: mediaType }), name);
      return Promise.resolve();
    },
    discard: () => Promise.resolve(),
  };
}
