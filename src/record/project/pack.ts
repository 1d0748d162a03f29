/** A project in the form in which it is stored and saved: a JSON text and the arrays it refers to, each under its SHA-256. */

import { sha256Hex } from '../../imaging/digest';
import type { Sliced } from '../../imaging/slices';
import { ArrayRestorer, takeArrays, type Blobs } from './arrays';
import { ProjectDamagedError } from './errors';
import { migrate, type Json } from './migrate';
import { repairProject, type Repaired } from './repair';
import type { ProjectSnapshot } from './snapshot';

export interface PackedProject {
  /** JSON of the snapshot with its arrays taken out. */
  readonly text: string;
  readonly sha256: string;
  readonly blobs: Blobs;
}

export async function packProject({ documents, ...rest }: ProjectSnapshot): Promise<PackedProject> {
  const blobs = new Map<string, Uint8Array>();
  const packed = await takeArrays(rest, blobs);
  const packedDocuments: unknown[] = [];
  for (const document of documents) packedDocuments.push(await takeArrays(document, blobs, document.radiograph));
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

/**
 * The inverse, with older formats brought up to date, and what is damaged in it mended or left out. Checksums have been compared
 * by whoever read the parts, and what did not fit is not among the blobs.
 * @param name what messages call it
 * @throws ProjectNewerError, ProjectDamagedError where nothing can be saved
 */
export function* unpackProject(text: string, blobs: Blobs, name: string): Sliced<Repaired> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ProjectDamagedError(name, 'its list of contents cannot be read', { cause });
  }
  if (!isJson(parsed)) throw new ProjectDamagedError(name, 'its list of contents is of another kind');
  const { documents, ...rest } = migrate(parsed, name);
  const arrays = new ArrayRestorer(blobs);
  const restored: unknown[] = [];
  for (const document of Array.isArray(documents) ? (documents as unknown[]) : [])
    restored.push(yield* restoreDocument(document, arrays));
  return repairProject({ ...((yield* arrays.restore(rest)) as Json), documents: restored }, name);
}
