import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { joinedBytes } from '../imaging/bytes';
import { centralHeader, endOf, zipSink } from './zip';

async function zipped(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = zipSink((part) => {
    parts.push(part);
  });
  for (const [path, bytes] of Object.entries(files)) await zip.write(path, bytes);
  await zip.close();
  return joinedBytes(parts);
}

describe('a zip stream', () => {
  it('gives every file back, pressed or not, whatever it is called', async () => {
    const files = {
      'a/größe ß.txt': new TextEncoder().encode('word '.repeat(20_000)),
      'b.png': Uint8Array.from({ length: 3000 }, (_, index) => (index * 2654435761) >>> 24),
      'empty.json': new Uint8Array(),
    };
    const zip = await zipped(files);
    const back = unzipSync(zip);
    expect(Object.keys(back)).toEqual(Object.keys(files));
    for (const [path, bytes] of Object.entries(files)) expect(Buffer.compare(back[path] as Uint8Array, bytes)).toBe(0);
    expect(zip.length).toBeLessThan(5000);
    expect(Buffer.compare(await zipped(files), zip)).toBe(0);
  });

  it('counts in 64 bits where 16 do not hold the files, or 32 the bytes before the list', () => {
    expect(endOf(65_534, 10, 20)).toHaveLength(22);
    for (const [count, start, length] of [
      [70_000, 10, 20],
      [2, 6 * 2 ** 32, 20],
    ] as const) {
      const end = endOf(count, start, length);
      const view = new DataView(end.buffer);
      expect(end).toHaveLength(56 + 20 + 22);
      expect(view.getBigUint64(32, true)).toBe(BigInt(count));
      expect(view.getBigUint64(48, true)).toBe(BigInt(start));
      expect(view.getBigUint64(56 + 8, true)).toBe(BigInt(start + length));
      expect(view.getUint16(76 + 10, true)).toBe(0xffff);
    }
  });

  it('says in 64 bits where a file begins beyond 4 GiB', () => {
    const path = new TextEncoder().encode('x');
    const entry = { path, method: 0, crc: 1, size: 2, compressed: 2 } as const;
    const far = centralHeader({ ...entry, offset: 5 * 2 ** 32 + 3 });
    const view = new DataView(far.buffer);
    expect(view.getUint32(42, true)).toBe(0xffffffff);
    expect(view.getBigUint64(46 + 1 + 4, true)).toBe(5n * 2n ** 32n + 3n);
    expect(centralHeader({ ...entry, offset: 17 })).toHaveLength(far.length - 12);
  });
});
