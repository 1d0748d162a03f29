/** Projects kept in memory. Two of them over one `disk` are two tabs of one browser. */

import { ProjectMissingError } from '../../record/project/errors';
import type { PackedProject } from '../../record/project/pack';
import {
  becomesEarlier,
  type ProjectStorage,
  type ProjectSummary,
  type WriteOptions,
} from '../../record/project/projectStorage';

interface Kept {
  readonly summary: ProjectSummary;
  readonly project: PackedProject;
}

export class MemoryDisk {
  readonly projects = new Map<string, Kept & { readonly earlier?: Kept }>();
  readonly held = new Set<string>();
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
    return stored === undefined ? Promise.reject(new ProjectMissingError()) : Promise.resolve(stored.project);
  }

  write(summary: ProjectSummary, project: PackedProject, options: WriteOptions = {}): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.writes++;
    const former = this.#disk.projects.get(summary.id);
    const known = former?.earlier === undefined ? {} : { earlier: former.earlier.summary.savedAt };
    const rotates = former !== undefined && becomesEarlier(known, summary.savedAt, options);
    const earlier = rotates ? { summary: former.summary, project: former.project } : former?.earlier;
    this.#disk.projects.set(summary.id, { summary, project, ...(earlier === undefined ? {} : { earlier }) });
    return Promise.resolve();
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
