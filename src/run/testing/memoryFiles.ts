/** A folder in memory, whose disk can be full. */

import type { GrowingFiles } from '../attempts';

export interface MemoryFiles extends GrowingFiles {
  /** Bytes that `readFrom` has handed out. */
  bytesRead: number;
  readonly files: Map<string, Uint8Array>;
  text(path: string): string;
  /** Every write fails from now on, or works again. */
  full: boolean;
}

export function memoryFiles(name = 'memory'): MemoryFiles {
  const files = new Map<string, Uint8Array>();
  const text = (path: string): string => new TextDecoder().decode(files.get(path));
  const room = (): void => {
    if (memory.full) throw new Error('no space left on the device');
  };
  const memory: MemoryFiles = {
    name,
    files,
    text,
    full: false,
    bytesRead: 0,
    names: () => Promise.resolve([...files.keys()].filter((path) => !path.includes('/'))),
    read: (path) => Promise.resolve(files.get(path)),
    readFrom(path, from) {
      const bytes = files.get(path);
      const rest = bytes === undefined || bytes.length < from ? undefined : bytes.subarray(from);
      memory.bytesRead += rest?.length ?? 0;
      return Promise.resolve(rest);
    },
    async write(path, bytes) {
      await Promise.resolve();
      room();
      files.set(path, bytes.slice());
    },
    async append(path, more) {
      await Promise.resolve();
      room();
      files.set(path, new TextEncoder().encode(text(path) + more));
    },
  };
  return memory;
}
