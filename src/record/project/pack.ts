/** A project in the form in which it is stored and saved: a JSON text and the arrays it refers to, each under its SHA-256. */

import { sha256Hex } from '../../imaging/digest';
import { inSlices, type Sliced } from '../../imaging/slices';
import { PixelsGoneError } from '../pixels/lazyPixels';
import { ArrayRestorer, arraysAtOnce, readBlob, takeArrays, TakenBlobs, type Blobs } from './arrays';
import { ProjectDamagedError } from './errors';
import { migrate, type Json } from './migrate';
import { repairProject } from './repair';
import type { Repaired } from './repaired';
import type { ProjectSnapshot } from './snapshot';
import type { StudioDocument } from '../studioDocument';
import { withThumbnails } from './thumbnailAnew';

export interface PackedProject {
  /** JSON of the snapshot with its arrays taken out. */
  readonly text: string;
  readonly sha256: string;
  readonly blobs: Blobs;
}

/**
 * @param beside radiographs whose arrays are kept although they are not in the project: one that was closed can be opened again,
 *   and its pixels may be in storage only
 */
export async function packProject(
  { documents, ...rest }: ProjectSnapshot,
  beside: readonly StudioDocument[] = [],
): Promise<PackedProject> {
  const blobs = new TakenBlobs();
  const packed = await takeArrays(rest, blobs);
  const packedDocuments: unknown[] = [];
  for (const document of documents) packedDocuments.push(await takeArrays(document, blobs, document.radiograph));
  for (const document of beside) await takeArrays(document, blobs, document.radiograph);
  const text = JSON.stringify({ ...(packed as Json), documents: packedDocuments });
  return { text, sha256: await sha256Hex(new TextEncoder().encode(text)), blobs };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* restoreDocument(value: unknown, arrays: ArrayRestorer): Sliced<unknown> {
  if (!isJson(value) || !isJson(value['radiograph'])) return value;
  const radiograph = (yield* arrays.restore(value['radiograph'])) as {
    readonly pixels?: unknown;
    readonly width?: unknown;
  };
  const { pixels, width } = radiograph;
  const isSource =
    typeof width === 'number' &&
    (pixels instanceof Uint8Array || pixels instanceof Uint16Array || pixels instanceof Int16Array);
  return { ...((yield* arrays.restore(value, isSource ? { pixels, width } : undefined)) as Json), radiograph };
}

/** Blobs read side by side. */
const AT_A_TIME = 32;

/** The blobs with those at hand that are needed to open the project; what cannot be read is left out. */
async function withAtHand(blobs: Blobs, needed: ReadonlySet<string>): Promise<Blobs> {
  const all = new Map(blobs);
  const keys = [...needed].filter((key) => all.has(key));
  const read = async (key: string): Promise<void> => {
    try {
      const blob = all.get(key);
      if (blob !== undefined) all.set(key, await readBlob(blob));
    } catch (error) {
      if (!(error instanceof PixelsGoneError)) throw error;
      all.delete(key);
    }
  };
  for (let at = 0; at < keys.length; at += AT_A_TIME) await Promise.all(keys.slice(at, at + AT_A_TIME).map(read));
  return all;
}

/**
 * The inverse, with older formats brought up to date, and what is damaged in it mended or left out. The pixels of results are
 * not read: see LazyPixels. Blobs compare themselves with their checksums when they are read.
 * @param name what messages call it
 * @throws ProjectNewerError, ProjectDamagedError where nothing can be saved
 */
export async function unpackProject(text: string, blobs: Blobs, name: string): Promise<Repaired> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ProjectDamagedError(name, 'its list of contents cannot be read', { cause });
  }
  if (!isJson(parsed)) throw new ProjectDamagedError(name, 'its list of contents is of another kind');
  const project = migrate(parsed, name);
  const atHand = await withAtHand(blobs, arraysAtOnce(project));
  return withThumbnails(repairProject(await inSlices(restored(project, new ArrayRestorer(atHand))), name));
}

function* restored({ documents, ...rest }: Json, arrays: ArrayRestorer): Sliced<unknown> {
  const list: unknown[] = [];
  for (const document of Array.isArray(documents) ? (documents as unknown[]) : [])
    list.push(yield* restoreDocument(document, arrays));
  return { ...((yield* arrays.restore(rest)) as Json), documents: list };
}
