/**
 * Findings that were drawn on films (`node bench/drawnFilms.mjs --split val`), drawn away again, and harmonised from several
 * times: how near each comes to the film before, which is known.
 */

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { openNetworks } from '../../src/cli/node/networks';
import { advisedSampling } from '../../src/counterfactual/choose';
import type { Edit } from '../../src/counterfactual/edit';
import { generate } from '../../src/counterfactual/generate';
import { SketchImpossibleError } from '../../src/counterfactual/errors';
import { recordOf, requireChest, sketchOnto } from '../../src/counterfactual/sketch/drawFinding';
import { HARMONISING_AWAY } from '../../src/counterfactual/sketch/harmonise';
import { inTune } from '../../src/counterfactual/sketch/inTune';
import { sketcherOf } from '../../src/counterfactual/sketch/registry';
import type { Drawing } from '../../src/counterfactual/sketch/ways';
import { prepareSource, type Networks, type Source } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { FINDINGS, PLACES, type Finding } from '../../src/findings/vocabulary';
import type { Mask, Radiograph } from '../../src/imaging/radiograph';
import { encodePng } from '../../src/imaging/png';
import { GRID_SIZE, toNetworkGrid } from '../../src/imaging/resample';
import type { ImageGrid } from '../../src/networks/typed';
import { figuresOf, visible, type Figures } from './figures';

const USAGE =
  'node bench/removed.mjs --drawings folder --data folder --out folder [--findings effusion,mass] [--times 0,0.5,0.7,0.85] [--painted] [--pictures]\n' +
  '--drawings: what `node bench/drawnFilms.mjs --split val` made. --painted: the place is painted, also where it need not be.\n' +
  'Findings that are not drawn away are erased by the denoiser, as the release does it.';
/** Pixels by which a painted mask reaches beyond what was drawn. */
const AROUND = 6;

const ERASED = -1;

type OpenNetworks = Awaited<ReturnType<typeof openNetworks>>;

/** A row of drawings.csv. */
interface Row {
  readonly path: string;
  readonly film: string;
  readonly finding: Finding;
  readonly places: string;
}

interface Taken extends Figures {
  readonly path: string;
  readonly finding: Finding;
  /** Time it was harmonised from; 0: left as drawn; ERASED: by the denoiser's own sampler. */
  readonly from: number;
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      drawings: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string' },
      findings: { type: 'string', default: 'effusion,nodule,mass,cardiomegaly' },
      times: { type: 'string', default: '0,0.5,0.7,0.85' },
      painted: { type: 'boolean', default: false },
      pictures: { type: 'boolean', default: false },
    },
  });
  const { drawings, data, out } = values;
  const named = values.findings.split(',');
  const findings = FINDINGS.filter((each) => named.includes(each));
  const times = values.times.split(',').map(Number);
  if (
    drawings === undefined ||
    data === undefined ||
    out === undefined ||
    findings.length < named.length ||
    findings.some((each) => sketcherOf(each) === undefined) ||
    times.some((time) => !(time >= 0 && time <= 1))
  ) {
    console.error(USAGE);
    return 2;
  }
  const table = join(drawings, 'drawings.csv');
  if (!existsSync(table)) {
    console.error(`There is no ${table}: make it with \`node bench/drawnFilms.mjs --split val --out ${drawings}\`.`);
    return 1;
  }
  const rows = Papa.parse<Row>(await readFile(table, 'utf8'), { header: true, skipEmptyLines: true }).data;
  await mkdir(out, { recursive: true });
  const networks = await openNetworks(pathToFileURL(`${process.cwd()}/`));
  const taken: Taken[] = [];
  for (const row of rows.filter(({ finding }) => findings.includes(finding))) {
    const [before, drawn] = [await opened(join(data, row.film)), await opened(join(drawings, row.path))];
    const source = await prepareSource(drawn, networks.suite);
    try {
      const drawing = drawingOf(row, before, drawn, values.painted);
      for (const from of sketcherOf(row.finding)?.removes === undefined ? [ERASED] : times) {
        const film =
          from === ERASED
            ? await erased(source, networks, drawing)
            : await takenAway(source, networks.suite, drawing, from);
        const figures = figuresOf({
          before: toNetworkGrid(before),
          drawn: source.image,
          taken: toNetworkGrid(film),
        });
        if (figures === undefined) break;
        taken.push({ path: row.path, finding: row.finding, from, ...figures });
        if (values.pictures)
          await writeFile(join(out, `${basename(row.path, '.png')}-${String(from)}.png`), encodePng(film, {}));
      }
    } catch (error) {
      if (!(error instanceof SketchImpossibleError)) throw error;
      console.error(`${row.path}: ${error.message}`);
    }
  }
  await networks.dispose();
  await writeFile(join(out, 'removed.json'), `${JSON.stringify(taken, undefined, 1)}\n`);
  for (const line of lines(taken, findings, times)) console.log(line);
  return 0;
}

async function opened(path: string): Promise<Radiograph> {
  return openRadiograph(new Uint8Array(await readFile(path)), basename(path));
}

function drawingOf({ finding, places }: Row, before: Radiograph, drawn: Radiograph, painted: boolean): Drawing {
  const needsPaint = (sketcherOf(finding)?.removes?.painted ?? true) === true;
  return {
    remove: true,
    edit: {
      finding,
      severity: 0,
      places: PLACES.filter((place) => places.split(' ').includes(place)),
      ...(painted || needsPaint ? { mask: maskOf(toNetworkGrid(before), toNetworkGrid(drawn), drawn) } : {}),
    },
  };
}

/** Where it was drawn and a little around, as a user paints it. */
function maskOf(before: ImageGrid, drawn: ImageGrid, { width, height }: Radiograph): Mask {
  const grid = new Uint8Array(GRID_SIZE ** 2);
  visible(before, drawn).forEach((is, at) => {
    if (!is) return;
    const [x, y] = [at % GRID_SIZE, Math.floor(at / GRID_SIZE)];
    for (let row = Math.max(0, y - AROUND); row <= Math.min(GRID_SIZE - 1, y + AROUND); row++)
      grid.fill(255, row * GRID_SIZE + Math.max(0, x - AROUND), row * GRID_SIZE + Math.min(GRID_SIZE, x + AROUND + 1));
  });
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    data[at] = grid[Math.floor((y * GRID_SIZE) / height) * GRID_SIZE + Math.floor((x * GRID_SIZE) / width)] as number;
  }
  return { width, height, data };
}

/** What is not drawn away is the denoiser's, as the release samples it. */
async function erased(source: Source, { suite, backend }: OpenNetworks, { edit }: Drawing): Promise<Radiograph> {
  const { finding, places, mask } = edit;
  const asked: Edit = {
    kind: 'remove',
    finding,
    places: mask === undefined ? places : [],
    severity: 0,
    ...(mask && { mask }),
  };
  const advised = advisedSampling(suite.manifest.sampling, 'remove');
  const options = { seed: 1, sampler: 'auto' as const, ...advised };
  return (await generate(source, suite, asked, options, { backend, allowUncertain: true })).image;
}

async function takenAway(source: Source, networks: Networks, drawing: Drawing, from: number): Promise<Radiograph> {
  const seed = 1;
  const { harmonised: _shipped, ...record } = recordOf(drawing);
  const sketched = sketchOnto(source.radiograph, requireChest(source), drawing, record, seed);
  if (from === 0) return sketched.radiograph;
  const way = { ...HARMONISING_AWAY, from };
  const group = { onto: source.radiograph, sketched: [sketched], drawings: [drawing], way, texture: 1 };
  return (await inTune(source, networks, group, seed, 0, {})).radiograph;
}

/** A table of means, a row a finding and time. */
function lines(taken: readonly Taken[], findings: readonly Finding[], times: readonly number[]): readonly string[] {
  return [
    '| finding | harmonised from | films | likeness | left | texture |',
    '|---|---|---|---|---|---|',
    ...findings.flatMap((finding) =>
      (taken.some((each) => each.finding === finding && each.from === ERASED) ? [ERASED] : times).map((from) => {
        const own = taken.filter((each) => each.finding === finding && each.from === from);
        const mean = (name: keyof Figures): string =>
          (own.reduce((sum, each) => sum + each[name], 0) / own.length).toFixed(2);
        const cells = [
          finding,
          from === ERASED ? 'by the denoiser' : from === 0 ? 'left as drawn' : `t ${String(from)}`,
          own.length,
        ];
        return `| ${[...cells, mean('likeness'), mean('left'), mean('texture')].join(' | ')} |`;
      }),
    ),
  ];
}
