/** Where files go: a folder of a browser or of Node, a zip stream. Whoever writes sees no file system. */

import { sha256Hex } from '../imaging/digest';
import { TargetFailedError } from '../run/errors';

export interface ExportSink {
  /**
   * A whole file. @param path relative, with forward slashes
   * @throws what the disk throws: nothing can be written any more
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A sink that remembers what went through it. What the target refuses is a TargetFailedError. */
export interface RecordingSink extends ExportSink {
  readonly written: readonly WrittenFile[];
  text(path: string, text: string): Promise<void>;
}

export function recording(sink: ExportSink): RecordingSink {
  const written: WrittenFile[] = [];
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    // Hashed first: a sink may hand the buffer on.
    const sha256 = await sha256Hex(bytes);
    const length = bytes.length;
    try {
      await sink.write(path, bytes);
    } catch (error) {
      // Where it goes may have named it already.
      throw error instanceof TargetFailedError ? error : new TargetFailedError(path, error);
    }
    written.push({ path, bytes: length, sha256 });
  };
  return { written, write, text: (path, text) => write(path, new TextEncoder().encode(text)) };
}
