/** Where a DICOM file's data set begins and how it is encoded: PS3.10 files, and data sets without preamble or meta group. */

import { DEFLATED, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './transfer-syntax';

export interface DicomLayout {
  readonly transferSyntax: string;
  /** How the elements are encoded, whatever the transfer syntax says: one of the three encodings that a data set itself can have. */
  readonly elements: string;
  /** Whether the file itself names its transfer syntax. */
  readonly named: boolean;
  /** Offset of the first element after the meta group. */
  readonly start: number;
  readonly notes: readonly string[];
}

const VALUE_REPRESENTATIONS = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(' '),
);
/** Representations whose length takes four bytes after two reserved ones (PS3.5 table 7.1-1). */
const LONG = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));

/** Undefined when the bytes do not look like DICOM. */
export function findLayout(bytes: Uint8Array): DicomLayout | undefined {
  if (ascii(bytes, 128, 4) === 'DICM') return afterPreamble(bytes, 132, []);
  const notes = ['The file has no DICOM preamble.'];
  if (startsMeta(bytes, 0)) return afterPreamble(bytes, 0, notes);
  const syntax = guessSyntax(bytes, 0);
  return syntax
    ? {
        transferSyntax: syntax,
        elements: syntax,
        named: false,
        start: 0,
        notes: ['The file has no DICOM preamble or meta information.'],
      }
    : undefined;
}

function afterPreamble(bytes: Uint8Array, at: number, notes: readonly string[]): DicomLayout {
  const { uid, end } = startsMeta(bytes, at) ? readMeta(bytes, at) : { uid: undefined, end: at };
  const seen = guessSyntax(bytes, end);
  if (uid === undefined) {
    const missing =
      end === at ? 'The file has no DICOM meta information.' : 'The file does not name its transfer syntax.';
    const syntax = seen ?? EXPLICIT_LITTLE;
    return { transferSyntax: syntax, elements: syntax, named: false, start: end, notes: [...notes, missing] };
  }
  const elements = elementSyntax(uid);
  if (isDeflated(uid) || seen === undefined || seen === elements)
    return { transferSyntax: uid, elements, named: true, start: end, notes };
  const otherwise = 'The file is encoded otherwise than its transfer syntax says; it was read as it is.';
  const native = elements === uid;
  return { transferSyntax: native ? seen : uid, elements: seen, named: true, start: end, notes: [...notes, otherwise] };
}

/** Group 2, explicit as it should be or implicit. */
function startsMeta(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 2 || bytes[at + 1] !== 0) return false;
  return (
    isRepresentation(ascii(bytes, at + 4, 2)) || (bytes[at + 3] === 0 && bytes[at + 6] === 0 && bytes[at + 7] === 0)
  );
}

/** The meta group, always little endian: the transfer syntax it names and where it ends. */
function readMeta(bytes: Uint8Array, from: number): { readonly uid: string | undefined; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let uid: string | undefined;
  let at = from;
  while (at + 12 <= bytes.length && view.getUint16(at, true) === 2) {
    const vr = ascii(bytes, at + 4, 2);
    const implicit = !isRepresentation(vr);
    const long = isLong(vr);
    const length = implicit
      ? view.getUint32(at + 4, true)
      : long
        ? view.getUint32(at + 8, true)
        : view.getUint16(at + 6, true);
    const value = at + (long && !implicit ? 12 : 8);
    if (view.getUint16(at + 2, true) === 0x10) uid = ascii(bytes, value, length).replace(/[\0 ]+$/, '');
    at = value + length;
  }
  return { uid: uid === '' ? undefined : uid, end: Math.min(at, bytes.length) };
}

/** The syntax of a bare data set, from its first element; undefined when that is not a likely one. */
function guessSyntax(bytes: Uint8Array, at: number): string | undefined {
  if (at + 8 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8);
  const explicit = isRepresentation(ascii(bytes, at + 4, 2));
  if (isFirstGroup(view.getUint16(0, true))) {
    if (explicit) return EXPLICIT_LITTLE;
    return view.getUint32(4, true) <= bytes.length - at - 8 ? IMPLICIT_LITTLE : undefined;
  }
  return explicit && isFirstGroup(view.getUint16(0)) ? EXPLICIT_BIG : undefined;
}

/** Data sets begin with identification (0008), or directory structure (0004) in a DICOMDIR. */
function isFirstGroup(group: number): boolean {
  return group === 0x0008 || group === 0x0004;
}

export function isRepresentation(vr: string): boolean {
  return VALUE_REPRESENTATIONS.has(vr);
}

/** Whether the length of the representation takes four bytes after two reserved ones. */
export function isLong(vr: string): boolean {
  return LONG.has(vr);
}

/** How a file of that syntax should encode its elements. */
function elementSyntax(transferSyntax: string): string {
  if (transferSyntax === IMPLICIT_LITTLE || transferSyntax === EXPLICIT_BIG) return transferSyntax;
  return EXPLICIT_LITTLE;
}

export function isDeflated(transferSyntax: string): boolean {
  return transferSyntax === DEFLATED;
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + Math.min(length, 64)));
}
