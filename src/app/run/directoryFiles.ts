/** A folder of the browser (File System Access, or its own storage) as a place for the results of a run. */

import type { RunFiles } from '../../run/folder';
import { folderSink } from '../opening/pickFolder';

export function directoryFiles(folder: FileSystemDirectoryHandle, name: string): RunFiles {
  const sink = folderSink(folder);
  const fileAt = async (path: string): Promise<FileSystemFileHandle> => {
    const parts = path.split('/');
    let parent = folder;
    for (const part of parts.slice(0, -1)) parent = await parent.getDirectoryHandle(part);
    return parent.getFileHandle(parts.at(-1) ?? '');
  };
  return {
    name,
    async names() {
      const names: string[] = [];
      for await (const [each, handle] of folder.entries()) if (handle.kind === 'file') names.push(each);
      return names;
    },
    async read(path) {
      try {
        return new Uint8Array(await (await (await fileAt(path)).getFile()).arrayBuffer());
      } catch (error) {
        if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
        throw error;
      }
    },
    write: (path, bytes) => sink.write(path, bytes),
    async append(path, text) {
      const file = await folder.getFileHandle(path, { create: true });
      const end = (await file.getFile()).size;
      // What is there is copied, and takes its place once all is written: a page that dies leaves the file as it was.
      const stream = await file.createWritable({ keepExistingData: true });
      try {
        await stream.write({ type: 'write', position: end, data: text });
      } catch (error) {
        await stream.abort().catch(() => undefined);
        throw error;
      }
      await stream.close();
    },
  };
}
