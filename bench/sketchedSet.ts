/**
 * Findings sketched onto the films of a data folder, labelled, for the long-tail protocol
 * (docs/evaluation-harness.md): what a classifier learns from them is measured there. Sketches alone, not harmonised: what
 * is measured is then what is known about the findings, and no generator has seen a film of the protocol.
 *
 * Beside them it writes `paired`, the same drawings with the film each was drawn on, under that film's own labels, so that
 * neither the film nor its patient tells that something was drawn; and `copies`, the control that drawings have to beat: as
 * many copies of real films with the same findings. They are drawn on films without finding; `--onto any` takes diseased ones,
 * too, and keeps their other labels; `--onto others` takes those that carry none of the findings that are drawn.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { SketchImpossibleError } from '../src/counterfactual/errors';
import { chestOf, type Chest } from '../src/counterfactual/sketch/chest';
import { densityOf, withDensityChange } from '../src/counterfactual/sketch/density';
import { withFilmGrain } from '../src/counterfactual/sketch/filmGrain';
import { sketcherOf } from '../src/counterfactual/sketch/registry';
import { createWasmExecutor } from '../src/engine/wasm/executor';
import { readModel } from '../src/engine/testing/model-files';
import { knowledgeOf, usualPlaces } from '../src/findings/knowledge';
import { FINDINGS, type Finding, type Place } from '../src/findings/vocabulary';
import { decodeJpeg } from '../src/imaging/jpeg';
import { encodePng } from '../src/imaging/png';
import type { Radiograph } from '../src/imaging/radiograph';
import { toNetworkGrid } from '../src/imaging/resample';
import { createAnatomist } from '../src/networks/typed';
import { picked, uniform } from './seeded';

/** The tail of the training data (training/counterpart_training/evaluation/groups.py). */
const TAIL: readonly Finding[] = [
  'edema',
  'consolidation',
  'cardiomegaly',
  'mass',
  'pleural_thickening',
  'pneumothorax',
  'emphysema',
  'fibrosis',
  'hernia',
];

/** Films that exist at fewer pixels are blurred. */
const LEAST_NATIVE = 224;

type Row = Readonly<Record<string, string>>;

/** Which films may be drawn on. */
const RECIPIENTS = {
  clear: (row) => row['no_finding'] === '1',
  any: () => true,
  others: (row, findings) => findings.every((finding) => row[finding] !== '1'),
} satisfies Record<string, (row: Row, findings: readonly Finding[]) => boolean>;

function placesOf(finding: Finding, random: () => number): readonly Place[] {
  const places = usualPlaces(finding);
  const { site } = knowledgeOf(finding);
  // What is on one side, as a rule; edema, emphysema and fibrosis are on both.
  if (site === 'heart' || site === 'hiatus' || ['edema', 'emphysema', 'fibrosis'].includes(finding)) return places;
  const side = random() < 0.5 ? 'right' : 'left';
  const own = places.filter((place) => place.startsWith(side));
  return finding === 'pneumothorax' || finding === 'pleural_thickening' || own.length === 0
    ? own
    : [picked(own, random)];
}

/** The film's own labels and the finding that was drawn. */
function labelsWith(row: Row, finding: Finding): Readonly<Record<string, string>> {
  return { ...Object.fromEntries(FINDINGS.map((each) => [each, row[each] ?? ''])), [finding]: '1', no_finding: '0' };
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      source: { type: 'string', default: 'nih' },
      count: { type: 'string', default: '44' },
      onto: { type: 'string', default: 'clear' },
      out: { type: 'string' },
      findings: { type: 'string', default: TAIL.join(',') },
      seed: { type: 'string', default: '1' },
    },
  });
  const { data, out, source, onto } = values;
  const count = Number(values.count);
  const named = values.findings.split(',');
  const findings = FINDINGS.filter((finding) => named.includes(finding));
  const areKnown = findings.length === named.length;
  const isSomewhere = onto in RECIPIENTS;
  if (data === undefined || out === undefined || !Number.isInteger(count) || count < 1 || !isSomewhere || !areKnown) {
    console.error(
      `Give --data (a folder with manifest.csv), --out (a folder to make), --count (films a finding), --onto (${Object.keys(RECIPIENTS).join(', ')}) and --findings (of ${FINDINGS.join(', ')}).`,
    );
    return 2;
  }
  const rows = Papa.parse<Row>(readFileSync(join(data, 'manifest.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data.filter((row) => row['source'] === source);
  const random = uniform(Number(values.seed));
  const mayTake = RECIPIENTS[onto as keyof typeof RECIPIENTS];
  const sharp = rows.filter((row) => Number(row['native_w']) >= LEAST_NATIVE && mayTake(row, findings));
  const recipients = shuffled(sharp, random);
  if (recipients.length === 0) {
    console.error(`No film of ${source} to draw on: name another --source.`);
    return 2;
  }
  const executor = await createWasmExecutor();
  const { graph, weights } = readModel('anatomist');
  const anatomist = createAnatomist(await executor.load(graph, weights));
  const chests = new Map<string, { readonly film: Radiograph; readonly chest: Chest | undefined }>();
  const open = async (path: string) => {
    const before = chests.get(path);
    if (before !== undefined) return before;
    const film = decodeJpeg(new Uint8Array(readFileSync(join(data, path))), basename(path));
    const { probabilities } = await anatomist.locate(toNetworkGrid(film));
    const { width, height, pixelSpacing } = film;
    const opened = { film, chest: chestOf({ probabilities, width, height, pixelSpacing }) };
    chests.set(path, opened);
    return opened;
  };
  const header = ['path', 'source', 'split', 'patient', 'native_w', 'native_h', 'age', ...FINDINGS];
  const folders = { sketched: join(out, 'sketched'), paired: join(out, 'paired'), copies: join(out, 'copies') };
  const made: Record<keyof typeof folders, Row[]> = { sketched: [], paired: [], copies: [] };
  for (const folder of Object.values(folders)) mkdirSync(join(folder, 'images'), { recursive: true });
  let next = 0;
  for (const finding of findings) {
    const sketcher = sketcherOf(finding);
    const carriers = shuffled(
      rows.filter((row) => row[finding] === '1'),
      random,
    );
    const isWanted = sketcher !== undefined && carriers.length > 0;
    if (!isWanted || recipients.every((row) => row[finding] === '1')) continue;
    let refused = 0;
    for (let k = 0; k < count;) {
      const row = recipients[next++ % recipients.length] as Row;
      if (row[finding] === '1') continue;
      const { film, chest } = await open(row['path'] as string);
      const severity = 1 + 2 * random();
      const seed = Math.floor(random() * 2 ** 31);
      try {
        if (chest === undefined) throw new SketchImpossibleError('No chest.', '');
        const image = densityOf(film);
        const asked = { finding, places: placesOf(finding, random), severity, seed, options: {} };
        const { change, box } = withFilmGrain(image, chest, sketcher.draw({ image, chest }, asked));
        const path = `images/${finding}-${String(k).padStart(4, '0')}.png`;
        const drawn: Radiograph = { ...film, pixels: withDensityChange(film, change, box).pixels };
        const beside = path.replace('.png', '-source.jpg');
        for (const folder of [folders.sketched, folders.paired])
          writeFileSync(join(folder, path), encodePng(drawn, {}));
        writeFileSync(join(folders.paired, beside), readFileSync(join(data, row['path'] as string)));
        const labelled = { ...row, path, split: 'generated', ...labelsWith(row, finding) };
        made.sketched.push(labelled);
        made.paired.push(labelled, { ...row, path: beside, split: 'generated' });
      } catch (error) {
        if (!(error instanceof SketchImpossibleError) || ++refused > 10 * count) throw error;
        continue;
      }
      const copied = carriers[k % carriers.length] as Row;
      const path = `images/${finding}-${String(k).padStart(4, '0')}.jpg`;
      writeFileSync(join(folders.copies, path), readFileSync(join(data, copied['path'] as string)));
      made.copies.push({ ...copied, path, split: 'generated' });
      k++;
    }
    console.log(
      `${finding}: ${String(count)} sketched, ${String(refused)} films refused; ${String(carriers.length)} real ones`,
    );
  }
  for (const [name, folder] of Object.entries(folders) as [keyof typeof folders, string][]) {
    const table = made[name].map((row) => header.map((column) => row[column] ?? ''));
    writeFileSync(join(folder, 'manifest.csv'), Papa.unparse([header, ...table]));
  }
  await executor.dispose();
  return 0;
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => [random(), value] as const)
    .sort(([one], [other]) => one - other)
    .map(([, value]) => value);
}
