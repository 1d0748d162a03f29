/**
 * Arrays of a project that are neither stored nor at hand, as those of a file just opened: a transaction ends while it waits for
 * anything but the database, so they are stored one by one before the save that refers to them.
 */

import { PixelsGoneError } from '../../record/pixels/lazyPixels';
import { bytesNow, readBlob, type Blobs } from '../../record/project/arrays';
import { StorageUnreliableError } from '../../record/project/errors';
import { blobsOf, hashInTask, type Database } from './projectDatabase';

/** What is stored already and may go again: nothing refers to it. A page that died while it staged left it there. */
async function sweep(database: Database): Promise<void> {
  const transaction = database.transaction(['projects', 'blobs'], 'readwrite');
  const blobs = transaction.objectStore('blobs');
  const [all, present] = await Promise.all([transaction.objectStore('projects').getAll(), blobs.getAllKeys()]);
  const needed = new Set(all.flatMap(blobsOf));
  await Promise.all(present.filter((key) => !needed.has(key)).map((key) => blobs.delete(key)));
  await transaction.done;
}

async function stageAll(database: Database, blobs: Blobs, keys: readonly string[]): Promise<ReadonlySet<string>> {
  await sweep(database);
  const gone = new Set<string>();
  for (const key of keys) {
    const blob = blobs.get(key);
    if (blob === undefined) continue;
    try {
      const bytes = await readBlob(blob);
      await database.put('blobs', bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(), key);
      const stored = await database.get('blobs', key);
      if (stored === undefined || (await hashInTask(stored)) !== key)
        throw new StorageUnreliableError('a picture or mask');
    } catch (error) {
      if (!(error instanceof PixelsGoneError)) throw error;
      gone.add(key);
    }
  }
  return gone;
}

/**
 * Stores what is neither stored nor at hand.
 * @returns what cannot be read any more
 * @throws StorageUnreliableError; what was stored until then is swept away by the next that stages
 */
export async function stage(database: Database, blobs: Blobs): Promise<ReadonlySet<string>> {
  const present = new Set(await database.getAllKeys('blobs'));
  const absent = [...blobs].flatMap(([key, blob]) => (present.has(key) || bytesNow(blob) !== undefined ? [] : [key]));
  if (absent.length === 0) return new Set();
  // One page at a time: a sweep must not take what another has just stored.
  if (!('locks' in navigator)) return stageAll(database, blobs, absent);
  return navigator.locks.request('counterpart staging', () => stageAll(database, blobs, absent));
}
