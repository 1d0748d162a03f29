/**
 * Runs that this browser knows. IndexedDB remembers them with their folders: handles of the user's own, or folders below runs/
 * in the storage of the browser. One tab at a time may write into one: a Web Lock of its name, which ends with the tab.
 */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import {
  RunOpenElsewhereError,
  RunPlaceError,
  RunStorageMissingError,
  type KnownRun,
  type RunPlace,
  type RunPlaces,
} from '../../state/run/places';
import { chooseDirectory, hasFolders } from '../opening/pickFolder';
import { directoryFiles } from './directoryFiles';

const NAME = 'counterpart-runs';
const FOLDER = 'runs';

interface Stored extends KnownRun {
  readonly handle: FileSystemDirectoryHandle;
}

interface Schema extends DBSchema {
  runs: { key: string; value: Stored };
}

/** The part of a handle that asks for permission: not in every browser, and not in TypeScript's types. */
interface Permitted {
  queryPermission?(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission?(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
}

interface Held {
  users: number;
  readonly release: () => void;
}

export class BrowserRuns implements RunPlaces {
  #database: Promise<IDBPDatabase<Schema>> | undefined;
  readonly #handles = new Map<string, FileSystemDirectoryHandle>();
  /** Locks of this page. */
  readonly #held = new Map<string, Held>();

  get hasFolders(): boolean {
    return hasFolders();
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>(NAME, 1, {
      upgrade: (database) => {
        database.createObjectStore('runs', { keyPath: 'id' });
      },
    });
    return this.#database;
  }

  async list(): Promise<readonly KnownRun[]> {
    const all = await (await this.#open()).getAll('runs');
    return all
      .map(({ handle: _, ...known }): KnownRun => known)
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt));
  }

  async choose(): Promise<RunPlace | undefined> {
    const handle = await chooseDirectory();
    return handle === undefined ? undefined : this.#place(await this.#idOf(handle), handle.name, 'folder', handle);
  }

  /** A folder that was chosen before is the same run. */
  async #idOf(handle: FileSystemDirectoryHandle): Promise<string> {
    const known = await (await this.#open()).getAll('runs').catch(() => []);
    for (const each of known) if (await each.handle.isSameEntry(handle).catch(() => false)) return each.id;
    for (const [id, each] of this.#handles) if (await each.isSameEntry(handle).catch(() => false)) return id;
    return newId();
  }

  async make(name: string): Promise<RunPlace> {
    const id = newId();
    if (!hasOwnFiles()) throw new RunStorageMissingError();
    try {
      // Else the browser may clear it when the disk runs full.
      await navigator.storage.persist().catch(() => false);
      const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
      const handle = await top.getDirectoryHandle(id, { create: true });
      return await this.#place(id, name, 'browser', handle);
    } catch (cause) {
      throw new RunPlaceError(name, { cause });
    }
  }

  async reopen(id: string): Promise<RunPlace> {
    const known = await (await this.#open()).get('runs', id);
    if (known === undefined) throw new RunPlaceError(id);
    const { name, kind, handle } = known;
    const permitted = handle as Permitted;
    const asked = { mode: 'readwrite' } as const;
    const isOwn = kind === 'browser' || permitted.queryPermission === undefined;
    if (!isOwn && (await permitted.queryPermission?.(asked)) !== 'granted')
      if ((await permitted.requestPermission?.(asked)) !== 'granted') throw new RunPlaceError(name);
    return this.#place(id, name, kind, handle);
  }

  async remember(run: KnownRun): Promise<void> {
    const handle = this.#handles.get(run.id);
    if (handle !== undefined) await (await this.#open()).put('runs', { ...run, handle });
  }

  async forget(id: string): Promise<void> {
    const database = await this.#open();
    const known = await database.get('runs', id);
    await database.delete('runs', id);
    if (known?.kind !== 'browser') return;
    const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER);
    await top.removeEntry(id, { recursive: true });
  }

  async #place(id: string, name: string, kind: RunPlace['kind'], handle: FileSystemDirectoryHandle): Promise<RunPlace> {
    await this.#lock(id, name);
    this.#handles.set(id, handle);
    return {
      id,
      name,
      kind,
      files: directoryFiles(handle, name),
      release: () => {
        const held = this.#held.get(id);
        if (held === undefined) return;
        held.users--;
        if (held.users > 0) return;
        this.#held.delete(id);
        held.release();
      },
    };
  }

  /** @throws RunOpenElsewhereError */
  async #lock(id: string, name: string): Promise<void> {
    const held = this.#held.get(id);
    if (held !== undefined) {
      held.users++;
      return;
    }
    const { locks } = navigator as Partial<Navigator>;
    const release = locks === undefined ? () => undefined : await taken(locks, `counterpart-run-${id}`);
    if (release === undefined) throw new RunOpenElsewhereError(name);
    this.#held.set(id, { users: 1, release });
  }
}

/** The way to let go of the lock; undefined: somebody has it. */
function taken(locks: LockManager, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(undefined);
          return undefined;
        }
        return new Promise<void>((release) => {
          resolve(() => {
            release();
          });
        });
      })
      .catch(reject);
  });
}

/** 64 random bits. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** WebKitGTK has no storage of its own for pages, Safari before 26 none that is written here (`createWritable`). */
function hasOwnFiles(): boolean {
  const { storage } = navigator as Partial<Navigator>;
  return (
    (storage as Partial<StorageManager> | undefined)?.getDirectory !== undefined &&
    'createWritable' in FileSystemFileHandle.prototype
  );
}
