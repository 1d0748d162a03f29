/** Each film of a list with the opacity of the one before it: by zones alone, with the donor's shape, and with its pathology. */

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openNetworks } from '../../src/cli/node/networks';
import { advisedSampling } from '../../src/counterfactual/choose';
import type { Counterfactual, Edit } from '../../src/counterfactual/edit';
import { generate } from '../../src/counterfactual/generate';
import { shapeOf, changeInLungs } from '../../src/counterfactual/sketch/airspace/shape';
import type { Chest } from '../../src/counterfactual/sketch/chest';
import { requireChest } from '../../src/counterfactual/sketch/drawFinding';
import { prepareSource, type Source } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { pathologyOf } from '../../src/counterfactual/streams/pathology';
import { packPathology, type Pathology } from '../../src/findings/pathology';
import type { LungShape } from '../../src/findings/lungShape';
import { encodePng } from '../../src/imaging/png';
import type { Radiograph } from '../../src/imaging/radiograph';
import { toNetworkGrid } from '../../src/imaging/resample';
import { matrixEdit } from '../../src/state/swapMatrix';
import { travellingFindings, zonesToClear } from '../../src/state/swap';
import { figuresOf, type Swap } from './figures';

const USAGE =
  'node bench/swap.mjs --films films.txt --out folder [--ways zones,shape,streams] [--pictures]\nfilms.txt: one path a line, relative to itself.';
const ROOT = pathToFileURL(`${process.cwd()}/`);
const ARMS = ['zones', 'shape', 'streams'] as const;

interface Film {
  readonly name: string;
  readonly source: Source;
  readonly chest: Chest;
  /** Its opacities away; itself where it has none. */
  readonly healthy: Radiograph;
  readonly shape: LungShape | undefined;
  readonly streams: Pathology | undefined;
  readonly pathology: readonly number[];
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      films: { type: 'string' },
      out: { type: 'string' },
      ways: { type: 'string', default: ARMS.join(',') },
      pictures: { type: 'boolean' },
    },
  });
  const named = values.ways.split(',');
  const ways = ARMS.filter((arm) => named.includes(arm));
  if (values.films === undefined || values.out === undefined || ways.length < named.length) {
    console.error(USAGE);
    return 2;
  }
  const { films: list, out } = values;
  await mkdir(out, { recursive: true });
  const { suite, backend } = await openNetworks(ROOT);
  const edited = (source: Source, edit: Edit): Promise<Counterfactual> =>
    generate(
      source,
      suite,
      edit,
      { seed: 1, sampler: 'auto', ...advisedSampling(suite.manifest.sampling, edit.kind) },
      { backend, allowUncertain: true },
    );
  const films: Film[] = [];
  for (const line of (await readFile(list, 'utf8')).split(/\r?\n/).filter((each) => each.trim() !== '')) {
    const name = basename(line.trim());
    const bytes = new Uint8Array(await readFile(resolve(dirname(list), line.trim())));
    const source = await prepareSource(await openRadiograph(bytes, name), suite);
    const places = zonesToClear(source.reading, []);
    const healthy =
      places.length === 0
        ? source.radiograph
        : (await edited(source, { kind: 'remove', finding: 'lung_opacity', places, severity: 0 })).image;
    const chest = requireChest(source);
    const grids = [toNetworkGrid(source.radiograph), toNetworkGrid(healthy)] as const;
    films.push({
      name,
      source,
      chest,
      healthy,
      shape: shapeOf(...grids, source.reading.opacityMap, chest),
      streams: packPathology((await pathologyOf(source, suite, healthy)).tokens),
      pathology: changeInLungs(...grids, chest),
    });
    console.error(`${String(films.length)} ${name}`);
  }
  for (const arm of ways) {
    const swaps: Swap[] = [];
    for (const [index, film] of films.entries()) {
      const donor = films[(index + films.length - 1) % films.length] as Film;
      const findings = travellingFindings(donor.source.reading, {}).filter(({ finding }) => finding === 'lung_opacity');
      const asked = matrixEdit(film.source.reading, findings, arm === 'streams' ? donor.streams : undefined);
      if (asked === undefined) continue;
      const { shape } = donor;
      const edit =
        arm === 'shape' && shape !== undefined && asked.kind !== 'remove' ? { ...asked, sketch: { shape } } : asked;
      const result = await edited(film.source, edit);
      const swap: Swap = {
        before: result.before.zoneSeverity,
        donor: (await donor.source.judged()).zoneSeverity,
        after: result.after.zoneSeverity,
        change: changeInLungs(toNetworkGrid(result.image), toNetworkGrid(film.healthy), film.chest),
        pathology: donor.pathology,
        lungs: result.measures?.anatomy.lungs ?? Number.NaN,
        heart: result.measures?.anatomy.heart ?? Number.NaN,
      };
      swaps.push(swap);
      await appendFile(
        join(out, `${arm}.jsonl`),
        `${JSON.stringify({ recipient: film.name, from: donor.name, ...swap })}\n`,
      );
      if (values.pictures === true) {
        const number = String(index).padStart(3, '0');
        await writeFile(join(out, `${number}-${arm}.png`), encodePng(result.image, {}));
        if (arm === ways[0]) {
          await writeFile(join(out, `${number}-before.png`), encodePng(film.source.radiograph, {}));
          await writeFile(join(out, `${number}-donor.png`), encodePng(donor.source.radiograph, {}));
        }
      }
    }
    const { severity, operatingPoint } = suite.manifest.calibration;
    const opaque = severity.scale * (operatingPoint['second-reader-local'] ?? 0.5);
    console.log(arm, JSON.stringify(figuresOf(swaps, opaque)));
  }
  return 0;
}
