/** The PNG container (W3C PNG, section 5): signature, then chunks of length, type, data, CRC. */

import { crc32 } from './crc32';
import { CorruptImageError, TruncatedImageError } from './errors';

export const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

export function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * All chunks of a PNG up to IEND, their checksums verified.
 * @throws TruncatedImageError when the file ends before IEND, CorruptImageError when a checksum is wrong
 */
export function readPngChunks(bytes: Uint8Array, name: string): readonly PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let at = PNG_SIGNATURE.length;
  for (;;) {
    if (at + 12 > bytes.length) throw new TruncatedImageError(name, 'PNG');
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) throw new TruncatedImageError(name, 'PNG');
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (crc32(bytes, at + 4, at + 8 + length) !== view.getUint32(at + 8 + length)) {
      throw new CorruptImageError(name, 'PNG', `the checksum of its ${printable(type)} block is wrong`);
    }
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
}

/** Chunks of text without a look at the others or at checksums: as far as the lengths lead. Never throws. */
export function textualChunks(bytes: Uint8Array): readonly PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = PNG_SIGNATURE.length; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (/^(?:tEXt|zTXt|iTXt)$/.test(type) && end <= bytes.length)
      chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Of a file of these chunks. */
function sizeOf(chunks: readonly PngChunk[]): number {
  return chunks.reduce((sum, chunk) => sum + 12 + chunk.data.length, PNG_SIGNATURE.length);
}

/** Whether nothing stands behind the last chunk. */
export function isWholeFile(bytes: Uint8Array, chunks: readonly PngChunk[]): boolean {
  return sizeOf(chunks) === bytes.length;
}

/** Signature and chunks as a file. */
export function writePng(chunks: readonly PngChunk[]): Uint8Array {
  const bytes = new Uint8Array(sizeOf(chunks));
  const view = new DataView(bytes.buffer);
  bytes.set(PNG_SIGNATURE);
  let at = PNG_SIGNATURE.length;
  for (const { type, data } of chunks) {
    view.setUint32(at, data.length);
    for (let i = 0; i < 4; i++) bytes[at + 4 + i] = type.charCodeAt(i);
    bytes.set(data, at + 8);
    view.setUint32(at + 8 + data.length, crc32(bytes, at + 4, at + 8 + data.length));
    at += 12 + data.length;
  }
  return bytes;
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function printable(type: string): string {
  return /^[A-Za-z]{4}$/.test(type) ? type : 'unnamed';
}
