/** How well the texture of real lungs is told from artefacts, and how the studio's own edits fare. */

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetworks, type OpenNetworks } from '../../src/cli/node/networks';
import { editsIn, makeEdits, setOf } from './edits';
import { filmsIn, readFilm, type Film } from './films';
import { packed } from './fit';
import { reportOf } from './report';
import { rowOf, rowsOf, type Row } from './rows';

const USAGE =
  'node bench/realism.mjs STEP --films films.csv --out folder\n' +
  'films.csv: film,source,split,patient; paths relative to the table.\n' +
  '--from and --to: a part of the films of the split; from the second on is added to what there is.\n' +
  'STEP: reference  parts of the films of the training split\n' +
  '      judge      parts of those of validation, every second film of a source also with artefacts\n' +
  '      edits      --set failures, drawn or erased: the edits themselves; then what was made of all sets is measured\n' +
  '      fit        writes the reference, src/counterfactual/realism/reference.json\n' +
  '      report     the tables';

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      films: { type: 'string' },
      out: { type: 'string' },
      set: { type: 'string', default: 'failures' },
      from: { type: 'string', default: '1' },
      to: { type: 'string' },
    },
  });
  const [step = ''] = positionals;
  const { films, out } = values;
  const set = setOf(values.set);
  if (
    films === undefined ||
    out === undefined ||
    set === undefined ||
    !/^(reference|judge|edits|fit|report)$/.test(step)
  ) {
    console.error(USAGE);
    return 2;
  }
  await mkdir(out, { recursive: true });
  const rows = async (name: string): Promise<readonly Row[]> => rowsIn(join(out, `${name}.jsonl`));
  if (step === 'fit') {
    await writeFile(
      'src/counterfactual/realism/reference.json',
      `${JSON.stringify(packed(await rows('reference')))}\n`,
    );
    return 0;
  }
  if (step === 'report') {
    console.log(reportOf(await rows('reference'), await rows('judge'), await rows('edits')));
    return 0;
  }
  const all = await filmsIn(films);
  const list = all.filter(({ split }) => split === (step === 'reference' ? 'train' : 'val'));
  const first = Number(values.from) - 1;
  const chosen = list.slice(0, Number(values.to ?? list.length));
  const networks = await openNetworks(pathToFileURL(`${process.cwd()}/`));
  const cache = join(out, 'cache');
  if (step === 'edits') {
    await makeEdits(chosen.slice(first), set, join(out, 'edits'), networks);
    await measureEdits(all, out, cache, networks);
  } else {
    const journal = join(out, `${step}.jsonl`);
    if (first === 0) await writeFile(journal, '');
    for (const [index, film] of chosen.entries()) {
      if (index < first) continue;
      const others = chosen.filter(({ source }) => source !== film.source);
      const ofSource = chosen.slice(0, index).filter(({ source }) => source === film.source).length;
      const other = step === 'judge' && ofSource % 2 === 0 ? others[(index * 7) % others.length] : undefined;
      const foreign = other && (await readFilm(other, cache, networks)).image;
      const made = rowsOf(await readFilm(film, cache, networks), index, foreign);
      await appendFile(journal, made.map((row) => `${JSON.stringify(row)}\n`).join(''));
      if (index % 20 === 19) console.error(`${String(index + 1)}/${String(chosen.length)}`);
    }
  }
  await networks.dispose();
  return 0;
}

async function measureEdits(films: readonly Film[], out: string, cache: string, networks: OpenNetworks): Promise<void> {
  const lines: string[] = [];
  for (const { film: name, kind, file } of await editsIn(join(out, 'edits'))) {
    const film = films.find((each) => each.name === name);
    if (film === undefined) continue;
    const content = await readFile(join(out, 'edits', file));
    const both = new Float32Array(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength));
    const [image, mask] = [both.slice(0, both.length / 2), both.slice(both.length / 2)];
    const read = await readFilm(film, cache, networks);
    for (const [as, each] of [
      [`before ${kind}`, read.image],
      [kind, image],
    ] as const) {
      const row = rowOf(read, mask, each, { shape: 'edit', kind: as, strength: '' });
      if (row !== undefined) lines.push(`${JSON.stringify(row)}\n`);
    }
  }
  await writeFile(join(out, 'edits.jsonl'), lines.join(''));
}

async function rowsIn(file: string): Promise<readonly Row[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
