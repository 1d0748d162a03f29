/** Projects kept in memory. Two of them over one `disk` are two tabs of one browser. */

import { ProjectMissingError } from '../../record/project/errors';
import { PixelsGoneError } from '../../record/pixels/lazyPixels';
import { readBlob, type LazyBlob } from '../../record/project/arrays';
import type { PackedProject } from '../../record/project/pack';
import {
  becomesEarlier,
  type ProjectStorage,
  type ProjectSummary,
  type WriteOptions,
} from '../../record/project/projectStorage';

interface Kept {
  readonly summary: ProjectSummary;
  readonly project: Pick<PackedProject, 'text' | 'sha256'> & { readonly blobs: readonly string[] };
}

export class MemoryDisk {
  readonly projects = new Map<string, Kept & { readonly earlier?: Kept }>();
  readonly held = new Set<string>();
  /** Copies, as a database has them. */
  readonly blobs = new Map<string, Uint8Array>();
  /** Checksums of what was read, in order. */
  readonly reads: string[] = [];
}

export class MemoryProjectStorage implements ProjectStorage {
  readonly #disk: MemoryDisk;
  /** Thrown by the next writes. */
  failure: Error | undefined;
  writes = 0;
  #open: string | undefined;

  constructor(disk = new MemoryDisk(), open?: string) {
    this.#disk = disk;
    this.#open = open;
  }

  list(): Promise<readonly ProjectSummary[]> {
    const summaries = [...this.#disk.projects.values()].map(({ summary, earlier }) =>
      earlier === undefined ? summary : { ...summary, earlier: earlier.summary.savedAt },
    );
    return Promise.resolve(summaries.sort((a, b) => b.savedAt.localeCompare(a.savedAt)));
  }

  read(id: string, save: 'latest' | 'earlier' = 'latest'): Promise<PackedProject> {
    const kept = this.#disk.projects.get(id);
    const stored = save === 'earlier' ? kept?.earlier : kept;
    if (stored === undefined) return Promise.reject(new ProjectMissingError());
    const { text, sha256, blobs } = stored.project;
    const there = blobs.filter((key) => this.#disk.blobs.has(key));
    return Promise.resolve({ text, sha256, blobs: new Map(there.map((key) => [key, this.blob(key)])) });
  }

  blob(sha256: string): LazyBlob {
    const read = (): Promise<Uint8Array> => {
      this.#disk.reads.push(sha256);
      const bytes = this.#disk.blobs.get(sha256);
      return bytes === undefined ? Promise.reject(new PixelsGoneError('gone')) : Promise.resolve(bytes.slice());
    };
    return { byteLength: 0, now: () => undefined, read };
  }

  async write(summary: ProjectSummary, packed: PackedProject, options: WriteOptions = {}): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.writes++;
    const keys: string[] = [];
    for (const [key, blob] of packed.blobs) {
      try {
        if (!this.#disk.blobs.has(key)) this.#disk.blobs.set(key, (await readBlob(blob)).slice());
        keys.push(key);
      } catch (error) {
        if (!(error instanceof PixelsGoneError)) throw error;
      }
    }
    const project = { text: packed.text, sha256: packed.sha256, blobs: keys };
    const former = this.#disk.projects.get(summary.id);
    const known = former?.earlier === undefined ? {} : { earlier: former.earlier.summary.savedAt };
    const rotates = former !== undefined && becomesEarlier(known, summary.savedAt, options);
    const earlier = rotates ? { summary: former.summary, project: former.project } : former?.earlier;
    this.#disk.projects.set(summary.id, { summary, project, ...(earlier === undefined ? {} : { earlier }) });
  }

  remove(id: string): Promise<void> {
    this.#disk.projects.delete(id);
    return Promise.resolve();
  }

  hold(id: string): Promise<(() => void) | undefined> {
    const { held } = this.#disk;
    if (held.has(id)) return Promise.resolve(undefined);
    held.add(id);
    return Promise.resolve(() => {
      held.delete(id);
    });
  }

  lastOpen(): string | undefined {
    return this.#open;
  }

  rememberOpen(id: string): void {
    this.#open = id;
  }
}
