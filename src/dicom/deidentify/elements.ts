/** Elements and items as bytes, little endian, explicit or implicit (PS3.5 section 7). */

import { joinedBytes } from '../../imaging/bytes';
import { isLong } from '../layout';

const UNDEFINED = 0xffffffff;
/** One UID or several: how they are known where no representation is. */
const UIDS = /^[0-2](?:\.\d+)+(?:\\[0-2](?:\.\d+)+)*$/;

/**
 * @param vr UN where the file states none
 * @param open its length stays undefined: the value ends with a delimiter of its own
 */
export function elementBytes(
  tag: string,
  vr: string,
  value: string | Uint8Array,
  implicit: boolean,
  open = false,
): Uint8Array {
  const text = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  // UIDs and bytes end with a zero, other texts with a space (PS3.5 section 6.2).
  const pad = typeof value !== 'string' || vr === 'UI' || (vr === 'UN' && UIDS.test(value)) ? 0 : 32;
  const bytes = text.length % 2 === 0 ? text : joinedBytes([text, Uint8Array.of(pad)]);
  const length = open ? UNDEFINED : bytes.length;
  const head = new Uint8Array(!implicit && isLong(vr) ? 12 : 8);
  const view = new DataView(head.buffer);
  view.setUint16(0, parseInt(tag.slice(0, 4), 16), true);
  view.setUint16(2, parseInt(tag.slice(4), 16), true);
  if (implicit) view.setUint32(4, length, true);
  else {
    head.set(new TextEncoder().encode(vr), 4);
    if (isLong(vr)) view.setUint32(8, length, true);
    else view.setUint16(6, length, true);
  }
  return joinedBytes([head, bytes]);
}

export function itemBytes(content: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint16(0, 0xfffe, true);
  view.setUint16(2, 0xe000, true);
  view.setUint32(4, content.length, true);
  return joinedBytes([head, content]);
}
