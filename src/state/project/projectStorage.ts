/** Where projects are kept between visits. The browser's is `app/projects/browserProjectStorage.ts`; tests have one in memory. */

import type { PackedProject } from './pack';

export interface ProjectSummary {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  /** Of everything it refers to; what projects share counts in each. */
  readonly bytes: number;
  readonly radiographs: number;
  readonly versions: number;
}

export interface ProjectStorage {
  /** Latest saved first. @throws StorageUnavailableError */
  list(): Promise<readonly ProjectSummary[]>;
  /** @throws ProjectMissingError, ProjectDamagedError when something does not fit its checksum, StorageUnavailableError */
  read(id: string): Promise<PackedProject>;
  /**
   * Puts the project in the place of what was kept under its id, wholly or not at all, and compares what was stored with what
   * was given. @throws StorageFullError, StorageUnreliableError, StorageUnavailableError
   */
  write(summary: ProjectSummary, project: PackedProject): Promise<void>;
  remove(id: string): Promise<void>;
  /** The right to write a project, for one tab at a time; undefined: another tab has it. It ends with the tab. */
  hold(id: string): Promise<(() => void) | undefined>;
  /** The project that this tab had open, before it was reloaded. */
  lastOpen(): string | undefined;
  rememberOpen(id: string): void;
}
