import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesSource, entriesOf, readEntry, type FileSource } from './zipEntries';

const noise = (length: number, factor: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * index * factor) % 251);
const FILES = {
  'a.txt': new TextEncoder().encode('hello'),
  'b/large': noise(700_000, 7),
  'b/zeros': new Uint8Array(900_000),
};
const ZIP = zipSync(FILES);

/** Counts what is read of it. */
function counted(bytes: Uint8Array): FileSource & { readonly read: FileSource['read']; bytesRead: number } {
  const inner = bytesSource(bytes);
  const source = {
    size: inner.size,
    bytesRead: 0,
    read: (start: number, end: number) => {
      source.bytesRead += end - start;
      return inner.read(start, end);
    },
  };
  return source;
}

describe('a zip that is read by range', () => {
  it('gives every entry as it was packed, and reads no more than what is asked for', async () => {
    const file = counted(ZIP);
    const entries = await entriesOf(file);
    expect([...(entries?.keys() ?? [])]).toEqual(Object.keys(FILES));
    expect(file.bytesRead).toBeLessThan(1000);
    for (const [name, bytes] of Object.entries(FILES)) {
      const entry = entries?.get(name);
      if (entry === undefined) throw new Error('it is listed');
      // By comparing, not by expecting: equality walks through every byte of large arrays.
      expect(Buffer.compare(await readEntry(file, entry), bytes)).toBe(0);
    }
  });

  it('is not taken for one when its end is missing or its list is not whole', async () => {
    expect(await entriesOf(bytesSource(ZIP.slice(0, -1)))).toBeUndefined();
    expect(await entriesOf(bytesSource(new Uint8Array(3)))).toBeUndefined();
    // The number of entries, and where their list begins.
    for (const at of [12, 6]) {
      const altered = ZIP.slice();
      altered[altered.length - at] = 0xff;
      expect(await entriesOf(bytesSource(altered))).toBeUndefined();
    }
  });

  it('refuses an entry that is longer, shorter or far larger than its list says', async () => {
    const file = bytesSource(ZIP);
    const entry = (await entriesOf(file))?.get('b/zeros');
    if (entry === undefined) throw new Error('it is listed');
    await expect(readEntry(file, { ...entry, size: entry.size - 1 })).rejects.toThrow(/longer/);
    await expect(readEntry(file, { ...entry, size: entry.size + 1 })).rejects.toThrow(/shorter/);
    await expect(readEntry(file, { ...entry, size: 2 ** 31 })).rejects.toThrow(/more than can be/);
    await expect(readEntry(file, { ...entry, at: entry.at + 1 })).rejects.toThrow(/does not begin/);
  });
});
