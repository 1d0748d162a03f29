/**
 * Projects as JSON beside blobs: every typed array in a value is taken out, named by the SHA-256 of its bytes, and so stored
 * once however often it is referred to. Arrays the size of the radiograph keep only the box in which they differ from it or
 * from zero. In JSON a taken-out array is `{"$":"array",…}` or `{"$":"box",…}`, and undefined is `{"$":"undefined"}`; the state
 * has no fields of the name `$`. Bytes are little-endian, as on every machine that runs a browser.
 */

import { sha256Hex } from '../../imaging/digest';
import type { Radiograph } from '../../imaging/radiograph';
import { inSlices, type Sliced } from '../../imaging/slices';
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

export type Blobs = ReadonlyMap<string, Uint8Array>;

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

/** The value as JSON's kinds of value; its arrays are added to `blobs`. */
export async function takeArrays(value: unknown, blobs: Map<string, Uint8Array>, source?: Source): Promise<unknown> {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value !== 'object' || value === null) return value;
  const type = typeName(value);
  if (type !== undefined) {
    const array = value as TypedArray;
    const { sha256, bytes, box } = await takeOnce(array, source);
    blobs.set(sha256, bytes);
    if (box === undefined) return { $: 'array', type, sha256 };
    return { $: 'box', type, sha256, length: array.length, at: box.at, onSource: box.onSource };
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

interface Reference {
  readonly $: string;
  readonly type: TypeName;
  readonly sha256: string;
  readonly length: number;
  readonly at: Box;
  readonly onSource: boolean;
}

/**
 * The inverse, an array a slice. Equal arrays become one array. In the place of one that is missing, or does not fit, stands
 * null, which no schema takes: repair.ts then decides what goes with it.
 */
export class ArrayRestorer {
  readonly #blobs: Blobs;
  readonly #made = new Map<string, TypedArray>();

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  *restore(value: unknown, source?: Source): Sliced<unknown> {
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
    for (const [key, field] of Object.entries(value)) fields.push([key, yield* this.restore(field, source)]);
    return Object.fromEntries(fields);
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
      return this.#make(reference, source);
    } catch (error) {
      if (error instanceof ArrayMissingError) return null;
      throw error;
    }
  }

  #make({ $, type, sha256, at, length, onSource }: Partial<Reference>, source: Source | undefined): TypedArray {
    const bytes = sha256 === undefined ? undefined : this.#blobs.get(sha256);
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
      at !== undefined &&
      length === source.pixels.length &&
      isPixelArray(array) &&
      boxFits(at, array, source);
    if (!fits) throw new ArrayMissingError('a part of a picture or mask does not fit its radiograph');
    const base = onSource === true ? source.pixels : undefined;
    if (base !== undefined && base.constructor !== array.constructor)
      throw new ArrayMissingError('a part of a picture is of another kind');
    return pasteBox<PixelArray>(array, source.width, length, at, base);
  }
}

function boxFits(at: readonly number[], array: TypedArray, { width, pixels }: Source): boolean {
  const [x = -1, y = -1, columns = -1, rows = -1] = at;
  if (at.length !== 4 || ![x, y, columns, rows].every((each) => Number.isInteger(each) && each >= 0)) return false;
  return x + columns <= width && (y + rows) * width <= pixels.length && columns * rows === array.length;
}
