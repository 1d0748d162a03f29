import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '../../imaging/digest';
import {
  ProjectDamagedError,
  ProjectMissingError,
  StorageFullError,
  StorageUnavailableError,
  StorageUnreliableError,
} from '../../record/project/errors';
import { PixelsGoneError } from '../../record/pixels/lazyPixels';
import { readBlob, type LazyBlob } from '../../record/project/arrays';
import type { PackedProject } from '../../record/project/pack';
import type { ProjectSummary } from '../../record/project/projectStorage';
import { BrowserProjectStorage } from './browserProjectStorage';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.restoreAllMocks();
});

function summary(id: string, savedAt = '2026-01-01T00:00:00.000Z'): ProjectSummary {
  return { id, title: `Project ${id}`, savedAt, bytes: 3, radiographs: 1, versions: 0 };
}

async function project(text: string, ...blobs: readonly Uint8Array[]): Promise<PackedProject> {
  const named = await Promise.all(blobs.map(async (bytes) => [await sha256Hex(bytes), bytes] as const));
  return { text, sha256: await sha256Hex(new TextEncoder().encode(text)), blobs: new Map(named) };
}

/** Arrays out of the database are of another realm here, which equality would mind. */
async function plain({ text, sha256, blobs }: PackedProject) {
  const read = [...blobs].map(async ([key, blob]) => [key, [...(await readBlob(blob))]] as const);
  return { text, sha256, blobs: await Promise.all(read) };
}

const pixels = (value: number) => new Uint8Array(100).fill(value);

async function blobCount(): Promise<number> {
  const database = await openDB('counterpart');
  const count = await database.count('blobs');
  database.close();
  return count;
}

describe('projects in IndexedDB', () => {
  it('come back byte for byte, the latest first in the list', async () => {
    const storage = new BrowserProjectStorage();
    const given = await project('{"a":1}', pixels(1), pixels(2));
    await storage.write(summary('old'), given);
    await storage.write(summary('new', '2026-02-01T00:00:00.000Z'), await project('{}'));
    expect((await storage.list()).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(await plain(await new BrowserProjectStorage().read('old'))).toEqual(await plain(given));
  });

  it('share what is the same and drop what none needs any more', async () => {
    const storage = new BrowserProjectStorage();
    await storage.write(summary('a'), await project('1', pixels(1), pixels(2)));
    await storage.write(summary('b'), await project('2', pixels(2), pixels(3)));
    expect(await blobCount()).toBe(3);
    await storage.write(summary('a'), await project('3', pixels(4)));
    // The earlier save of the first still needs what it had.
    expect(await blobCount()).toBe(4);
    await storage.remove('b');
    expect(await blobCount()).toBe(3);
    expect((await storage.read('a')).text).toBe('3');
    await expect(storage.read('b')).rejects.toThrow(ProjectMissingError);
  });

  it('store of a view what it shows, not the buffer behind it', async () => {
    const storage = new BrowserProjectStorage();
    const large = new Uint8Array(1000).fill(7);
    await storage.write(summary('a'), await project('1', large.subarray(10, 20)));
    const [stored] = [...(await storage.read('a')).blobs.values()];
    expect(stored && (await readBlob(stored)).buffer.byteLength).toBe(10);
  });

  it('refuse a picture whose stored bytes have changed, leave out one that is gone, and do not come without their list', async () => {
    const storage = new BrowserProjectStorage();
    const given = await project('1', pixels(1), pixels(2), pixels(3));
    await storage.write(summary('a'), given);
    const database = await openDB('counterpart');
    const [altered = '', whole = '', gone = ''] = [...given.blobs.keys()];
    await database.put('blobs', pixels(9), altered);
    await database.delete('blobs', gone);
    const { blobs } = await storage.read('a');
    expect([...blobs.keys()]).toEqual([altered, whole]);
    await expect(storage.blob(altered).read()).rejects.toThrow(PixelsGoneError);
    await expect(storage.blob(gone).read()).rejects.toThrow(PixelsGoneError);
    expect([...(await storage.blob(whole).read())]).toEqual([...pixels(2)]);
    await database.put('texts', 'altered', 'a');
    database.close();
    await expect(storage.read('a')).rejects.toThrow(ProjectDamagedError);
  });

  it('take in what has to be read first, one by one, and go on without what cannot be read', async () => {
    const storage = new BrowserProjectStorage();
    const lazily = (bytes: Uint8Array | undefined): LazyBlob => ({
      byteLength: 100,
      now: () => undefined,
      read: () => (bytes === undefined ? Promise.reject(new PixelsGoneError('gone')) : Promise.resolve(bytes)),
    });
    const { text, sha256, blobs } = await project('1', pixels(1), pixels(2), pixels(3));
    const [here = '', later = '', gone = ''] = [...blobs.keys()];
    const lazy = new Map<string, Uint8Array | LazyBlob>([
      [here, pixels(1)],
      [later, lazily(pixels(2))],
      [gone, lazily(undefined)],
    ]);
    // What a page that died in the middle of this has left behind goes.
    await storage.list();
    const database = await openDB('counterpart');
    await database.put('blobs', pixels(8), await sha256Hex(pixels(8)));
    database.close();
    await storage.write(summary('a'), { text, sha256, blobs: lazy });
    expect([...(await storage.read('a')).blobs.keys()].sort()).toEqual([here, later].sort());
    expect([...(await storage.blob(later).read())]).toEqual([...pixels(2)]);
    expect(await blobCount()).toBe(2);
  });

  it('keep an earlier save with all that it needs, until it is ten minutes old', async () => {
    const storage = new BrowserProjectStorage();
    const at = (minute: number) => summary('a', `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`);
    const first = await project('1', pixels(1));
    await storage.write(at(0), first);
    expect((await storage.list())[0]?.earlier).toBeUndefined();
    await storage.write(at(1), await project('2', pixels(2)));
    await storage.write(at(2), await project('3', pixels(3)));
    expect((await storage.list())[0]?.earlier).toBe(at(0).savedAt);
    expect(await plain(await storage.read('a', 'earlier'))).toEqual(await plain(first));
    expect(await blobCount()).toBe(2);
    await storage.write(at(11), await project('4', pixels(4)));
    expect((await storage.read('a', 'earlier')).text).toBe('3');
    await storage.write(at(12), await project('5', pixels(5)), { keepFormer: true });
    expect((await storage.read('a', 'earlier')).text).toBe('4');
    expect(await blobCount()).toBe(2);
    await storage.remove('a');
    expect(await blobCount()).toBe(0);
    await expect(storage.read('a', 'earlier')).rejects.toThrow(ProjectMissingError);
  });

  it('are compared after writing: a store that keeps something else is found out', async () => {
    const given = await project('1', pixels(1));
    const wrong = new Map([...given.blobs.keys()].map((key) => [key, pixels(5)]));
    await expect(new BrowserProjectStorage().write(summary('a'), { ...given, blobs: wrong })).rejects.toThrow(
      StorageUnreliableError,
    );
  });

  it('stay as they were when there is no room, which is named', async () => {
    const storage = new BrowserProjectStorage();
    const before = await project('1', pixels(1));
    await storage.write(summary('a'), before);
    // The room ends in the middle of the transaction.
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key?: IDBValidKey,
    ) {
      if (typeof value === 'string') throw new DOMException('no room', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    await expect(storage.write(summary('a'), await project('2', pixels(2)))).rejects.toThrow(StorageFullError);
    vi.restoreAllMocks();
    expect(plain(await storage.read('a'))).toEqual(plain(before));
  });

  it('are said to be impossible where the browser forbids storage', async () => {
    vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    await expect(new BrowserProjectStorage().list()).rejects.toThrow(StorageUnavailableError);
  });
});
