/** Writes data sets in Explicit VR Little Endian, and files around them (DICOM PS3.5 section 7, PS3.10 section 7). */

import { joinedBytes } from '../imaging/bytes';
import { EXPLICIT_LITTLE } from './transfer-syntax';

/** By VR: text, numbers (US, SS, UL), tags (AT, as eight hexadecimal digits), bytes (OB, OW little-endian), or items (SQ). */
export type Value =
  | readonly ['UI' | 'CS' | 'LO' | 'SH' | 'DA' | 'TM' | 'PN' | 'IS' | 'DS' | 'ST' | 'UT', string]
  | readonly ['US' | 'SS' | 'UL', readonly number[]]
  | readonly ['AT', readonly string[]]
  | readonly ['OB' | 'OW', Uint8Array]
  | readonly ['SQ', readonly Attributes[]];

/** Values by tag as eight hexadecimal digits ("00280010"), in any order. */
export type Attributes = Readonly<Record<string, Value>>;

/** 2.25 and a UUID of this product: what wrote the file. */
const IMPLEMENTATION_CLASS = '2.25.320421741646026614170477961487140716482';

/** A file: preamble, meta information, and the data set. */
export function encodeFile(sopClassUid: string, sopInstanceUid: string, attributes: Attributes): Uint8Array {
  return fileOf(sopClassUid, sopInstanceUid, EXPLICIT_LITTLE, encodeAttributes(attributes));
}

/** A file around a data set that is encoded already. */
export function fileOf(
  sopClassUid: string,
  sopInstanceUid: string,
  transferSyntax: string,
  dataSet: Uint8Array,
): Uint8Array {
  const meta = encodeAttributes({
    '00020001': ['OB', Uint8Array.of(0, 1)],
    '00020002': ['UI', sopClassUid],
    '00020003': ['UI', sopInstanceUid],
    '00020010': ['UI', transferSyntax],
    '00020012': ['UI', IMPLEMENTATION_CLASS],
    '00020013': ['SH', 'COUNTERPART'],
  });
  const length = encodeAttributes({ '00020000': ['UL', [meta.length]] });
  return joinedBytes([new Uint8Array(128), new TextEncoder().encode('DICM'), length, meta, dataSet]);
}

function encodeAttributes(attributes: Attributes): Uint8Array {
  return joinedBytes(
    Object.keys(attributes)
      .sort()
      .flatMap((tag) => element(tag, attributes[tag] as Value)),
  );
}

const LONG = new Set(['OB', 'OW', 'SQ', 'UT']);
/** Padded with a zero byte; other values with a space. */
const ZERO_PADDED = new Set(['UI', 'OB', 'OW']);

function element(tag: string, value: Value): readonly Uint8Array[] {
  const [vr] = value;
  const bytes = even(bytesOf(value), ZERO_PADDED.has(vr) ? 0 : 32);
  const head = new Uint8Array(LONG.has(vr) ? 12 : 8);
  const view = new DataView(head.buffer);
  head.set(tagBytes(tag));
  head.set(new TextEncoder().encode(vr), 4);
  if (LONG.has(vr)) view.setUint32(8, bytes.length, true);
  else view.setUint16(6, bytes.length, true);
  return [head, bytes];
}

function bytesOf([vr, value]: Value): Uint8Array {
  switch (vr) {
    case 'US':
      return new Uint8Array(Uint16Array.from(value).buffer);
    case 'SS':
      return new Uint8Array(Int16Array.from(value).buffer);
    case 'UL':
      return new Uint8Array(Uint32Array.from(value).buffer);
    case 'AT':
      return joinedBytes(value.map(tagBytes));
    case 'OB':
    case 'OW':
      return value;
    case 'SQ':
      return joinedBytes(value.flatMap(item));
    default:
      return new TextEncoder().encode(value);
  }
}

function item(attributes: Attributes): readonly Uint8Array[] {
  const bytes = encodeAttributes(attributes);
  const head = new Uint8Array(8);
  head.set(tagBytes('FFFEE000'));
  new DataView(head.buffer).setUint32(4, bytes.length, true);
  return [head, bytes];
}

function tagBytes(tag: string): Uint8Array {
  const [group, number] = [parseInt(tag.slice(0, 4), 16), parseInt(tag.slice(4), 16)];
  return Uint8Array.of(group & 255, group >> 8, number & 255, number >> 8);
}

function even(bytes: Uint8Array, pad: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : joinedBytes([bytes, Uint8Array.of(pad)]);
}
