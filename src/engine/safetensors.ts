/**
 * Reader for safetensors (https://github.com/huggingface/safetensors#format): eight bytes of header length (little endian),
 * a JSON header {name: {dtype, shape, data_offsets}}, then the bytes. F16, F32 and U8 are read; all become float32.
 */

import * as z from 'zod/mini';
import { WeightsFormatError } from './errors';
import { HalfTensor } from './half';
import { elementCount, type Tensor } from './tensor';

const count = z.int().check(z.nonnegative());
const entrySchema = z.object({ dtype: z.string(), shape: z.array(count), data_offsets: z.tuple([count, count]) });
type Entry = z.infer<typeof entrySchema>;

/** The format's own limit; a longer header means that the file is something else. */
const LONGEST_HEADER = 100_000_000;
const BYTES: Readonly<Record<string, number>> = { F16: 2, F32: 4, U8: 1 };

/**
 * @param file the whole file
 * @param name for messages
 * @throws WeightsFormatError 'truncated' | 'header' | 'offsets' | 'unsupported-dtype'
 */
export function readSafetensors(file: ArrayBuffer | Uint8Array, name = 'weights.safetensors'): Map<string, Tensor> {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  const { header, start } = readHeader(bytes, name);
  const tensors = new Map<string, Tensor>();
  for (const [key, entry] of header) tensors.set(key, readTensor(bytes.subarray(start), key, entry, name));
  return tensors;
}

/**
 * The file's metadata: text by name; empty where it has none.
 * @throws WeightsFormatError 'truncated' | 'header'
 */
export function readSafetensorsMetadata(
  file: ArrayBuffer | Uint8Array,
  name = 'weights.safetensors',
): ReadonlyMap<string, string> {
  const { json } = readJson(file instanceof Uint8Array ? file : new Uint8Array(file), name);
  const metadata = z.record(z.string(), z.string()).safeParse(json['__metadata__'] ?? {});
  if (metadata.success) return new Map(Object.entries(metadata.data));
  throw new WeightsFormatError('header', `The metadata of ${name} is not text.`, { cause: metadata.error });
}

function readJson(bytes: Uint8Array, name: string): { json: Record<string, unknown>; start: number } {
  if (bytes.byteLength < 8)
    throw new WeightsFormatError('truncated', `${name} ends after ${bytes.byteLength} bytes, inside its first field.`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > LONGEST_HEADER) throw new WeightsFormatError('header', `${name} is not a safetensors file.`);
  const start = 8 + length;
  if (start > bytes.byteLength) throw new WeightsFormatError('truncated', `${name} ends inside its header.`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)));
  } catch (cause) {
    throw new WeightsFormatError('header', `The header of ${name} is not JSON.`, { cause });
  }
  const record = z.record(z.string(), z.unknown()).safeParse(json);
  if (!record.success)
    throw new WeightsFormatError('header', `The header of ${name} is not an object.`, { cause: record.error });
  return { json: record.data, start };
}

function readHeader(bytes: Uint8Array, name: string): { header: [string, Entry][]; start: number } {
  const { json, start } = readJson(bytes, name);
  const header = Object.entries(json)
    .filter(([key]) => key !== '__metadata__')
    .map(([key, value]): [string, Entry] => {
      const entry = entrySchema.safeParse(value);
      if (entry.success) return [key, entry.data];
      throw new WeightsFormatError('header', `The header of ${name} describes "${key}" wrongly.`, {
        cause: entry.error,
      });
    });
  checkTiling(header, name);
  return { header, start };
}

/** The format asks that the tensors tile the data without overlap or gap. */
function checkTiling(header: readonly [string, Entry][], name: string): void {
  const ordered = header.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let end = 0;
  for (const [key, entry] of ordered) {
    const [from, to] = entry.data_offsets;
    if (from !== end || to < from)
      throw new WeightsFormatError('offsets', `${name}: "${key}" lies at ${from}–${to}, expected to start at ${end}.`);
    end = to;
  }
}

function readTensor(
  data: Uint8Array,
  key: string,
  { dtype, shape, data_offsets: [from, to] }: Entry,
  name: string,
): Tensor {
  const size = BYTES[dtype];
  if (size === undefined)
    throw new WeightsFormatError(
      'unsupported-dtype',
      `${name}: "${key}" has the type ${dtype}; only F16, F32 and U8 are read.`,
    );
  if (to - from !== size * elementCount(shape))
    throw new WeightsFormatError(
      'offsets',
      `${name}: "${key}" has ${to - from} bytes, but its shape needs ${size * elementCount(shape)}.`,
    );
  if (to > data.byteLength) throw new WeightsFormatError('truncated', `${name} ends inside "${key}".`);
  // Copied, for typed arrays may not start anywhere; not by slice(), which copies nothing if this is a Buffer of Node.
  const own = new Uint8Array(data.subarray(from, to)).buffer;
  if (dtype === 'U8') return { shape, data: Float32Array.from(new Uint8Array(own)) };
  return dtype === 'F16' ? new HalfTensor(shape, new Uint16Array(own)) : { shape, data: new Float32Array(own) };
}
