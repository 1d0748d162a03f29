/**
 * A project as one file: a zip of `manifest.json` (format, and the checksum of the next), `project.json`, and `blobs/<sha256>`.
 * Packed and unpacked in slices with pauses between them, so that the page stays alive meanwhile.
 */

import { Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';
import * as z from 'zod/mini';
import { joinedBytes } from '../../imaging/bytes';
import { sha256Hex } from '../../imaging/digest';
import { ProjectDamagedError, ProjectFileForeignError, ProjectTooLargeError } from './errors';
import type { PackedProject } from './pack';
import { PROJECT_FORMAT } from './snapshot';

const SLICE = 256 * 1024;
const LIST = 'project.json';
const MANIFEST = 'manifest.json';
const BLOBS = 'blobs/';
/** Zip's marks of a file's first entry and of its end. */
const FIRST = [0x50, 0x4b, 0x03, 0x04];
const END = [0x50, 0x4b, 0x05, 0x06];
const END_LENGTH = 22;
/** A project of a hundred large radiographs; beyond it a page has no memory for it anyway. */
const MAX_BYTES = 2 ** 31;

const manifestSchema = z.looseObject({
  format: z.literal(PROJECT_FORMAT),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * @param name what messages call it
 * @throws ProjectTooLargeError before anything is written
 */
export async function writeProjectFile(
  { text, sha256, blobs }: PackedProject,
  name: string,
  most = MAX_BYTES,
): Promise<Uint8Array> {
  const size = [...blobs.values()].reduce((sum, { byteLength }) => sum + byteLength, 3 * text.length);
  if (size > most) throw new ProjectTooLargeError(name, size, most);
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part);
  });
  const add = async (name: string, bytes: Uint8Array): Promise<void> => {
    // Level 1: pictures are mostly noise to a dictionary coder, and waiting costs more than the last percent.
    const entry = new ZipDeflate(name, { level: 1 });
    zip.add(entry);
    for (let at = 0; at < bytes.length; at += SLICE) {
      entry.push(bytes.slice(at, at + SLICE), false);
      await pause();
    }
    entry.push(new Uint8Array(), true);
  };
  const encoder = new TextEncoder();
  await add(MANIFEST, encoder.encode(JSON.stringify({ format: PROJECT_FORMAT, sha256 })));
  await add(LIST, encoder.encode(text));
  for (const [name, bytes] of blobs) await add(`${BLOBS}${name}`, bytes);
  zip.end();
  return joinedBytes(parts);
}

function hasMark(bytes: Uint8Array, at: number, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[at + index] === byte);
}

/** All entries by name. @throws ProjectDamagedError */
async function entriesOf(bytes: Uint8Array, name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  let size = 0;
  const unzip = new Unzip((entry) => {
    const parts: Uint8Array[] = [];
    entry.ondata = (error, part, final) => {
      if (error !== null) throw error;
      parts.push(part);
      size += part.length;
      if (size > MAX_BYTES) throw new ProjectDamagedError(name, 'it unpacks to more than 2 GB');
      if (final) entries.set(entry.name, joinedBytes(parts));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += SLICE) {
      unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
      await pause();
    }
  } catch (cause) {
    throw cause instanceof ProjectDamagedError
      ? cause
      : new ProjectDamagedError(name, 'it cannot be unpacked', { cause });
  }
  return entries;
}

function parsedManifest(bytes: Uint8Array | undefined): z.infer<typeof manifestSchema> | undefined {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Every part is compared with its checksum; a picture or mask that does not fit its own is left out.
 * @param name the file's, for messages
 * @throws ProjectFileForeignError, ProjectDamagedError
 */
export async function readProjectFile(bytes: Uint8Array, name: string): Promise<PackedProject> {
  if (bytes.length === 0) throw new ProjectDamagedError(name, 'it is empty');
  if (!hasMark(bytes, 0, FIRST)) throw new ProjectFileForeignError(name);
  if (!hasMark(bytes, bytes.length - END_LENGTH, END)) throw new ProjectDamagedError(name, 'its end is missing');
  const entries = await entriesOf(bytes, name);
  const manifest = parsedManifest(entries.get(MANIFEST));
  if (manifest === undefined) throw new ProjectFileForeignError(name);
  const list = entries.get(LIST);
  if (list === undefined || (await sha256Hex(list)) !== manifest.sha256)
    throw new ProjectDamagedError(name, 'its list of contents was altered');
  const blobs = new Map<string, Uint8Array>();
  for (const [entry, blob] of entries) {
    if (!entry.startsWith(BLOBS)) continue;
    const sha256 = entry.slice(BLOBS.length);
    // What was altered is left out: only what it belongs to is lost.
    if ((await sha256Hex(blob)) === sha256) blobs.set(sha256, blob);
  }
  return { text: new TextDecoder().decode(list), sha256: manifest.sha256, blobs };
}
