/** Strips out of the folder of a run: as they were kept, else made anew from film and result. */

import { loadResult } from '../../export/runItems';
import { inSlices } from '../../imaging/slices';
import type { Radiograph } from '../../imaging/radiograph';
import type { RunFiles } from '../../run/folder';
import type { Studio } from '../studio';
import { decodeStrip, encodeStrip, previewPath, stripOf, type Strip } from './strip';
import { Strips } from './strips';

export function stripsOf(studio: Studio, files: RunFiles): Strips {
  return new Strips(async (id) => {
    const kept = await files.read(previewPath(id));
    const strip = kept === undefined ? undefined : decodeStrip(kept, previewPath(id));
    return strip ?? madeAnew(studio, files, id);
  });
}

/** Pixels along the longer side of one enlarged picture. */
const LARGE = 1024;

/** The same, to look at closely; undefined where the result cannot be read. */
export async function largeStrip(studio: Studio, id: string): Promise<Strip | undefined> {
  const pair = await pairOf(studio, id).catch(() => undefined);
  return pair === undefined ? undefined : inSlices(stripOf(pair.source, pair.image, LARGE));
}

async function madeAnew(studio: Studio, files: RunFiles, id: string): Promise<Strip | undefined> {
  const pair = await pairOf(studio, id);
  if (pair === undefined) return undefined;
  const strip = await inSlices(stripOf(pair.source, pair.image));
  const bytes = encodeStrip(strip);
  if (bytes !== undefined) await files.write(previewPath(id), bytes).catch(() => undefined);
  return strip;
}

interface Pair {
  /** Undefined: the film is not at hand. */
  readonly source: Radiograph | undefined;
  readonly image: Radiograph;
}

async function pairOf({ store, services }: Studio, id: string): Promise<Pair | undefined> {
  const { run } = store.getState();
  const outcome = run?.outcomes.get(id);
  if (run === undefined || outcome?.status !== 'done') return undefined;
  const result = await loadResult(run.place.files, outcome.files, services.open);
  return {
    image: await result.image(),
    source: await run.films?.open(outcome.item.film).catch(() => undefined),
  };
}
