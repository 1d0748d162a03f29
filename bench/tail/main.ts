/** Every drawn finding on a list of films, at three severities, measured; what was done before is not done again. */

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetworks } from '../../src/cli/node/networks';
import { advisedSampling } from '../../src/counterfactual/choose';
import type { Way } from '../../src/counterfactual/edit';
import { generate } from '../../src/counterfactual/generate';
import { localOpacity } from '../../src/counterfactual/receipt/effectLine';
import { sketcherOf } from '../../src/counterfactual/sketch/registry';
import { requireChest } from '../../src/counterfactual/sketch/drawFinding';
import { prepareSource, type Source } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { CounterpartError } from '../../src/errors';
import { DRAWN_FINDINGS } from '../../src/findings/drawn';
import { FINDINGS, type Finding } from '../../src/findings/vocabulary';
import { encodePng } from '../../src/imaging/png';

import { casesOf, type Case } from './cases';
import { judges, USAGE as JUDGES_USAGE } from './judges';
import { isFinding, rowOf, type Refusal, type Row } from './row';
import { tableOf } from './table';

const USAGE =
  'node bench/tail.mjs --films films.txt --out folder [--findings effusion,mass] [--pictures] [--sketch-alone] [--without-knowledge] [--from 1] [--to 16]\n' +
  'films.txt: one path a line, relative to itself. Results are added to folder/rows.jsonl; what is in it is not made again,\n' +
  'and --from and --to share a list among several runs. --without-knowledge: the same requests by the denoiser alone, measured\n' +
  'where the drawing lies.';

const ROOT = pathToFileURL(`${process.cwd()}/`);

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const [command] = args;
  if (command === 'judges') return judgesMain(args.slice(1));
  const { values } = parseArgs({
    args: [...args],
    options: {
      films: { type: 'string' },
      out: { type: 'string' },
      findings: { type: 'string' },
      pictures: { type: 'boolean' },
      'sketch-alone': { type: 'boolean' },
      'without-knowledge': { type: 'boolean' },
      from: { type: 'string', default: '1' },
      to: { type: 'string' },
    },
  });
  const names = values.findings?.split(',') ?? DRAWN_FINDINGS;
  const findings = names.filter(isFinding);
  if (values.films === undefined || values.out === undefined || findings.length < names.length) {
    console.error(USAGE);
    return 2;
  }
  // As if every sketcher left its drawing as drawn: a tenth of the time, and what densities measure hardly differs.
  if (values['sketch-alone'] === true)
    for (const finding of findings) Object.defineProperty(sketcherOf(finding) ?? {}, 'harmonise', { value: 0 });
  const list = values.films;
  const films = (await readFile(list, 'utf8'))
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => join(dirname(list), line.trim()));
  await mkdir(values.out, { recursive: true });
  const journal = join(values.out, 'rows.jsonl');
  const done = await rowsIn(journal);
  const networks = await openNetworks(ROOT);
  const { suite, backend } = networks;
  const readable = readableOf(suite.manifest.calibration['second-reader']);
  for (const [index, path] of films.entries()) {
    const film = basename(path);
    if (index + 1 < Number(values.from) || index + 1 > Number(values.to ?? films.length)) continue;
    const open = casesOf(index, findings).filter(
      ({ finding, grade }) => !done.some((row) => row.film === film && row.finding === finding && row.grade === grade),
    );
    if (open.length === 0) continue;
    const source = await prepareSource(await openRadiograph(new Uint8Array(await readFile(path)), film), suite);
    for (const each of open) {
      const row = await measured(film, each, source, index);
      await appendFile(journal, `${JSON.stringify(row)}\n`);
      done.push(row);
    }
    console.error(`${String(index + 1)}/${String(films.length)} ${film}`);
  }
  await networks.dispose();
  const table = tableOf(
    done.filter(({ finding }) => findings.some((each) => each === finding)),
    suite.manifest.calibration,
  );
  await writeFile(join(values.out, 'table.md'), `${table}\n`);
  console.log(table);
  return 0;

  async function measured(film: string, each: Case, source: Source, index: number): Promise<Row | Refusal> {
    try {
      const by = (sampler: Way) =>
        generate(
          source,
          suite,
          each.edit,
          { seed: index + 1, sampler, ...advisedSampling(suite.manifest.sampling, 'add') },
          { backend, allowUncertain: false },
        );
      const drawn = await by('auto');
      const made = values['without-knowledge'] === true ? await by('twin-flow') : drawn;
      if (values.pictures === true)
        await writeFile(
          join(values.out ?? '.', `${each.finding}-${each.grade}-${film}.png`),
          encodePng(made.image, {}),
        );
      return rowOf(film, each, source.radiograph, requireChest(source), made, drawn, readable, localOpacity(made));
    } catch (error) {
      if (!(error instanceof CounterpartError)) throw error;
      return { film, finding: each.finding, grade: each.grade, refused: error.message };
    }
  }
}

async function judgesMain(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { films: { type: 'string' }, out: { type: 'string' } } });
  if (values.films === undefined || values.out === undefined) {
    console.error(JUDGES_USAGE);
    return 2;
  }
  console.log(
    await judges(values.films, values.out, ROOT, (line) => {
      console.error(line);
    }),
  );
  return 0;
}

async function rowsIn(journal: string): Promise<(Row | Refusal)[]> {
  const text = await readFile(journal, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row | Refusal);
}

function readableOf(
  calibration: Readonly<Partial<Record<Finding, { readonly readable?: boolean | undefined }>>>,
): ReadonlySet<Finding> {
  return new Set(FINDINGS.filter((finding) => calibration[finding]?.readable === true));
}
