/** Bodies of several parts (RFC 2387), as archives send and take files (PS3.18 8.6.1.2). */

import { joinedBytes } from '../../imaging/bytes';
import { newUid } from '../uid';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const LINE = '\r\n';

/** One DICOM file as a body to send. */
export function multipartOf(file: Uint8Array): { readonly contentType: string; readonly body: Uint8Array } {
  // Digits and points of 127 random bits: no file holds them.
  const boundary = newUid();
  return {
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
    body: joinedBytes([
      text(`--${boundary}${LINE}Content-Type: application/dicom${LINE}${LINE}`),
      file,
      text(`${LINE}--${boundary}--${LINE}`),
    ]),
  };
}

/** The first part; undefined where there is none, or the body is cut off before its end. */
export function firstPart(body: Uint8Array, contentType: string): Uint8Array | undefined {
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const delimiter = text(`--${boundary?.[1] ?? boundary?.[2] ?? ''}`);
  if (delimiter.length <= 2) return undefined;
  const head = indexOf(body, delimiter, 0);
  if (head === -1) return undefined;
  const blank = indexOf(body, text(LINE + LINE), head + delimiter.length);
  if (blank === -1) return undefined;
  const start = blank + 2 * LINE.length;
  const end = indexOf(body, joinedBytes([text(LINE), delimiter]), start);
  return end === -1 ? undefined : body.subarray(start, end);
}

function indexOf(bytes: Uint8Array, sought: Uint8Array, from: number): number {
  const [first = 0] = sought;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
    if (sought.every((byte, offset) => bytes[at + offset] === byte)) return at;
  return -1;
}
