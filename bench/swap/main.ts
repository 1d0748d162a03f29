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
import { prepareSource, type Networks, type Source } from '../../src/counterfactual/source';
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
import { tableOf } from './table';

const USAGE =
  'node bench/swap.mjs --films films.txt --out folder [--ways zones,shape,streams] [--pictures]\nfilms.txt: one path a line, relative to itself. Swaps that stand in the folder are kept: a run that was stopped goes on where it was.';
const ROOT = pathToFileURL(`${process.cwd()}/`);
const ARMS = ['zones', 'shape', 'streams'] as const;

interface Film {
  readonly source: Source;
  readonly chest: Chest;
  /** Its opacities away; itself where it has none. */
  readonly healthy: Radiograph;
  readonly shape: LungShape | undefined;
  readonly streams: Pathology | undefined;
  readonly pathology: readonly number[];
}

/** A line of `<way>.jsonl`: a swap, or that this recipient and donor have nothing to swap. */
type Line = { readonly recipient: string; readonly from: string } & (Swap | { readonly nothing: true });

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
  const paths = (await readFile(list, 'utf8'))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => resolve(dirname(list), line));
  const names = paths.map((path) => basename(path));
  const lines = Object.fromEntries(
    await Promise.all(ways.map(async (arm) => [arm, await linesOf(join(out, `${arm}.jsonl`))] as const)),
  );
  const { suite, backend } = await openNetworks(ROOT);
  const edited = (source: Source, edit: Edit): Promise<Counterfactual> =>
    generate(
      source,
      suite,
      edit,
      { seed: 1, sampler: 'auto', ...advisedSampling(suite.manifest.sampling, edit.kind) },
      { backend, allowUncertain: true },
    );
  const prepared = new Map<string, Film>();
  const film = async (path: string): Promise<Film> => {
    const held = prepared.get(path) ?? (await filmAt(path, suite, edited));
    prepared.set(path, held);
    // A swap needs two films, the last of which is the next one's donor.
    for (const other of prepared.keys()) if (prepared.size > 2 && other !== path) prepared.delete(other);
    return held;
  };
  for (const [index, path] of paths.entries()) {
    const donorPath = paths.at(index - 1) as string;
    const [recipient, from] = [basename(path), basename(donorPath)];
    for (const arm of ways) {
      if (lines[arm]?.some((line) => line.recipient === recipient && line.from === from)) continue;
      const donor = await film(donorPath);
      const line: Line = {
        recipient,
        from,
        ...((await swapped(arm, await film(path), donor, edited, (kind, image) =>
          values.pictures === true
            ? writeFile(join(out, `${String(index).padStart(3, '0')}-${kind}.png`), encodePng(image, {}))
            : undefined,
        )) ?? { nothing: true }),
      };
      lines[arm]?.push(line);
      await appendFile(join(out, `${arm}.jsonl`), `${JSON.stringify(line)}\n`);
    }
    console.error(`${String(index + 1)} of ${String(names.length)}: ${recipient}`);
  }
  const { severity, operatingPoint } = suite.manifest.calibration;
  const opaque = severity.scale * (operatingPoint['second-reader-local'] ?? 0.5);
  console.log(
    tableOf(
      ways.map(
        (arm) =>
          [
            arm,
            figuresOf(
              (lines[arm] ?? []).filter((line) => 'after' in line),
              opaque,
            ),
          ] as const,
      ),
    ),
  );
  return 0;
}

/** What an earlier run has done. A last line that was cut off is done again. */
async function linesOf(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) await writeFile(path, whole);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

async function filmAt(
  path: string,
  suite: Networks,
  edited: (source: Source, edit: Edit) => Promise<Counterfactual>,
): Promise<Film> {
  const bytes = new Uint8Array(await readFile(path));
  const source = await prepareSource(await openRadiograph(bytes, basename(path)), suite);
  const places = zonesToClear(source.reading, []);
  const healthy =
    places.length === 0
      ? source.radiograph
      : (await edited(source, { kind: 'remove', finding: 'lung_opacity', places, severity: 0 })).image;
  const chest = requireChest(source);
  const grids = [toNetworkGrid(source.radiograph), toNetworkGrid(healthy)] as const;
  return {
    source,
    chest,
    healthy,
    shape: shapeOf(...grids, source.reading.opacityMap, chest),
    streams: packPathology((await pathologyOf(source, suite, healthy)).tokens),
    pathology: changeInLungs(...grids, chest),
  };
}

/** @returns undefined where nothing is asked of this recipient */
async function swapped(
  arm: (typeof ARMS)[number],
  film: Film,
  donor: Film,
  edited: (source: Source, edit: Edit) => Promise<Counterfactual>,
  picture: (kind: string, image: Radiograph) => Promise<void> | undefined,
): Promise<Swap | undefined> {
  const findings = travellingFindings(donor.source.reading, {}).filter(({ finding }) => finding === 'lung_opacity');
  const asked = matrixEdit(film.source.reading, findings, arm === 'streams' ? donor.streams : undefined);
  if (asked === undefined) return undefined;
  const { shape } = donor;
  const edit =
    arm === 'shape' && shape !== undefined && asked.kind !== 'remove' ? { ...asked, sketch: { shape } } : asked;
  const result = await edited(film.source, edit);
  await picture('before', film.source.radiograph);
  await picture('donor', donor.source.radiograph);
  await picture(arm, result.image);
  return {
    before: result.before.zoneSeverity,
    donor: (await donor.source.judged()).zoneSeverity,
    after: result.after.zoneSeverity,
    change: changeInLungs(toNetworkGrid(result.image), toNetworkGrid(film.healthy), film.chest),
    pathology: donor.pathology,
    asked: donor.source.reading.zoneSeverity,
    recipientRead: film.source.reading.zoneSeverity,
    // A film that came back as it was has no measures.
    lungs: result.measures?.anatomy.lungs ?? 1,
    heart: result.measures?.anatomy.heart ?? 1,
  };
}
