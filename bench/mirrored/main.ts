/** How many mirrored films the studio notices, and how many that are as they should be it warns of: adult films kept back from training, and their mirror images. */

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { openNetworks } from '../../src/cli/node/networks';
import { looksMirrored, mirrorImage } from '../../src/counterfactual/mirrored';
import { chestFault } from '../../src/counterfactual/plausible';
import { openRadiograph } from '../../src/dicom/open';
import { toNetworkGrid } from '../../src/imaging/resample';
import type { Anatomist, ImageGrid } from '../../src/networks/typed';

const USAGE = 'node bench/mirrored.mjs --data FOLDER [--children] [--every 1]\n--every: of the films, each so-manieth.';
const ADULT = 18;
/** Films of 64 pixels, and children's. */
const LEFT_OUT = new Set(['mednist', 'kermany']);

type Row = Readonly<Record<'path' | 'source' | 'split' | 'age', string>>;

interface Tally {
  films: number;
  alarms: number;
  noticed: number;
}

const isAdult = ({ age }: Row): boolean => age === '' || !(Number(age) < ADULT);

function isAsked(row: Row, children: boolean): boolean {
  if (children) return row.source === 'kermany' && row.split === 'val';
  const kept = row.split === 'val' || row.source === 'jsrt';
  return kept && !LEFT_OUT.has(row.source) && !row.path.includes('nih64') && isAdult(row);
}

/** As `Source.mirrored`, of an image that has no film. */
async function isWarned(image: ImageGrid, anatomist: Anatomist): Promise<boolean> {
  const anatomy = await anatomist.locate(image);
  return chestFault(anatomy) === undefined && looksMirrored(image, anatomy, anatomist);
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      every: { type: 'string', default: '1' },
      children: { type: 'boolean', default: false },
    },
  });
  const { data, children } = values;
  const every = Number(values.every);
  if (data === undefined || !Number.isInteger(every) || every < 1) {
    console.error(USAGE);
    return 2;
  }
  const table = await readFile(join(data, 'manifest.csv'), 'utf8');
  const rows = Papa.parse<Row>(table, { header: true, skipEmptyLines: true }).data;
  const asked = rows.filter((row) => isAsked(row, children)).filter((_, at) => at % every === 0);
  const networks = await openNetworks(pathToFileURL(`${process.cwd()}/`));
  const tallies = new Map<string, Tally>();
  try {
    const anatomist = await networks.suite.anatomist();
    for (const { path, source } of asked) {
      const film = await openRadiograph(new Uint8Array(await readFile(join(data, path))), basename(path));
      const image = toNetworkGrid(film);
      const tally = tallies.get(source) ?? { films: 0, alarms: 0, noticed: 0 };
      tallies.set(source, tally);
      tally.films++;
      if (await isWarned(image, anatomist)) {
        tally.alarms++;
        console.error(`warned of as it is: ${path}`);
      }
      if (await isWarned(mirrorImage(image), anatomist)) tally.noticed++;
    }
  } finally {
    await networks.dispose();
  }
  const all = [...tallies.values()].reduce(
    (sum, each) => ({
      films: sum.films + each.films,
      alarms: sum.alarms + each.alarms,
      noticed: sum.noticed + each.noticed,
    }),
    { films: 0, alarms: 0, noticed: 0 },
  );
  console.log('| source | films | warned of as they are | noticed mirrored |\n|---|---|---|---|');
  for (const [source, { films, alarms, noticed }] of [...tallies, ['all', all] as const])
    console.log(`| ${source} | ${String(films)} | ${String(alarms)} | ${(noticed / Math.max(1, films)).toFixed(2)} |`);
  return 0;
}
