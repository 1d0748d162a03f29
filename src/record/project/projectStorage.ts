/** Where projects are kept between visits. The browser's is `app/projects/browserProjectStorage.ts`; tests have one in memory. */

import type { LazyBlob } from './arrays';
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
  /** When the earlier save that is kept beside this one was made, ISO 8601; absent: there is none. */
  readonly earlier?: string;
}

/** An earlier save younger than this is not yet replaced by the one after it. */
export const EARLIER_MILLISECONDS = 10 * 60 * 1000;

/** Whether the save that is there now is kept as the earlier one when another takes its place. */
export function becomesEarlier(
  { earlier }: Pick<ProjectSummary, 'earlier'>,
  now: string,
  { keepFormer = false }: WriteOptions,
): boolean {
  return keepFormer || earlier === undefined || Date.parse(now) - Date.parse(earlier) >= EARLIER_MILLISECONDS;
}

export interface WriteOptions {
  /** Something is wrong with the save that is there, or with this one: that one stays as the earlier. */
  readonly keepFormer?: boolean;
}

export interface ProjectStorage {
  /** Latest saved first. @throws StorageUnavailableError */
  list(): Promise<readonly ProjectSummary[]>;
  /**
   * The list of contents, and the arrays it names, each read when it is needed. What is not there any more is left out.
   * @param save the latest, or the earlier one that is kept beside it
   * @throws ProjectMissingError, ProjectDamagedError when its list of contents does not fit its checksum, StorageUnavailableError
   */
  read(id: string, save?: 'latest' | 'earlier'): Promise<PackedProject>;
  /** One array that was written under its checksum. */
  blob(sha256: string): LazyBlob;
  /**
   * Puts the project in the place of what was kept under its id, wholly or not at all, and compares what was stored with what
   * was given. Arrays that cannot be read any more, here or where they were, are left out. Now and then what was there stays beside it as the earlier save (becomesEarlier).
   * @throws StorageFullError, StorageUnreliableError, StorageUnavailableError
   */
  write(summary: ProjectSummary, project: PackedProject, options?: WriteOptions): Promise<void>;
  remove(id: string): Promise<void>;
  /** The right to write a project, for one tab at a time; undefined: another tab has it. It ends with the tab. */
  hold(id: string): Promise<(() => void) | undefined>;
  /** The project that this tab had open, before it was reloaded. */
  lastOpen(): string | undefined;
  rememberOpen(id: string): void;
}
