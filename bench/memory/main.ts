/**
 * A project of many large versions: made, saved, opened again, every version looked at, one edited. Prints the peak of memory of
 * each part, in a process of its own. Pixels are synthetic noise; the database is a folder on the disk.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Counterfactual } from '../../src/counterfactual/edit';
import { FINDINGS } from '../../src/findings/vocabulary';
import type { Radiograph } from '../../src/imaging/radiograph';
import { initialRequest } from '../../src/record/editRequest';
import { pixelMemory } from '../../src/record/pixels/pixelMemory';
import { loadCounterfactual, toStored } from '../../src/record/pixels/storedCounterfactual';
import { releasePixels } from '../../src/record/project/arrays';
import { packProject, unpackProject } from '../../src/record/project/pack';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectSnapshot } from '../../src/record/project/snapshot';
import { newDocument, withVersion, type StudioDocument, type Version } from '../../src/record/studioDocument';
import { thumbnailOf } from '../../src/record/thumbnail';
import { FolderStorage } from './folderStorage';

interface Size {
  readonly radiographs: number;
  readonly versions: number;
  readonly side: number;
  /** Share of the side that an edit changes, in each direction. */
  readonly changed: number;
}

/** A linear congruential generator: noise that no coder makes smaller, and cheap to make. */
function noise(length: number, seed: number): Uint16Array {
  const values = new Uint16Array(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[index] = state >>> 20;
  }
  return values;
}

function radiographOf(index: number, { side }: Size): Radiograph {
  return {
    id: `radiograph ${String(index)}`,
    name: `film ${String(index)}.png`,
    format: 'png',
    width: side,
    height: side,
    pixels: noise(side * side, index + 1),
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2048, windowWidth: 4096 },
    synthetic: false,
    notes: [],
  };
}

function resultOf(source: Radiograph, index: number, { side, changed }: Size): Counterfactual {
  const pixels = source.pixels.slice();
  const data = new Uint8Array(side * side);
  const [from, size] = [Math.floor((side * (1 - changed)) / 2), Math.floor(side * changed)];
  for (let y = from; y < from + size; y++) {
    for (let x = from; x < from + size; x++) {
      pixels[y * side + x] = ((pixels[y * side + x] ?? 0) + 1 + index) % 4096;
      data[y * side + x] = 128 + ((x + y + index) % 128);
    }
  }
  const reading = {
    findings: Object.fromEntries(FINDINGS.map((finding) => [finding, 0.1])) as Counterfactual['after']['findings'],
    zoneSeverity: [0, 0, 0, 0, 0, 0],
    opacityMap: new Float32Array(1024).fill(index),
  };
  return {
    image: { ...source, id: `result ${String(index)} of ${source.id}`, pixels, synthetic: true },
    recipe: {
      edit: { kind: 'add', finding: 'lung_opacity', places: ['right_lower'], severity: 2 },
      sampling: {
        seed: index,
        steps: 12,
        guidance: 4,
        maxTime: 0.9,
        sampler: 'twin-flow',
        shift: 1,
        averages: 1,
        passes: 1,
      },
      source: { sha256: 'a'.repeat(64) },
      models: {},
      backend: 'wasm',
      createdAt: '2026-01-01T00:00:00.000Z',
      synthetic: true,
    },
    mask: { width: side, height: side, data },
    before: reading,
    after: reading,
    changedPixels: size * size,
    milliseconds: 1,
  };
}

function versionOf({ radiograph, thumbnail }: StudioDocument, index: number, size: Size): Version {
  const made = resultOf(radiograph, index, size);
  return {
    id: made.image.id,
    parentId: undefined,
    counterfactual: toStored(made),
    thumbnail,
    label: 'moderate right lower zone opacity',
    name: undefined,
    pinned: false,
    changedOutside: 0,
    analysis: { status: 'waiting' },
  };
}

function snapshotOf(documents: readonly StudioDocument[]): ProjectSnapshot {
  return {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    id: 'many',
    name: undefined,
    createdAt: '2026-01-01T00:00:00.000Z',
    documents,
    currentId: documents[0]?.id,
    comparison: 'source',
    comparedId: undefined,
    swipePosition: 0.5,
    view: undefined,
    jobs: [],
  };
}

async function save(storage: FolderStorage, documents: readonly StudioDocument[]): Promise<number> {
  const packed = await packProject(snapshotOf(documents));
  const written = await storage.write(packed);
  releasePixels(packed.blobs, (sha256) => storage.blob(sha256));
  return written;
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** The most that arrays take and that the process has, looked at often. */
class Peak {
  #arrays = 0;
  #process = 0;
  readonly #timer = setInterval(() => {
    this.look();
  }, 20);

  look(): void {
    const { arrayBuffers, rss } = process.memoryUsage();
    this.#arrays = Math.max(this.#arrays, arrayBuffers);
    this.#process = Math.max(this.#process, rss);
  }

  tell(part: string, more = ''): void {
    this.look();
    console.log(`${part.padEnd(34)} arrays ${megabytes(this.#arrays)}, process ${megabytes(this.#process)}${more}`);
    this.#arrays = 0;
    this.#process = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

async function make(storage: FolderStorage, size: Size): Promise<void> {
  const peak = new Peak();
  const documents: StudioDocument[] = [];
  let written = 0;
  for (let index = 0; index < size.radiographs; index++) {
    const radiograph = radiographOf(index, size);
    let document = newDocument(radiograph, thumbnailOf(radiograph), initialRequest());
    for (let version = 0; version < size.versions; version++) {
      document = withVersion(document, versionOf(document, version, size));
      // As the studio saves: after every result.
      written += await save(storage, [...documents, document]);
      // Nothing here waits for a user, so that the engine finds no time to; what is held is what counts.
      globalThis.gc?.();
    }
    documents.push(document);
  }
  peak.tell('made and saved one by one', `; ${megabytes(written)} written`);
  peak.stop();
}

async function open(storage: FolderStorage, size: Size): Promise<void> {
  const peak = new Peak();
  const { text, blobs } = await storage.read();
  const { project, losses } = await unpackProject(text, blobs, 'many');
  if (losses.length > 0) throw new Error(losses.join(' '));
  peak.tell('opened', `; ${String(storage.reads)} arrays, ${megabytes(storage.bytesRead)} read`);
  for (const { versions } of project.documents) for (const version of versions) await loadCounterfactual(version);
  peak.tell('every version looked at', `; ${megabytes(pixelMemory.bytes)} of versions at hand`);
  const [first, ...others] = project.documents;
  if (first === undefined) throw new Error('there are radiographs');
  const edited = withVersion(first, versionOf(first, size.versions, size));
  const written = await save(storage, [edited, ...others]);
  peak.tell('one more made and saved', `; ${megabytes(written)} written`);
  peak.stop();
}

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      radiographs: { type: 'string', default: '30' },
      versions: { type: 'string', default: '20' },
      side: { type: 'string', default: '3000' },
      changed: { type: 'string', default: '0.5' },
      /** Where the project lies; absent: it is made, opened, and removed. */
      folder: { type: 'string' },
      part: { type: 'string', default: 'make' },
    },
  });
  const size = {
    radiographs: Number(values.radiographs),
    versions: Number(values.versions),
    side: Number(values.side),
    changed: Number(values.changed),
  };
  const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'counterpart-memory-')));
  const storage = new FolderStorage(folder);
  if (values.part === 'open') {
    await open(storage, size);
    return 0;
  }
  const versions = `${String(size.radiographs)} radiographs x ${String(size.versions)} versions`;
  console.log(
    `${versions} of ${String(size.side)} x ${String(size.side)}, ${String(size.changed)} of each side changed`,
  );
  await make(storage, size);
  // Another process, so that its peak is its own.
  const { spawnSync } = await import('node:child_process');
  const [, script = ''] = process.argv;
  const { status } = spawnSync(
    process.execPath,
    [...process.execArgv, script, ...args, '--part', 'open', '--folder', folder],
    {
      stdio: 'inherit',
    },
  );
  if (values.folder === undefined) await rm(folder, { recursive: true });
  return status ?? 1;
}
