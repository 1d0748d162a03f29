/** The entries of a zip, read by range: its list stands at its end, so that nothing need be held that is not asked for. */

import { Inflate } from 'fflate';

/** A file on the disk, or bytes in memory. */
export interface FileSource {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface Entry {
  /** Of the header before its bytes. */
  readonly at: number;
  readonly packedSize: number;
  readonly size: number;
  readonly deflated: boolean;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const [LOCAL_LENGTH, CENTRAL_LENGTH, END_LENGTH] = [30, 46, 22] as const;
const STORED = 0;
const DEFLATED = 8;
const SLICE = 256 * 1024;
/** Deflate makes at most 1,032 bytes of one. */
const MOST_UNFOLDED = 1032;

export function bytesSource(bytes: Uint8Array): FileSource {
  return { size: bytes.length, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export async function startsAsZip(file: FileSource): Promise<boolean> {
  const start = await file.read(0, 4);
  return start.length === 4 && viewOf(start).getUint32(0, true) === LOCAL;
}

/** By name; undefined where the end of the file is not that of a zip as this program writes it. */
export async function entriesOf(file: FileSource): Promise<ReadonlyMap<string, Entry> | undefined> {
  if (file.size < END_LENGTH) return undefined;
  const end = viewOf(await file.read(file.size - END_LENGTH, file.size));
  if (end.getUint32(0, true) !== END) return undefined;
  const [count, length, from] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  if (from + length > file.size - END_LENGTH) return undefined;
  const list = await file.read(from, from + length);
  const view = viewOf(list);
  const entries = new Map<string, Entry>();
  let at = 0;
  while (at + CENTRAL_LENGTH <= list.length) {
    if (view.getUint32(at, true) !== CENTRAL) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const method = view.getUint16(at + 10, true);
    if (method !== STORED && method !== DEFLATED) return undefined;
    entries.set(new TextDecoder().decode(list.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + name)), {
      at: view.getUint32(at + 42, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      deflated: method === DEFLATED,
    });
    at += CENTRAL_LENGTH + name + extra + comment;
  }
  // The count is of 16 bits: what is beyond it wraps, and the list itself tells.
  return at === list.length && entries.size % 0x10000 === count ? entries : undefined;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** @throws Error when it is not what the list of entries says */
export async function readEntry(file: FileSource, { at, packedSize, size, deflated }: Entry): Promise<Uint8Array> {
  const header = await file.read(at, at + LOCAL_LENGTH);
  if (header.length < LOCAL_LENGTH || viewOf(header).getUint32(0, true) !== LOCAL)
    throw new Error('an entry does not begin where the list says');
  const from = at + LOCAL_LENGTH + viewOf(header).getUint16(26, true) + viewOf(header).getUint16(28, true);
  const packed = await file.read(from, from + packedSize);
  if (packed.length !== packedSize) throw new Error('an entry is cut short');
  if (!deflated) return packed.slice();
  if (size > MOST_UNFOLDED * packedSize) throw new Error('an entry says that it unfolds to more than can be');
  const bytes = new Uint8Array(size);
  const state = { filled: 0, ended: false };
  const inflate = new Inflate((part, final) => {
    // More than it says it is: it is never held.
    if (state.filled + part.length > size) throw new Error('an entry is longer than the list says');
    bytes.set(part, state.filled);
    state.filled += part.length;
    state.ended ||= final;
  });
  for (let start = 0; start < packed.length; start += SLICE) {
    inflate.push(packed.subarray(start, start + SLICE), start + SLICE >= packed.length);
    if (start + SLICE < packed.length) await pause();
  }
  if (!state.ended || state.filled !== size) throw new Error('an entry is shorter than the list says');
  return bytes;
}
