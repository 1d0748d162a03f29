/** Real films with what the networks say of them, read once and kept. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { OpenNetworks } from '../../src/cli/node/networks';
import { openRadiograph } from '../../src/dicom/open';
import { toNetworkGrid } from '../../src/imaging/resample';
import type { Anatomy, ImageGrid } from '../../src/networks/typed';
import { zonesToRegions } from '../../src/findings/regions';

export interface Film {
  readonly name: string;
  readonly source: string;
  readonly split: string;
  readonly patient: string;
}

export interface ReadFilm extends Film {
  /** [256 x 256] in [-1, 1]. */
  readonly image: ImageGrid;
  readonly anatomy: Pick<Anatomy, 'regions' | 'probabilities'>;
  /** Of the second reader, [32 x 32]. */
  readonly opacity: Float32Array;
}

/** film,source,split,patient; paths relative to the table. */
export async function filmsIn(table: string): Promise<readonly Film[]> {
  const [, ...lines] = (await readFile(table, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => {
    const [film = '', source = '', split = '', patient = ''] = line.split(',');
    return { name: join(dirname(table), film), source, split, patient };
  });
}

const SIDE = 256;
const ANATOMY = 64 * 64 * 8;
const GRID_CELLS = 32 * 32;

/** @param cache a folder; a film's file there is named by its path */
export async function readFilm(film: Film, cache: string, { suite }: OpenNetworks): Promise<ReadFilm> {
  await mkdir(cache, { recursive: true });
  const file = join(cache, `${createHash('sha256').update(film.name).digest('hex').slice(0, 24)}.f32`);
  const known = await readFile(file).catch(() => undefined);
  if (known !== undefined) {
    const all = new Float32Array(known.buffer.slice(known.byteOffset, known.byteOffset + known.byteLength));
    const probabilities = all.slice(SIDE * SIDE, SIDE * SIDE + ANATOMY);
    return {
      ...film,
      image: all.slice(0, SIDE * SIDE),
      anatomy: { probabilities, regions: zonesToRegions(probabilities) },
      opacity: all.slice(SIDE * SIDE + ANATOMY),
    };
  }
  const radiograph = await openRadiograph(new Uint8Array(await readFile(film.name)), film.name);
  const image = toNetworkGrid(radiograph);
  const anatomy = await (await suite.anatomist()).locate(image);
  const { opacityMap: opacity } = await (await suite.secondReader()).read(image);
  const all = new Float32Array(SIDE * SIDE + ANATOMY + GRID_CELLS);
  all.set(image);
  all.set(anatomy.probabilities, SIDE * SIDE);
  all.set(opacity, SIDE * SIDE + ANATOMY);
  await writeFile(file, all);
  return { ...film, image, anatomy, opacity };
}
