/** Mends data sets that are explicit but for single elements without a value representation: old software wrote such. */

import { joinedBytes } from '../imaging/bytes';
import { isLong, isRepresentation } from './layout';

const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;
/** Sequences within sequences; files nest three or four deep. */
const MAX_DEPTH = 32;

interface Head {
  readonly tag: number;
  /** Undefined: the element has none, its length follows the tag. */
  readonly vr: string | undefined;
  readonly value: number;
  readonly length: number;
}

/**
 * The little-endian data set with the representation UN in every element of its top level that has none; undefined where
 * none lacks it or the elements do not follow each other.
 */
export function withRepresentations(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (let at = 0; at + 8 <= bytes.length;) {
    const head = headAt(view, at);
    if (!head) return undefined;
    if (head.vr === undefined) {
      parts.push(bytes.subarray(copied, at), unknownHead(bytes.subarray(at, at + 4), head.length));
      copied = head.value;
    }
    // Nothing that matters here lies behind the pixels.
    if (head.tag === PIXEL_DATA) break;
    const end = endOf(view, head, 0);
    if (end === undefined) return undefined;
    at = end;
  }
  if (parts.length === 0) return undefined;
  return joinedBytes([...parts, bytes.subarray(copied)]);
}

function headAt(view: DataView, at: number): Head | undefined {
  if (at + 8 > view.byteLength) return undefined;
  const tag = tagAt(view, at);
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  if (!isRepresentation(vr)) return { tag, vr: undefined, value: at + 8, length: view.getUint32(at + 4, true) };
  if (!isLong(vr)) return { tag, vr, value: at + 8, length: view.getUint16(at + 6, true) };
  return at + 12 > view.byteLength ? undefined : { tag, vr, value: at + 12, length: view.getUint32(at + 8, true) };
}

function tagAt(view: DataView, at: number): number {
  return view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true);
}

/** Where the element ends; undefined where that is beyond the bytes. */
function endOf(view: DataView, { value, length }: Head, depth: number): number | undefined {
  if (length !== UNDEFINED) return value + length <= view.byteLength ? value + length : undefined;
  if (depth > MAX_DEPTH) return undefined;
  for (let at = value; at + 8 <= view.byteLength;) {
    const [tag, size] = [tagAt(view, at), view.getUint32(at + 4, true)];
    if (tag === SEQUENCE_END) return at + 8;
    if (tag !== ITEM) return undefined;
    const end = size === UNDEFINED ? endOfItem(view, at + 8, depth) : at + 8 + size;
    if (end === undefined || end > view.byteLength) return undefined;
    at = end;
  }
  return undefined;
}

function endOfItem(view: DataView, from: number, depth: number): number | undefined {
  for (let at = from; at + 8 <= view.byteLength;) {
    if (tagAt(view, at) === ITEM_END) return at + 8;
    const head = headAt(view, at);
    const end = head && endOf(view, head, depth + 1);
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

/** Tag, UN, two reserved bytes, length (PS3.5 table 7.1-1). */
function unknownHead(tag: Uint8Array, length: number): Uint8Array {
  const head = new Uint8Array(12);
  head.set(tag);
  head.set([0x55, 0x4e], 4);
  new DataView(head.buffer).setUint32(8, length, true);
  return head;
}
