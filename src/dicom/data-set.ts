/** A parsed data set whose readers never throw: an element that cannot be read counts as absent. */

import dicomParser, { type DataSet, type Element } from 'dicom-parser';

import { MAX_PIXELS } from '../imaging/errors';
import { inflateRaw } from '../imaging/inflate';
import { latin1 } from '../imaging/png-chunks';
import { CorruptDicomError, TruncatedDicomError } from './errors';
import { findLayout, isDeflated } from './layout';
import { withRepresentations } from './mend';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './transfer-syntax';

const PIXEL_DATA = 'x7fe00010';
/** What a deflated data set may inflate to: the largest image at two bytes a pixel, and its header. */
const MAX_INFLATED = 2 * MAX_PIXELS + (16 << 20);
/** No radiograph deflates better than this; what does is made to fill the memory. */
const MAX_RATIO = 100;
/** Items of sequences and fragments of pixels. A parser makes an object of each, however small. */
const MAX_ITEMS = 100_000;
/** A text that is read here is a few numbers or words. */
const MAX_TEXT = 1 << 16;

export class DicomDataSet {
  /** @param elements how the elements are encoded, whatever the transfer syntax says */
  constructor(
    private readonly parsed: DataSet,
    readonly transferSyntax: string,
    private readonly elements = transferSyntax,
  ) {}

  get bigEndian(): boolean {
    return this.elements === EXPLICIT_BIG;
  }

  /** All bytes of the data set; elements' offsets refer to them. */
  get bytes(): Uint8Array {
    return this.parsed.byteArray;
  }

  element(tag: string): Element | undefined {
    return this.parsed.elements[tag];
  }

  /** All elements in the order of their tags. */
  all(): readonly Element[] {
    return Object.values(this.parsed.elements).sort((a, b) => (a.tag < b.tag ? -1 : 1));
  }

  get implicit(): boolean {
    return this.elements === IMPLICIT_LITTLE;
  }

  /** How many elements have a tag that matches. */
  count(tag: RegExp): number {
    return Object.keys(this.parsed.elements).filter((name) => tag.test(name)).length;
  }

  /** The values of a text element, trimmed; none when absent, empty or unreadable. */
  texts(tag: string): readonly string[] {
    const length = this.element(tag)?.length ?? 0;
    const text = length <= MAX_TEXT ? attempt(() => this.parsed.string(tag)) : undefined;
    return (text ?? '')
      .replaceAll('\0', '')
      .split('\\')
      .map((value) => value.trim())
      .filter((value) => value !== '');
  }

  text(tag: string): string | undefined {
    return this.texts(tag)[0];
  }

  /** The bytes of an element as they are in the file; undefined when it is absent. */
  encoded(tag: string): Uint8Array | undefined {
    const element = this.element(tag);
    return element && this.bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  }

  /** The values of a decimal or integer string (VR DS, IS); values that are no numbers are NaN. */
  decimals(tag: string): readonly number[] {
    return this.texts(tag).map(Number);
  }

  unsigned(tag: string, index = 0): number | undefined {
    return attempt(() => this.parsed.uint16(tag, index));
  }

  signed(tag: string, index = 0): number | undefined {
    return attempt(() => this.parsed.int16(tag, index));
  }

  /** The items of a sequence; none when it is absent. */
  items(tag: string): readonly DicomDataSet[] {
    const items = this.element(tag)?.items ?? [];
    return items.flatMap(({ dataSet }) =>
      dataSet ? [new DicomDataSet(dataSet, this.transferSyntax, this.elements)] : [],
    );
  }

  /** The first item of a sequence. */
  firstItem(tag: string): DicomDataSet | undefined {
    return this.items(tag)[0];
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Parses a DICOM file with or without preamble and meta information.
 * @returns the data set and notes on what was unusual; undefined when the bytes do not look like DICOM
 * @throws TruncatedDicomError, CorruptDicomError
 */
export function parseDataSet(
  bytes: Uint8Array,
  name: string,
): { readonly dataSet: DicomDataSet; readonly notes: readonly string[] } | undefined {
  const layout = findLayout(bytes);
  if (!layout) return undefined;
  const { transferSyntax, elements, start, notes } = layout;
  const encoded = bytes.subarray(start);
  const body = isDeflated(transferSyntax) ? inflate(encoded, name) : encoded;
  if (body.length === 0) throw new TruncatedDicomError(name);
  if (hasTooManyItems(body)) throw new CorruptDicomError(name, `it has more than ${MAX_ITEMS} items`);
  const first = parseElements(body, elements);
  const mended = isWhole(first) ? undefined : mend(body, elements);
  const { parsed, failure, cut } = mended ?? first;
  const pixelData = parsed?.elements[PIXEL_DATA];
  if (cut && !pixelData) throw new TruncatedDicomError(name);
  if (!parsed || (failure !== undefined && !pixelData))
    throw new CorruptDicomError(name, 'its elements do not follow each other');
  const odd = [
    ...(mended ? ['Some elements of the file lack their value representation.'] : []),
    ...(failure !== undefined || cut ? ['The file ends in data that cannot be read.'] : []),
  ];
  // A data set that was saved with its meta information inside it names its syntax there.
  const inside = layout.named ? undefined : syntaxNamedInside(body);
  return {
    dataSet: new DicomDataSet(parsed, inside ?? transferSyntax, elements),
    notes: [...notes, ...odd],
  };
}

/** The value of an explicit little-endian TransferSyntaxUID (0002,0010) among the first elements. */
function syntaxNamedInside(body: Uint8Array): string | undefined {
  const text = latin1(body.subarray(0, 1 << 14));
  // eslint-disable-next-line no-control-regex -- the bytes of the tag and of the length
  return /\x02\0\x10\0UI[\x10-\x40]\0(1\.2\.840\.10008\.1\.2[.\d]*)/.exec(text)?.[1];
}

interface Parsed {
  readonly parsed?: DataSet;
  readonly failure?: string;
  /** Whether an element that has a length goes on beyond the bytes. */
  readonly cut: boolean;
}

function parseElements(body: Uint8Array, elements: string): Parsed {
  const { parsed, failure } = parse(body, elements);
  const overruns = ({ dataOffset, length, hadUndefinedLength }: Element): boolean =>
    !hadUndefinedLength && dataOffset + length > body.length;
  const cut = Object.values(parsed?.elements ?? {}).some(overruns) || /past|overrun|eof|end of/i.test(failure ?? '');
  return { ...(parsed && { parsed }), ...(failure !== undefined && { failure }), cut };
}

function isWhole({ parsed, failure, cut }: Parsed): boolean {
  return failure === undefined && !cut && parsed?.elements[PIXEL_DATA] !== undefined;
}

/** The same with the value representations that single elements lack; undefined where that is no help. */
function mend(body: Uint8Array, elements: string): Parsed | undefined {
  const bytes = elements === EXPLICIT_LITTLE ? withRepresentations(body) : undefined;
  const again = bytes && parseElements(bytes, elements);
  return again && isWhole(again) ? again : undefined;
}

function inflate(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return inflateRaw(bytes, Math.min(MAX_INFLATED, (16 << 20) + MAX_RATIO * bytes.length));
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new CorruptDicomError(name, 'it unfolds to more than any radiograph of its size', { cause });
    if (cause instanceof Error && /EOF/.test(cause.message)) throw new TruncatedDicomError(name, { cause });
    throw new CorruptDicomError(name, 'its deflated data cannot be read', { cause });
  }
}

/** By the tags of items (FFFE,E000) in either byte order, wherever they are: pixels hardly ever look like that. */
function hasTooManyItems(bytes: Uint8Array): boolean {
  let count = 0;
  for (let i = 0; i + 3 < bytes.length; i++) {
    const little = bytes[i] === 0xfe && bytes[i + 1] === 0xff && bytes[i + 2] === 0x00 && bytes[i + 3] === 0xe0;
    const big = bytes[i] === 0xff && bytes[i + 1] === 0xfe && bytes[i + 2] === 0xe0 && bytes[i + 3] === 0x00;
    if ((little || big) && ++count > MAX_ITEMS) return true;
  }
  return false;
}

/** What dicom-parser made of the bytes, and what it complained of. It throws strings, errors, and `{ exception, dataSet }`. */
function parse(body: Uint8Array, syntax: string): { readonly parsed?: DataSet; readonly failure?: string } {
  try {
    return { parsed: dicomParser.parseDicom(body, { TransferSyntaxUID: syntax }) };
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'dataSet' in thrown && 'exception' in thrown) {
      return { parsed: thrown.dataSet as DataSet, failure: String(thrown.exception) };
    }
    return { failure: String(thrown) };
  }
}
