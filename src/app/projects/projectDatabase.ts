/** What the three stores of the project database hold; see browserProjectStorage. */

import type { DBSchema, IDBPDatabase } from 'idb';
import { sha256Hex } from '../../imaging/digest';
import { nextTask } from '../../imaging/slices';
import type { ProjectSummary } from '../../record/project/projectStorage';

/** What a save refers to. */
interface Contents {
  readonly sha256: string;
  readonly blobs: readonly string[];
}

export interface Stored extends Omit<ProjectSummary, 'earlier'>, Contents {
  /** The save that is kept beside the latest; its text is under `earlierKey`. */
  readonly earlier?: Contents & { readonly savedAt: string };
}

export const earlierKey = (id: string): string => `${id} earlier`;

/** Every blob that a project needs. */
export const blobsOf = ({ blobs, earlier }: Stored): readonly string[] => [...blobs, ...(earlier?.blobs ?? [])];

export interface Schema extends DBSchema {
  projects: { key: string; value: Stored };
  texts: { key: string; value: string };
  blobs: { key: string; value: Uint8Array };
}

export type Database = IDBPDatabase<Schema>;

/** In a task of its own: bytes are copied to be hashed, as they were just copied to be read. */
export async function hashInTask(bytes: Uint8Array): Promise<string> {
  await nextTask();
  return sha256Hex(bytes);
}
