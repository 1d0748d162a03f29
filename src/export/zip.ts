/**
 * A zip file as a stream (PKWARE APPNOTE 6.3): files go out as they come, only the list of them is kept. Beyond 65,535 files or
 * 4 GiB it is zip64, which every current reader knows; a single file stays below 4 GiB.
 */

import { Deflate } from 'fflate';
import { joinedBytes } from '../imaging/bytes';
import { crc32 } from '../imaging/crc32';
import { inSlices, type Sliced } from '../imaging/slices';
import type { ExportSink } from './sink';

export interface ZipSink extends ExportSink {
  /** Writes the list of files; nothing can be written after it. */
  close(): Promise<void>;
}

interface Entry {
  readonly path: Uint8Array;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly size: number;
  readonly compressed: number;
  readonly offset: number;
}

const STORED = 0;
const DEFLATED = 8;
/** What a field of 32 or 16 bits says where zip64 says it. */
const ELSEWHERE_32 = 0xffffffff;
const ELSEWHERE_16 = 0xffff;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1 January 1980, midnight: the same files make the same zip. */
const DATE = 0x0021;
const VERSION = { plain: 20, zip64: 45 };
/** Bytes handed to the compressor at a time. */
const SLICE = 1 << 18;
/** Compressed already. */
const COMPRESSED = /\.(?:png|jpe?g|zip|gz)$/i;

/** @param out takes the zip part by part, in order */
export function zipSink(out: (part: Uint8Array) => void | Promise<void>): ZipSink {
  const entries: Entry[] = [];
  let at = 0;
  const push = async (part: Uint8Array): Promise<void> => {
    await out(part);
    at += part.length;
  };
  return {
    async write(name, bytes) {
      const path = new TextEncoder().encode(name);
      const packed = COMPRESSED.test(name) ? bytes : await inSlices(deflated(bytes));
      const method = packed === bytes ? STORED : DEFLATED;
      const entry = {
        path,
        method,
        crc: crc32(bytes),
        size: bytes.length,
        compressed: packed.length,
        offset: at,
      } as const;
      await push(localHeader(entry));
      await push(packed);
      entries.push(entry);
    },
    async close() {
      const start = at;
      for (const entry of entries) await push(centralHeader(entry));
      await push(endOf(entries.length, start, at - start));
    },
  };
}

function* deflated(bytes: Uint8Array): Sliced<Uint8Array> {
  const parts: Uint8Array[] = [];
  const deflate = new Deflate({ level: 4 }, (part) => parts.push(part));
  for (let from = 0; from < bytes.length; from += SLICE) {
    deflate.push(bytes.subarray(from, from + SLICE), false);
    yield;
  }
  deflate.push(new Uint8Array(), true);
  const packed = joinedBytes(parts);
  return packed.length < bytes.length ? packed : bytes;
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** Fields of 2, 4 or 8 bytes, little-endian, and what follows them. */
function record(fields: readonly Field[], ...after: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return joinedBytes([bytes, ...after]);
}

function localHeader({ path, method, crc, size, compressed }: Entry): Uint8Array {
  return record(
    [
      [4, 0x04034b50],
      [2, VERSION.plain],
      [2, FLAGS],
      [2, method],
      [2, 0],
      [2, DATE],
      [4, crc],
      [4, compressed],
      [4, size],
      [2, path.length],
      [2, 0],
    ],
    path,
  );
}

/** @returns the file's line in the list; its place stands in a zip64 field where 32 bits do not hold it */
export function centralHeader({ path, method, crc, size, compressed, offset }: Entry): Uint8Array {
  const far = offset >= ELSEWHERE_32;
  const extra = far
    ? record([
        [2, 1],
        [2, 8],
        [8, offset],
      ])
    : new Uint8Array();
  return record(
    [
      [4, 0x02014b50],
      [2, VERSION.zip64],
      [2, far ? VERSION.zip64 : VERSION.plain],
      [2, FLAGS],
      [2, method],
      [2, 0],
      [2, DATE],
      [4, crc],
      [4, compressed],
      [4, size],
      [2, path.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, far ? ELSEWHERE_32 : offset],
    ],
    path,
    extra,
  );
}

/** Where the list of files begins, and how long it is; with its zip64 form before it where 16 and 32 bits do not hold that. */
export function endOf(count: number, start: number, length: number): Uint8Array {
  const large = count >= ELSEWHERE_16 || start >= ELSEWHERE_32 || length >= ELSEWHERE_32;
  const zip64: readonly Field[] = [
    [4, 0x06064b50],
    [8, 44],
    [2, VERSION.zip64],
    [2, VERSION.zip64],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, start],
    [4, 0x07064b50],
    [4, 0],
    [8, start + length],
    [4, 1],
  ];
  return record([
    ...(large ? zip64 : []),
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, large ? ELSEWHERE_16 : count],
    [2, large ? ELSEWHERE_16 : count],
    [4, large ? ELSEWHERE_32 : length],
    [4, large ? ELSEWHERE_32 : start],
    [2, 0],
  ]);
}
