/** The text of a table, whatever program saved it: UTF-8 with or without a mark, UTF-16 as Excel's "Unicode text", else Windows-1252. */

import { joinedBytes } from '../../imaging/bytes';

/** A file that can be read more than once. */
export interface TableSource {
  readonly name: string;
  /** From its beginning, each time. */
  bytes(): AsyncIterable<Uint8Array>;
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** By the first bytes; without a mark it is UTF-8 until a byte says otherwise. */
export function encodingOf(first: Uint8Array): Encoding {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Some byte is not of the encoding that was assumed. */
export class NotInEncoding extends Error {}

/** Text in parts. @throws NotInEncoding where `assumed` is absent and the bytes are not UTF-8: read again as Windows-1252 */
export async function* textOf(source: TableSource, assumed?: Encoding): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  const decoded = (bytes: Uint8Array | undefined): string => {
    try {
      decoder ??= new TextDecoder(assumed ?? encodingOf(bytes ?? new Uint8Array()), { fatal: true });
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new NotInEncoding('not in this encoding', { cause });
    }
  };
  // The mark has two bytes.
  let first = new Uint8Array();
  for await (const bytes of source.bytes()) {
    if (decoder === undefined && first.length + bytes.length < 2) first = joinedBytes([first, bytes]);
    else if (bytes.length > 0) yield decoded(decoder === undefined ? joinedBytes([first, bytes]) : bytes);
  }
  if (decoder === undefined) yield decoded(first);
  yield decoded(undefined);
}

/** Bytes in memory as a source. */
export function sourceOfBytes(name: string, bytes: Uint8Array, part = 1 << 20): TableSource {
  return {
    name,
    // eslint-disable-next-line @typescript-eslint/require-await -- an iterable of what is there already
    async *bytes() {
      for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
    },
  };
}
