/**
 * Projects as JSON beside blobs: every typed array in a value is taken out, named by the SHA-256 of its bytes, and so stored
 * once however often it is referred to. Arrays the size of the radiograph keep only the box in which they differ from it or
 * from zero. In JSON a taken-out array is `{"$":"array",…}` or `{"$":"box",…}`, and undefined is `{"$":"undefined"}`; the state
 * has no fields of the name `$`. Bytes are little-endian, as on every machine that runs a browser.
 */

import { sha256Hex } from '../../imaging/digest';
import type { Radiograph } from '../../imaging/radiograph';
import { inSlices, type Sliced } from '../../imaging/slices';
import { LazyPixels, PixelsGoneError } from '../pixels/lazyPixels';
import { cutBox, differingBox, pasteBox, type Box, type PixelArray } from './patch';

const TYPES = {
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
} as const;
type TypeName = keyof typeof TYPES;
type TypedArray = PixelArray | Uint8ClampedArray | Int8Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** What arrays of pixels may be told apart from. */
type Source = Pick<Radiograph, 'pixels' | 'width'>;

/** Bytes that are not all at hand. */
export interface LazyBlob {
  /** 0 where that is not known before they are read. */
  readonly byteLength: number;
  /** Where they are at hand. */
  now(): Uint8Array | undefined;
  /** @throws PixelsGoneError where they are not there any more, or do not fit their checksum */
  read(): Promise<Uint8Array>;
}

export type Blob = Uint8Array | LazyBlob;

/** By the SHA-256 of their bytes. */
export type Blobs = ReadonlyMap<string, Blob>;

export function bytesNow(blob: Blob | undefined): Uint8Array | undefined {
  return blob instanceof Uint8Array ? blob : blob?.now();
}

export async function readBlob(blob: Blob): Promise<Uint8Array> {
  return blob instanceof Uint8Array ? blob : blob.read();
}

/** A reference names a blob that is not there, or does not fit it. */
class ArrayMissingError extends Error {}

interface Taken {
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly box: { readonly at: Box; readonly onSource: boolean } | undefined;
}

function typeName(value: object): TypeName | undefined {
  const { name } = value.constructor;
  return ArrayBuffer.isView(value) && name in TYPES ? (name as TypeName) : undefined;
}

function isPixelArray(array: TypedArray): array is PixelArray {
  return array instanceof Uint8Array || array instanceof Uint16Array || array instanceof Int16Array;
}

const area = ([, , width, height]: Box): number => width * height;

/** The smaller of the two boxes, where it saves at least a fifth. */
async function smallerBox(array: TypedArray, source: Source | undefined): Promise<Taken['box']> {
  if (source === undefined || array === source.pixels || array.length !== source.pixels.length || !isPixelArray(array))
    return undefined;
  const none: Box = [0, 0, 0, 0];
  const fromZero = (await inSlices(differingBox(array, undefined, source.width))) ?? none;
  const sameType = array.constructor === source.pixels.constructor;
  const fromSource = sameType
    ? ((await inSlices(differingBox(array, source.pixels, source.width))) ?? none)
    : undefined;
  const onSource = fromSource !== undefined && area(fromSource) < area(fromZero);
  const at = onSource ? fromSource : fromZero;
  return area(at) < 0.8 * array.length ? { at, onSource } : undefined;
}

async function take(array: TypedArray, source: Source | undefined): Promise<Taken> {
  const box = await smallerBox(array, source);
  const kept =
    box === undefined || source === undefined || !isPixelArray(array) ? array : cutBox(array, source.width, box.at);
  const bytes = new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength);
  return { sha256: await sha256Hex(bytes), bytes, box };
}

/** Arrays in the state are never written to, so each is compared and hashed once. */
const taken = new WeakMap<TypedArray, { readonly besides: PixelArray | undefined; readonly result: Promise<Taken> }>();

function takeOnce(array: TypedArray, source: Source | undefined): Promise<Taken> {
  const known = taken.get(array);
  if (known !== undefined && known.besides === source?.pixels) return known.result;
  const result = take(array, source);
  taken.set(array, { besides: source?.pixels, result });
  return result;
}

function referenceTo(array: TypedArray, { sha256, box }: Pick<Taken, 'sha256' | 'box'>): PackedArray {
  const type = typeName(array);
  if (type === undefined) throw new TypeError('not an array that can be stored');
  return box === undefined
    ? { $: 'array', type, sha256 }
    : { $: 'box', type, sha256, length: array.length, at: box.at, onSource: box.onSource };
}

/** How lazy pixels were packed. They belong to one radiograph, so that happens once. */
const packedAs = new WeakMap<LazyPixels, { readonly reference: PackedArray; readonly source: Source | undefined }>();

/** The pixels of a version as they are stored: cut from those that are at hand, else read from where they were stored. */
class PixelBlob implements LazyBlob {
  readonly byteLength: number;
  readonly #pixels: LazyPixels;
  readonly #reference: PackedArray;
  readonly #source: Source | undefined;

  constructor(pixels: LazyPixels, reference: PackedArray, source: Source | undefined) {
    this.#pixels = pixels;
    this.#reference = reference;
    this.#source = source;
    this.byteLength =
      reference.$ === 'box' ? area(reference.at) * TYPES[reference.type].BYTES_PER_ELEMENT : pixels.byteLength;
  }

  now(): Uint8Array | undefined {
    const pixels = this.#pixels.peek();
    return pixels && this.#cut(pixels);
  }

  async read(): Promise<Uint8Array> {
    return this.#cut(await this.#pixels.load());
  }

  /** They are stored under their checksum by now, from where they can be read again. */
  keptBy(stored: (sha256: string) => LazyBlob): void {
    const [reference, source] = [this.#reference, this.#source];
    const blob = stored(reference.sha256);
    this.#pixels.keptBy(async () => pixelsFrom(reference, await blob.read(), source));
  }

  #cut(pixels: PixelArray): Uint8Array {
    const kept =
      this.#reference.$ === 'box' && this.#source !== undefined
        ? cutBox(pixels, this.#source.width, this.#reference.at)
        : pixels;
    return new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength);
  }
}

/** What was taken out of a project, and all pixels among it: equal ones are one blob, and each of them holds memory of its own. */
export class TakenBlobs extends Map<string, Blob> {
  readonly #pixels = new Set<PixelBlob>();

  addPixels(sha256: string, blob: PixelBlob): void {
    this.#pixels.add(blob);
    // What is there already may be at hand where this is not.
    if (!this.has(sha256)) this.set(sha256, blob);
  }

  keptBy(stored: (sha256: string) => LazyBlob): void {
    for (const blob of this.#pixels) blob.keptBy(stored);
  }
}

async function takeLazy(pixels: LazyPixels, blobs: TakenBlobs, source: Source | undefined): Promise<unknown> {
  let packed = packedAs.get(pixels);
  if (packed === undefined) {
    const array = await pixels.load();
    packed = { reference: referenceTo(array, await take(array, source)), source };
    packedAs.set(pixels, packed);
  }
  const { reference } = packed;
  blobs.addPixels(reference.sha256, new PixelBlob(pixels, reference, packed.source));
  return reference;
}

/** The pixels among what was packed are stored by now: they need not stay at hand. */
export function releasePixels(blobs: Blobs, stored: (sha256: string) => LazyBlob): void {
  if (blobs instanceof TakenBlobs) blobs.keptBy(stored);
}

/** The value as JSON's kinds of value; its arrays are added to `blobs`. */
export async function takeArrays(value: unknown, blobs: TakenBlobs, source?: Source): Promise<unknown> {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof LazyPixels) return takeLazy(value as LazyPixels, blobs, source);
  const type = typeName(value);
  if (type !== undefined) {
    const array = value as TypedArray;
    const { sha256, bytes, box } = await takeOnce(array, source);
    blobs.set(sha256, bytes);
    return referenceTo(array, { sha256, box });
  }
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value as unknown[]) items.push(await takeArrays(item, blobs, source));
    return items;
  }
  const fields: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) fields.push([key, await takeArrays(field, blobs, source)]);
  return Object.fromEntries(fields);
}

type PackedArray =
  | { readonly $: 'array'; readonly type: TypeName; readonly sha256: string }
  | {
      readonly $: 'box';
      readonly type: TypeName;
      readonly sha256: string;
      readonly length: number;
      readonly at: Box;
      readonly onSource: boolean;
    };

/** A reference as it was read: any of it may be missing or wrong. */
interface Reference {
  readonly $: string;
  readonly type: TypeName;
  readonly sha256: string;
  readonly length: number;
  readonly at: Box;
  readonly onSource: boolean;
}

/** @throws ArrayMissingError when the bytes do not fit the reference, or the reference the radiograph */
function arrayFrom(
  { $, type, at, length, onSource }: Partial<Reference>,
  bytes: Uint8Array | undefined,
  source: Source | undefined,
): TypedArray {
  if (type === undefined || !(type in TYPES) || bytes === undefined)
    throw new ArrayMissingError('a picture or mask is missing');
  if (bytes.byteLength % TYPES[type].BYTES_PER_ELEMENT !== 0)
    throw new ArrayMissingError('a picture or mask has a wrong size');
  // A blob that has its memory to itself is taken as it is: arrays in the state are never written to.
  const array = new TYPES[type](
    (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()).buffer as ArrayBuffer,
  );
  if ($ === 'array') return array;
  const fits =
    $ === 'box' &&
    source !== undefined &&
    length === source.pixels.length &&
    isPixelArray(array) &&
    boxFits(at, source) &&
    at[2] * at[3] === array.length;
  if (!fits) throw new ArrayMissingError('a part of a picture or mask does not fit its radiograph');
  const base = onSource === true ? source.pixels : undefined;
  if (base !== undefined && base.constructor !== array.constructor)
    throw new ArrayMissingError('a part of a picture is of another kind');
  return pasteBox<PixelArray>(array, source.width, length, at, base);
}

function pixelsFrom(reference: Partial<Reference>, bytes: Uint8Array, source: Source | undefined): PixelArray {
  try {
    const array = arrayFrom(reference, bytes, source);
    if (isPixelArray(array)) return array;
  } catch (cause) {
    if (!(cause instanceof ArrayMissingError)) throw cause;
    throw new PixelsGoneError(cause.message, { cause });
  }
  throw new PixelsGoneError('not pixels');
}

/** Where in a value pixels stand that are read when they are looked at: the picture and the mask of a result. */
const LAZY: ReadonlyMap<string, string> = new Map([
  ['image', 'pixels'],
  ['mask', 'data'],
]);

/** The checksums of all arrays in a value but those of results' pixels. */
export function arraysAtOnce(value: unknown, found = new Set<string>(), inResult = false): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  if ('$' in value) {
    const { sha256 } = value as Partial<Reference>;
    if (sha256 !== undefined) found.add(sha256);
    return found;
  }
  for (const [key, field] of Object.entries(value as Record<string, unknown>)) {
    const lazy = inResult ? LAZY.get(key) : undefined;
    if (lazy === undefined || !isFields(field)) arraysAtOnce(field, found, key === 'counterfactual');
    else for (const [name, part] of Object.entries(field)) if (name !== lazy) arraysAtOnce(part, found);
  }
  return found;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('$' in value);
}

/**
 * The inverse, an array a slice. Equal arrays become one array; the pixels of results are read when they are first needed. In the
 * place of one that is missing, or does not fit, stands null, which no schema takes: repair.ts then decides what goes with it.
 */
export class ArrayRestorer {
  readonly #blobs: Blobs;
  readonly #made = new Map<string, TypedArray>();

  /** @param blobs those of arraysAtOnce are at hand */
  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  *restore(value: unknown, source?: Source, inResult = false): Sliced<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value as unknown[])
        items.push(typeof item === 'object' ? yield* this.restore(item, source) : item);
      return items;
    }
    if ('$' in value) {
      yield;
      return this.#referred(value as Partial<Reference>, source);
    }
    const fields: [string, unknown][] = [];
    for (const [key, field] of Object.entries(value as Record<string, unknown>)) {
      const lazy = inResult ? LAZY.get(key) : undefined;
      if (lazy === undefined || !isFields(field))
        fields.push([key, yield* this.restore(field, source, key === 'counterfactual')]);
      else {
        const { [lazy]: pixels, ...rest } = field;
        const restored = (yield* this.restore(rest, source)) as Record<string, unknown>;
        fields.push([key, { ...restored, [lazy]: this.#lazy(pixels as Partial<Reference> | undefined, source) }]);
      }
    }
    return Object.fromEntries(fields);
  }

  /** What can be told without reading the pixels is told now. */
  #lazy(reference: Partial<Reference> | undefined, source: Source | undefined): LazyPixels | null {
    const { $, type, sha256, at, length = source?.pixels.length, onSource } = reference ?? {};
    const blob = sha256 === undefined ? undefined : this.#blobs.get(sha256);
    const known = type !== undefined && type in TYPES && isPixelArray(new TYPES[type]());
    if (reference === undefined || blob === undefined || source === undefined || !known) return null;
    if (length !== source.pixels.length || ($ === 'box' ? !boxFits(at, source) : $ !== 'array')) return null;
    if (onSource === true && TYPES[type] !== source.pixels.constructor) return null;
    const bytes = bytesNow(blob);
    if (bytes !== undefined) {
      const expected = $ === 'box' && at !== undefined ? at[2] * at[3] : length;
      if (bytes.byteLength !== expected * TYPES[type].BYTES_PER_ELEMENT) return null;
    }
    const lazy = LazyPixels.stored({ length, byteLength: length * TYPES[type].BYTES_PER_ELEMENT }, async () =>
      pixelsFrom(reference, await readBlob(blob), source),
    );
    packedAs.set(lazy, { reference: reference as PackedArray, source });
    return lazy;
  }

  #referred(reference: Partial<Reference>, source: Source | undefined): unknown {
    if (reference.$ === 'undefined') return undefined;
    const key = JSON.stringify([reference, source?.width]);
    // What was made on one radiograph is not what is made on another.
    const known = reference.onSource === true ? undefined : this.#made.get(key);
    if (known !== undefined) return known;
    const array = this.#tryToMake(reference, source);
    if (array !== null) this.#made.set(key, array);
    return array;
  }

  #tryToMake(reference: Partial<Reference>, source: Source | undefined): TypedArray | null {
    try {
      const blob = reference.sha256 === undefined ? undefined : this.#blobs.get(reference.sha256);
      return arrayFrom(reference, bytesNow(blob), source);
    } catch (error) {
      if (error instanceof ArrayMissingError) return null;
      throw error;
    }
  }
}

function boxFits(at: readonly number[] | undefined, { width, pixels }: Source): at is Box {
  const [x = -1, y = -1, columns = -1, rows = -1] = at ?? [];
  if (at?.length !== 4 || ![x, y, columns, rows].every((each) => Number.isInteger(each) && each >= 0)) return false;
  return x + columns <= width && (y + rows) * width <= pixels.length;
}
