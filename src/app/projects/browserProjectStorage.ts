/**
 * Projects in IndexedDB.
 *
 * Three stores: `projects` holds what lists show and which blobs each project refers to, `texts` the JSON, `blobs` the arrays
 * under their SHA-256, shared by all projects. A save is one transaction over the three, so a page that dies in the middle
 * leaves the project as it was saved before; it also deletes the blobs that nothing refers to any more. What was written is
 * then read back and hashed. One tab at a time may write a project: a Web Lock of its name, which ends with the tab.
 */

import { openDB } from 'idb';
import { sha256Hex } from '../../imaging/digest';
import {
  ProjectDamagedError,
  ProjectMissingError,
  StorageFullError,
  StorageUnavailableError,
  StorageUnreliableError,
} from '../../record/project/errors';
import { PixelsGoneError } from '../../record/pixels/lazyPixels';
import { bytesNow, type LazyBlob } from '../../record/project/arrays';
import type { PackedProject } from '../../record/project/pack';
import { blobsOf, earlierKey, hashInTask, type Database, type Schema, type Stored } from './projectDatabase';
import { stage } from './stageBlobs';
import {
  becomesEarlier,
  type ProjectStorage,
  type ProjectSummary,
  type WriteOptions,
} from '../../record/project/projectStorage';
import { megabytes } from './megabytes';

const NAME = 'counterpart';
const VERSION = 1;
const OPEN_KEY = 'counterpart.project';
/** A page that is being left may hold its lock a moment longer than the page that follows it takes to start. */
const LOCK_PATIENCE_MILLISECONDS = 4000;

function textHash(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text));
}

async function room(): Promise<string> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined
      ? ''
      : `It has given this page ${megabytes(usage)} of ${megabytes(quota)}.`;
  } catch {
    return '';
  }
}

export class BrowserProjectStorage implements ProjectStorage {
  #database: Promise<Database> | undefined;
  #askedToPersist = false;

  async #open(): Promise<Database> {
    try {
      this.#database ??= this.#openAnew();
      return await this.#database;
    } catch (cause) {
      this.#database = undefined;
      throw new StorageUnavailableError({ cause });
    }
  }

  #openAnew(): Promise<Database> {
    return openDB<Schema>(NAME, VERSION, {
      upgrade: (database) => {
        database.createObjectStore('projects', { keyPath: 'id' });
        database.createObjectStore('texts');
        database.createObjectStore('blobs');
      },
      // A newer page wants to change the database: it waits for all others to let go.
      blocking: () => {
        void this.#database?.then((database) => database.close());
        this.#database = undefined;
      },
      terminated: () => {
        this.#database = undefined;
      },
    });
  }

  async list(): Promise<readonly ProjectSummary[]> {
    const database = await this.#open();
    const all = await database.getAll('projects');
    return all
      .map(({ sha256: _sha256, blobs: _blobs, earlier, ...summary }): ProjectSummary =>
        earlier === undefined ? summary : { ...summary, earlier: earlier.savedAt },
      )
      .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  async read(id: string, save: 'latest' | 'earlier' = 'latest'): Promise<PackedProject> {
    const database = await this.#open();
    const transaction = database.transaction(['projects', 'texts', 'blobs']);
    const keys = transaction.objectStore('blobs').getAllKeys();
    const isEarlier = save === 'earlier';
    const [stored, text] = await Promise.all([
      transaction.objectStore('projects').get(id),
      transaction.objectStore('texts').get(isEarlier ? earlierKey(id) : id),
    ]);
    const contents = isEarlier ? stored?.earlier : stored;
    if (stored === undefined || contents === undefined || text === undefined) throw new ProjectMissingError();
    const present = new Set(await keys);
    await transaction.done;
    const { sha256 } = contents;
    if ((await textHash(text)) !== sha256)
      throw new ProjectDamagedError(stored.title, 'its list of contents was altered');
    const there = contents.blobs.filter((key) => present.has(key));
    return { text, sha256, blobs: new Map(there.map((key) => [key, this.blob(key)])) };
  }

  blob(sha256: string): LazyBlob {
    const read = async (): Promise<Uint8Array> => {
      const bytes = await (await this.#open()).get('blobs', sha256);
      // What was altered is as good as gone: only what it belongs to is lost.
      if (bytes === undefined || (await hashInTask(bytes)) !== sha256)
        throw new PixelsGoneError('not in storage any more, or altered there');
      return bytes;
    };
    return { byteLength: 0, now: () => undefined, read };
  }

  async write(
    { earlier: _earlier, ...summary }: ProjectSummary,
    project: PackedProject,
    options: WriteOptions = {},
  ): Promise<void> {
    const database = await this.#open();
    try {
      const gone = await stage(database, project.blobs);
      const blobs = [...project.blobs.keys()].filter((key) => !gone.has(key));
      const added = await replace(database, { ...summary, sha256: project.sha256, blobs }, project, options);
      await compare(database, summary.id, project, added);
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'QuotaExceededError')
        throw new StorageFullError(await room(), { cause });
      throw cause;
    }
    await this.#persist();
  }

  /** Without this a browser short of room may throw projects away without asking. */
  async #persist(): Promise<void> {
    if (this.#askedToPersist) return;
    this.#askedToPersist = true;
    try {
      if (!(await navigator.storage.persisted())) await navigator.storage.persist();
    } catch {
      // Not offered by this browser: it keeps the project as long as it sees fit.
    }
  }

  async remove(id: string): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction(['projects', 'texts', 'blobs'], 'readwrite');
    const [projects, blobs] = [transaction.objectStore('projects'), transaction.objectStore('blobs')];
    const all = await projects.getAll();
    await Promise.all([
      projects.delete(id),
      transaction.objectStore('texts').delete(id),
      transaction.objectStore('texts').delete(earlierKey(id)),
      ...unreferred(all, id, []).map((key) => blobs.delete(key)),
      transaction.done,
    ]);
  }

  async hold(id: string): Promise<(() => void) | undefined> {
    // Absent on pages that are not served securely; such a page cannot hash either, and so never gets here with a project.
    if (!('locks' in navigator)) return () => undefined;
    const patience = AbortSignal.timeout(LOCK_PATIENCE_MILLISECONDS);
    return new Promise((resolve, reject) => {
      const lasting = () =>
        new Promise<void>((release) => {
          resolve(release);
        });
      navigator.locks.request(`counterpart ${id}`, { signal: patience }, lasting).catch((error: unknown) => {
        if (patience.aborted) resolve(undefined);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  lastOpen(): string | undefined {
    try {
      return window.sessionStorage.getItem(OPEN_KEY) ?? undefined;
    } catch {
      return undefined;
    }
  }

  rememberOpen(id: string): void {
    try {
      window.sessionStorage.setItem(OPEN_KEY, id);
    } catch {
      // Storage is blocked: the project saved last is taken up instead.
    }
  }
}

/** Blobs of the project's former state that no project refers to once it refers to `next`. */
function unreferred(all: readonly Stored[], id: string, next: readonly string[]): readonly string[] {
  const needed = new Set([...next, ...all.filter((stored) => stored.id !== id).flatMap(blobsOf)]);
  const former = all.find((stored) => stored.id === id);
  return former === undefined ? [] : [...new Set(blobsOf(former))].filter((key) => !needed.has(key));
}

/** A view is stored with the whole buffer that it looks at, which may be far larger. */
function alone(bytes: Uint8Array | undefined): Uint8Array {
  // It was there, or put there, a moment ago; another tab can have taken it away. The next save reads it again.
  if (bytes === undefined) throw new StorageUnreliableError('a picture or mask');
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** A request that throws does not end its transaction: what was asked before it would be kept. */
async function abort(transaction: { readonly done: Promise<void>; abort(): void }): Promise<void> {
  const ended = transaction.done.catch(() => undefined);
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
  await ended;
}

/** What is kept as the earlier save once `next` is the latest. */
function earlierOf(former: Stored | undefined, next: Stored, options: WriteOptions): Stored['earlier'] {
  if (former === undefined) return undefined;
  const { sha256, blobs, savedAt, earlier } = former;
  return becomesEarlier(earlier === undefined ? {} : { earlier: earlier.savedAt }, next.savedAt, options)
    ? { sha256, blobs, savedAt }
    : earlier;
}

/** @returns the blobs that were not there before */
async function replace(
  database: Database,
  latest: Stored,
  { text, blobs }: PackedProject,
  options: WriteOptions,
): Promise<readonly string[]> {
  const transaction = database.transaction(['projects', 'texts', 'blobs'], 'readwrite', { durability: 'strict' });
  const [projects, texts, blobStore] = [
    transaction.objectStore('projects'),
    transaction.objectStore('texts'),
    transaction.objectStore('blobs'),
  ];
  const [all, present, formerText] = await Promise.all([
    projects.getAll(),
    blobStore.getAllKeys(),
    texts.get(latest.id),
  ]);
  const former = all.find(({ id }) => id === latest.id);
  const earlier = earlierOf(former, latest, options);
  const stored: Stored = earlier === undefined ? latest : { ...latest, earlier };
  const known = new Set(present);
  const added = stored.blobs.filter((key) => !known.has(key));
  const requests: Promise<unknown>[] = [];
  try {
    // One after another: each is copied when it is put, and all at once would hold the page up.
    for (const key of added) await blobStore.put(alone(bytesNow(blobs.get(key))), key);
    for (const key of unreferred(all, stored.id, blobsOf(stored))) requests.push(blobStore.delete(key));
    if (earlier !== former?.earlier && formerText !== undefined)
      requests.push(texts.put(formerText, earlierKey(stored.id)));
    requests.push(texts.put(text, stored.id), projects.put(stored));
    await Promise.all(requests);
  } catch (error) {
    await abort(transaction);
    await Promise.allSettled(requests);
    throw error;
  }
  await transaction.done;
  return added;
}

/** Reads back what was written. @throws StorageUnreliableError */
async function compare(
  database: Database,
  id: string,
  project: PackedProject,
  added: readonly string[],
): Promise<void> {
  const text = await database.get('texts', id);
  if (text === undefined || (await textHash(text)) !== project.sha256)
    throw new StorageUnreliableError('the list of contents');
  for (const key of added) {
    const bytes = await database.get('blobs', key);
    if (bytes === undefined || (await hashInTask(bytes)) !== key) throw new StorageUnreliableError('a picture or mask');
  }
}
