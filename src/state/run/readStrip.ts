/** Strips out of the folder of a run: as they were kept, else made anew from film and result. */

import { loadResult } from '../../export/runItems';
import { inSlices } from '../../imaging/slices';
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

async function madeAnew({ store, services }: Studio, files: RunFiles, id: string): Promise<Strip | undefined> {
  const { run } = store.getState();
  const outcome = run?.outcomes.get(id);
  if (run === undefined || outcome?.status !== 'done') return undefined;
  const { image } = await loadResult(files, outcome.files, services.open);
  const source = await run.films?.open(outcome.item.film).catch(() => undefined);
  const strip = await inSlices(stripOf(source, image));
  const bytes = encodeStrip(strip);
  if (bytes !== undefined) await files.write(previewPath(id), bytes).catch(() => undefined);
  return strip;
}
