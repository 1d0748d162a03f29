/** Projects in a folder: each array a file, as a database keeps it on the disk and not in the page. */

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlob, type LazyBlob } from '../../src/record/project/arrays';
import type { PackedProject } from '../../src/record/project/pack';

export class FolderStorage {
  readonly #folder: string;
  reads = 0;
  bytesRead = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write({ text, blobs }: PackedProject): Promise<number> {
    await mkdir(join(this.#folder, 'blobs'), { recursive: true });
    let written = 0;
    for (const [key, blob] of blobs) {
      const file = join(this.#folder, 'blobs', key);
      if (existsSync(file)) continue;
      const bytes = await readBlob(blob);
      written += bytes.byteLength;
      await writeFile(file, bytes);
    }
    await writeFile(join(this.#folder, 'project.json'), text);
    await writeFile(join(this.#folder, 'keys.json'), JSON.stringify([...blobs.keys()]));
    return written;
  }

  async read(): Promise<PackedProject> {
    const text = await readFile(join(this.#folder, 'project.json'), 'utf8');
    const keys = JSON.parse(await readFile(join(this.#folder, 'keys.json'), 'utf8')) as readonly string[];
    return { text, sha256: '', blobs: new Map(keys.map((key) => [key, this.blob(key)])) };
  }

  blob(sha256: string): LazyBlob {
    const read = async (): Promise<Uint8Array> => {
      const bytes = await readFile(join(this.#folder, 'blobs', sha256));
      this.reads++;
      this.bytesRead += bytes.byteLength;
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    };
    return { byteLength: 0, now: () => undefined, read };
  }
}
