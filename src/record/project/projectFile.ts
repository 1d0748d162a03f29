/**
 * A project as one file: a zip of `manifest.json` (format, and the checksum of the next), `project.json`, and `blobs/<sha256>`.
 * Packed and unpacked in slices with pauses between them, so that the page stays alive meanwhile; what is read of it is read by range.
 */

import { Zip, ZipDeflate } from 'fflate';
import * as z from 'zod/mini';
import { joinedBytes } from '../../imaging/bytes';
import { sha256Hex } from '../../imaging/digest';
import { ProjectDamagedError, ProjectFileForeignError, ProjectTooLargeError } from './errors';
import { PixelsGoneError } from '../pixels/lazyPixels';
import { readBlob, type Blob, type LazyBlob } from './arrays';
import type { PackedProject } from './pack';
import { PROJECT_FORMAT } from './snapshot';
import { entriesOf, readEntry, startsAsZip, type Entry, type FileSource } from './zipEntries';

const SLICE = 256 * 1024;
const LIST = 'project.json';
const MANIFEST = 'manifest.json';
const BLOBS = 'blobs/';
/** A project of a hundred large radiographs; beyond it a page has no memory for it anyway. */
const MAX_BYTES = 2 ** 31;

const manifestSchema = z.looseObject({
  format: z.literal(PROJECT_FORMAT),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * @param name what messages call it
 * @throws ProjectTooLargeError; before anything is written, where all sizes are known
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
  let written = 3 * text.length;
  for (const [key, blob] of blobs) {
    const bytes = await readOrSkip(blob);
    // Of some the size is not known before they are read.
    written += bytes?.byteLength ?? 0;
    if (written > most) throw new ProjectTooLargeError(name, written, most);
    if (bytes !== undefined) await add(`${BLOBS}${key}`, bytes);
  }
  zip.end();
  return joinedBytes(parts);
}

/** What storage has lost is left out: whoever opens the file is told which version that is. */
async function readOrSkip(blob: Blob): Promise<Uint8Array | undefined> {
  try {
    return await readBlob(blob);
  } catch (error) {
    if (error instanceof PixelsGoneError) return undefined;
    throw error;
  }
}

function parsedManifest(bytes: Uint8Array | undefined): z.infer<typeof manifestSchema> | undefined {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Part of a project file as it is read: its blobs one by one, when they are needed. */
function blobOf(file: FileSource, entry: Entry, sha256: string): LazyBlob {
  const read = async (): Promise<Uint8Array> => {
    try {
      const bytes = await readEntry(file, entry);
      if ((await sha256Hex(bytes)) === sha256) return bytes;
    } catch (cause) {
      throw new PixelsGoneError('a part of the file cannot be read', { cause });
    }
    throw new PixelsGoneError('a part of the file was altered');
  };
  return { byteLength: entry.size, now: () => undefined, read };
}

/**
 * The list of contents is compared with its checksum now, pictures and masks when they are read: one that does not fit its own is
 * lost with what it belongs to.
 * @param name the file's, for messages
 * @throws ProjectFileForeignError, ProjectDamagedError
 */
export async function readProjectFile(file: FileSource, name: string): Promise<PackedProject> {
  if (file.size === 0) throw new ProjectDamagedError(name, 'it is empty');
  if (!(await startsAsZip(file))) throw new ProjectFileForeignError(name);
  const entries = await entriesOf(file);
  if (entries === undefined) throw new ProjectDamagedError(name, 'its end is missing');
  const size = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
  if (size > MAX_BYTES) throw new ProjectDamagedError(name, 'it unpacks to more than 2 GB');
  const read = async (part: string): Promise<Uint8Array | undefined> => {
    const entry = entries.get(part);
    try {
      return entry && (await readEntry(file, entry));
    } catch (cause) {
      throw new ProjectDamagedError(name, 'it cannot be unpacked', { cause });
    }
  };
  const manifest = parsedManifest(await read(MANIFEST));
  if (manifest === undefined) throw new ProjectFileForeignError(name);
  const list = await read(LIST);
  if (list === undefined || (await sha256Hex(list)) !== manifest.sha256)
    throw new ProjectDamagedError(name, 'its list of contents was altered');
  const blobs = new Map<string, LazyBlob>();
  for (const [part, entry] of entries)
    if (part.startsWith(BLOBS)) blobs.set(part.slice(BLOBS.length), blobOf(file, entry, part.slice(BLOBS.length)));
  return { text: new TextDecoder().decode(list), sha256: manifest.sha256, blobs };
}
