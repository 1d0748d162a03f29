/** Tables on a disk. */

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TableSource } from '../../dataset/table/text';
import { FolderUnreadableError } from '../errors';

/** @throws FolderUnreadableError */
export async function tableAt(path: string): Promise<TableSource> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new FolderUnreadableError(path, { cause });
  });
  if (!facts.isFile()) throw new FolderUnreadableError(path);
  return { name: basename(path), bytes: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
}

/** A whole file. @throws FolderUnreadableError */
export async function textIn(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FolderUnreadableError(path, { cause });
  });
}
