/** Text in PNG files (W3C PNG, section 11.3.4): written as iTXt (UTF-8), read from tEXt, zTXt and iTXt. */

import { inflateRaw } from './inflate';
import { isPng, latin1, readPngChunks, type PngChunk } from './png-chunks';

/** What the compressed texts of a file may inflate to, all together; those beyond it are left out. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** @throws RangeError when a keyword is not 1 to 79 printable ASCII characters */
export function textChunks(text: Readonly<Record<string, string>>): readonly PngChunk[] {
  return Object.entries(text).map(([keyword, value]) => {
    if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,77}[\x21-\x7e])?$/.test(keyword)) {
      throw new RangeError(`"${keyword}" cannot be a PNG keyword: 1 to 79 printable ASCII characters are allowed.`);
    }
    // Keyword, NUL, not compressed, method 0, empty language and translated keyword (a NUL each), text.
    const head = new TextEncoder().encode(`${keyword}\0\0\0\0\0`);
    const body = new TextEncoder().encode(value);
    const data = new Uint8Array(head.length + body.length);
    data.set(head);
    data.set(body, head.length);
    return { type: 'iTXt', data };
  });
}

/**
 * Every text of a PNG by keyword; of texts that share a keyword the last counts. Not a PNG: none.
 * @throws TruncatedImageError, CorruptImageError
 */
export function readPngText(bytes: Uint8Array, name = 'The file'): Record<string, string> {
  return isPng(bytes) ? textOfChunks(readPngChunks(bytes, name)) : {};
}

export function textOfChunks(chunks: readonly PngChunk[]): Record<string, string> {
  let left = MAX_TEXT_BYTES;
  const inflate = (zlib: Uint8Array): Uint8Array | undefined => {
    const text = left > 0 ? inflateText(zlib, left) : undefined;
    // A text that is too long has cost what was left: the next ones are not tried.
    left -= text?.length ?? left;
    return text;
  };
  const texts = chunks.map((chunk) => textOfChunk(chunk, inflate)).filter((entry) => entry !== undefined);
  return Object.fromEntries(texts);
}

function textOfChunk(
  { type, data }: PngChunk,
  inflate: (zlib: Uint8Array) => Uint8Array | undefined,
): readonly [string, string] | undefined {
  const end = data.indexOf(0);
  if (end < 1) return undefined;
  const keyword = latin1(data.subarray(0, end));
  if (type === 'tEXt') return [keyword, latin1(data.subarray(end + 1))];
  if (type === 'zTXt') {
    const value = inflate(data.subarray(end + 2));
    return value && [keyword, latin1(value)];
  }
  if (type !== 'iTXt') return undefined;
  const languageEnd = data.indexOf(0, end + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return undefined;
  const body = data.subarray(translatedEnd + 1);
  const value = data[end + 1] === 1 ? inflate(body) : body;
  return value && [keyword, new TextDecoder().decode(value)];
}

/** zlib data inflated, or undefined when it is damaged or too long: text is never worth refusing an image for. */
function inflateText(zlib: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateRaw(zlib.subarray(2, -4), limit);
  } catch {
    return undefined;
  }
}
