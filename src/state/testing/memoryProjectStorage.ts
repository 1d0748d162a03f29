/** Projects kept in memory. Two of them over one `disk` are two tabs of one browser. */

import { ProjectMissingError } from '../project/errors';
import type { PackedProject } from '../project/pack';
import type { ProjectStorage, ProjectSummary } from '../project/projectStorage';

export class MemoryDisk {
  readonly projects = new Map<string, { readonly summary: ProjectSummary; readonly project: PackedProject }>();
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
    const summaries = [...this.#disk.projects.values()].map(({ summary }) => summary);
    return Promise.resolve(summaries.sort((a, b) => b.savedAt.localeCompare(a.savedAt)));
  }

  read(id: string): Promise<PackedProject> {
    const stored = this.#disk.projects.get(id);
    return stored === undefined ? Promise.reject(new ProjectMissingError()) : Promise.resolve(stored.project);
  }

  write(summary: ProjectSummary, project: PackedProject): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.writes++;
    this.#disk.projects.set(summary.id, { summary, project });
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
