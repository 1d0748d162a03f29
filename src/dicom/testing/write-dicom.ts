/** Writes DICOM files in memory for tests (PS3.5 and PS3.10): implicit, explicit, big endian, deflated, encapsulated. */

import { deflateSync } from 'fflate';

import { DEFLATED, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../transfer-syntax';

/** Value by VR: text, numbers (US, SS), bytes (OB, OW), or items (SQ). */
type Value = string | readonly number[] | Uint8Array | readonly Attributes[];
export type Attributes = Readonly<Record<string, readonly [vr: string, value: Value]>>;

export interface DicomFile {
  readonly transferSyntax?: string;
  /** Preamble, "DICM" and meta group; default true. */
  readonly meta?: boolean;
  readonly preamble?: boolean;
  /** By tag as eight hexadecimal digits ("00280010"); written in ascending order. */
  readonly attributes: Attributes;
  /** Compressed frame, in as many fragments as given; replaces PixelData of `attributes`. */
  readonly fragments?: readonly Uint8Array[];
  /** The offset table before the fragments; empty unless given. */
  readonly offsets?: readonly number[];
}

const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

export function writeDicom({
  transferSyntax = EXPLICIT_LITTLE,
  meta = true,
  preamble = true,
  attributes,
  fragments,
  offsets = [],
}: DicomFile): Uint8Array {
  const implicit = transferSyntax === IMPLICIT_LITTLE;
  const little = transferSyntax !== EXPLICIT_BIG;
  const data = new Writer(little, implicit);
  data.attributes(attributes);
  if (fragments) data.encapsulated(fragments, offsets);
  const body = transferSyntax === DEFLATED ? deflateSync(data.bytes()) : data.bytes();
  if (!meta) return body;
  const group = new Writer(true, false);
  group.attributes({ '00020010': ['UI', transferSyntax] });
  const head = new Writer(true, false);
  if (preamble)
    head.raw(
      new Uint8Array(128),
      Uint8Array.from('DICM', (c) => c.charCodeAt(0)),
    );
  head.raw(group.bytes(), body);
  return head.bytes();
}

class Writer {
  private readonly parts: Uint8Array[] = [];

  constructor(
    private readonly little: boolean,
    private readonly implicit: boolean,
  ) {}

  raw(...parts: readonly Uint8Array[]): void {
    this.parts.push(...parts);
  }

  bytes(): Uint8Array {
    const out = new Uint8Array(this.parts.reduce((sum, { length }) => sum + length, 0));
    this.parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
    return out;
  }

  attributes(attributes: Attributes): void {
    for (const tag of Object.keys(attributes).sort()) {
      const [vr, value] = attributes[tag] as Attributes[string];
      const bytes = this.value(vr, value);
      this.head(tag, vr, bytes.length);
      this.raw(bytes);
    }
  }

  encapsulated(fragments: readonly Uint8Array[], offsets: readonly number[]): void {
    this.head('7fe00010', 'OB', 0xffffffff);
    this.item('fffee000', 4 * offsets.length);
    this.number(4, ...offsets);
    for (const fragment of fragments) {
      this.item('fffee000', fragment.length + (fragment.length % 2));
      this.raw(fragment, new Uint8Array(fragment.length % 2));
    }
    this.item('fffee0dd', 0);
  }

  private head(tag: string, vr: string, length: number): void {
    this.number(2, parseInt(tag.slice(0, 4), 16), parseInt(tag.slice(4), 16));
    if (this.implicit) this.number(4, length);
    else {
      this.raw(Uint8Array.from(vr, (c) => c.charCodeAt(0)));
      if (LONG.has(vr)) {
        this.number(2, 0);
        this.number(4, length);
      } else this.number(2, length);
    }
  }

  private item(tag: string, length: number): void {
    this.number(2, parseInt(tag.slice(0, 4), 16), parseInt(tag.slice(4), 16));
    this.number(4, length);
  }

  private number(size: 2 | 4, ...values: readonly number[]): void {
    for (const value of values) {
      const view = new DataView(new ArrayBuffer(size));
      if (size === 2) view.setUint16(0, value, this.little);
      else view.setUint32(0, value, this.little);
      this.raw(new Uint8Array(view.buffer));
    }
  }

  private value(vr: string, value: Value): Uint8Array {
    const writer = new Writer(this.little, this.implicit);
    if (typeof value === 'string') writer.raw(new TextEncoder().encode(value));
    else if (value instanceof Uint8Array) writer.raw(value);
    else if (vr === 'SQ') {
      for (const item of value as readonly Attributes[]) {
        const inner = new Writer(this.little, this.implicit);
        inner.attributes(item);
        const bytes = inner.bytes();
        writer.item('fffee000', bytes.length);
        writer.raw(bytes);
      }
    } else writer.number(2, ...(value as readonly number[]).map((n) => n & 0xffff));
    const bytes = writer.bytes();
    const pad = Uint8Array.of(vr === 'UI' || vr === 'OB' ? 0 : 32);
    if (bytes.length % 2 === 0) return bytes;
    writer.raw(pad);
    return writer.bytes();
  }
}

/** 16-bit values as bytes of PixelData. */
export function words(values: ArrayLike<number>, little = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  for (let i = 0; i < values.length; i++) view.setUint16(2 * i, (values[i] as number) & 0xffff, little);
  return new Uint8Array(view.buffer);
}

/** A plausible frontal chest radiograph of the given size; pixel data is to be added. */
export function chestAttributes(width: number, height: number, bitsStored = 12, fields: Attributes = {}): Attributes {
  return {
    '00080018': ['UI', '1.2.3.4'],
    '00080020': ['DA', '20240229'],
    '00080060': ['CS', 'DX'],
    '00100010': ['PN', 'Secret^Name'],
    '00101010': ['AS', '052Y'],
    '00180015': ['CS', 'CHEST'],
    '00185101': ['CS', 'PA'],
    '00280002': ['US', [1]],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', [height]],
    '00280011': ['US', [width]],
    '00280030': ['DS', '0.15\\0.15'],
    '00280100': ['US', [bitsStored > 8 ? 16 : 8]],
    '00280101': ['US', [bitsStored]],
    '00280102': ['US', [bitsStored - 1]],
    '00280103': ['US', [0]],
    '00281050': ['DS', '2048\\100'],
    '00281051': ['DS', '4096\\50'],
    '00281052': ['DS', '0'],
    '00281053': ['DS', '1'],
    ...fields,
  };
}

/** Byte planes in RLE Lossless: repeats as runs, everything else literally. */
export function encodeRle(planes: readonly Uint8Array[]): Uint8Array {
  const coded = planes.map(packBits);
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, planes.length, true);
  let at = 64;
  coded.forEach((plane, i) => {
    header.setUint32(4 + 4 * i, at, true);
    at += plane.length;
  });
  const out = new Uint8Array(at);
  out.set(new Uint8Array(header.buffer));
  coded.reduce((offset, plane) => (out.set(plane, offset), offset + plane.length), 64);
  return out;
}

function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[i + run] === bytes[i]) run++;
    if (run > 2) out.push(257 - run, bytes[i] as number);
    else {
      run = Math.min(bytes.length - i, 5);
      out.push(run - 1, ...bytes.subarray(i, i + run));
    }
    i += run;
  }
  if (out.length % 2 === 1) out.push(128);
  return Uint8Array.from(out);
}
