/**
 * Opacities of whole lungs erased, and given back from what the recipe of the erasure keeps: how near each film comes to what it
 * was, over the error of the autoencoder alone, and over that of not undoing it. The erased picture goes through a file first.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetworks } from '../../src/cli/node/networks';
import { advisedSampling } from '../../src/counterfactual/choose';
import type { Edit } from '../../src/counterfactual/edit';
import { generate } from '../../src/counterfactual/generate';
import { prepareSource } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { recipeInFile } from '../../src/export/recipeInFile';
import { encodePng } from '../../src/imaging/png';
import { toNetworkGrid } from '../../src/imaging/resample';
import type { ImageGrid } from '../../src/networks/typed';
import { zonesToClear } from '../../src/state/swap';

const USAGE =
  'node bench/undo.mjs --films films.txt --out undo.json\nfilms.txt: one path a line, relative to itself; films without opacity are passed over.';
const SEED = 1;
/** Change of grey, of a range of 2, from which a pixel counts as erased, and the share of the picture that must be. */
const VISIBLE = 0.02;
const LEAST_AREA = 0.01;
const DRAWS = 2000;

interface Undone {
  readonly film: string;
  /** Mean error where something was erased: over the autoencoder's own, and over that of the erased film. */
  readonly overAutoencoder: number;
  readonly overErased: number;
  /** Bytes that the recipe keeps of what was taken, as text. */
  readonly bytes: number;
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { films: { type: 'string' }, out: { type: 'string' } },
  });
  const { films: list, out } = values;
  if (list === undefined || out === undefined) {
    console.error(USAGE);
    return 2;
  }
  const lines = (await readFile(list, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const networks = await openNetworks(pathToFileURL(`${process.cwd()}/`));
  const { suite, backend } = networks;
  const undone: Undone[] = [];
  const made = async (film: Awaited<ReturnType<typeof opened>>, edit: Edit) => {
    const source = await prepareSource(film, suite);
    const advised = advisedSampling(suite.manifest.sampling, edit.kind);
    const options = { seed: SEED, sampler: 'auto', ...advised } as const;
    return { source, result: await generate(source, suite, edit, options, { backend, allowUncertain: true }) };
  };
  for (const line of lines) {
    const film = await opened(resolve(dirname(list), line));
    const zones = zonesToClear((await prepareSource(film, suite)).reading, []);
    if (zones.length === 0) continue;
    const { source, result } = await made(film, {
      kind: 'remove',
      finding: 'lung_opacity',
      places: zones,
      severity: 0,
    });
    const file = encodePng(result.image, { 'Counterpart-Recipe': JSON.stringify(result.recipe) });
    const taken = recipeInFile(file, 'erased.png')?.taken;
    if (taken === undefined) throw new Error(`${line}: the recipe of its erasure keeps nothing of it.`);
    const back = await made(await openRadiograph(file, 'erased.png'), {
      kind: 'add',
      finding: 'lung_opacity',
      places: taken.places,
      severity: taken.severity,
      sketch: { taken },
    });
    const erased = toNetworkGrid(result.image);
    const where = erased.map((value, at) => Number(Math.abs(value - (source.image[at] as number)) > VISIBLE));
    if (where.reduce((sum, value) => sum + value, 0) < LEAST_AREA * where.length) continue;
    const error = (grid: ImageGrid): number =>
      grid.reduce((sum, value, at) => sum + (where[at] as number) * Math.abs(value - (source.image[at] as number)), 0);
    const own = error(await source.reconstruction());
    const left = error(toNetworkGrid(back.result.image));
    undone.push({
      film: basename(line),
      overAutoencoder: left / own,
      overErased: left / error(erased),
      bytes: taken.cells.length + taken.values.length,
    });
    console.log(undone.length, JSON.stringify(undone.at(-1)));
  }
  await networks.dispose();
  await writeFile(out, `${JSON.stringify(undone, undefined, 1)}\n`);
  console.log(row('error over the autoencoder’s own (aim 1.5)', undone, ({ overAutoencoder }) => overAutoencoder));
  console.log(row('error over that of not undoing it', undone, ({ overErased }) => overErased));
  console.log(row('bytes in the recipe', undone, ({ bytes }) => bytes));
  return 0;
}

async function opened(path: string) {
  return openRadiograph(new Uint8Array(await readFile(path)), basename(path));
}

/** Mean with a 95 % interval by drawing films again. */
function row(name: string, undone: readonly Undone[], of: (each: Undone) => number): string {
  const values = undone.map(of);
  const mean = (some: readonly number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
  let state = 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const means = Array.from({ length: DRAWS }, () =>
    mean(values.map(() => values[Math.floor(next() * values.length)] as number)),
  ).sort((a, b) => a - b);
  const [low, high] = [0.025, 0.975].map((share) => (means[Math.floor(share * DRAWS)] as number).toFixed(2));
  return `| ${name} | ${mean(values).toFixed(2)} [${String(low)}, ${String(high)}] | ${String(values.length)} films |`;
}
