/** Edits as the studio makes them, kept as grids so that their texture can be judged: what ships, and what shipped before sketches. */

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OpenNetworks } from '../../src/cli/node/networks';
import { advisedSampling } from '../../src/counterfactual/choose';
import type { Edit, Way } from '../../src/counterfactual/edit';
import { generate } from '../../src/counterfactual/generate';
import { prepareSource } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { CounterpartError } from '../../src/errors';
import { drawnKind } from '../../src/findings/drawn';
import { ZONES, type Finding } from '../../src/findings/vocabulary';
import { maskToGrid } from '../../src/imaging/mask-grid';
import { toNetworkGrid } from '../../src/imaging/resample';
import { casesOf } from '../tail/cases';
import type { Film } from './films';

const SETS = ['failures', 'drawn', 'erased'] as const;
type EditSet = (typeof SETS)[number];

export const setOf = (name: string): EditSet | undefined => SETS.find((each) => each === name);

interface MadeEdit {
  readonly film: string;
  readonly kind: string;
  readonly file: string;
}

interface Asked {
  readonly kind: string;
  readonly edit: Edit;
  readonly sampler: Way;
}

const add = (finding: Finding, severity: 1 | 2 | 3, places: Edit['places']): Edit => ({
  kind: 'add',
  finding,
  severity,
  places,
});

/** @param index number of the film in its list: it chooses sides and zones */
function askedOf(index: number, set: EditSet): readonly Asked[] {
  if (set === 'failures')
    return [{ kind: 'twin flow, severe, both lungs', edit: add('lung_opacity', 3, ZONES), sampler: 'twin-flow' }];
  if (set === 'erased')
    return [
      {
        kind: 'erased opacity',
        edit: { kind: 'remove', finding: 'lung_opacity', severity: 0, places: ZONES },
        sampler: 'auto',
      },
    ];
  return casesOf(index)
    .filter(
      ({ finding, grade }) =>
        (drawnKind(finding) !== undefined && grade === 'moderate') ||
        (finding === 'lung_opacity' && grade === 'severe'),
    )
    .map(({ finding, grade, edit }) => ({ kind: `${finding}, ${grade}`, edit, sampler: 'auto' as const }));
}

/** What was made before is not made again. The files hold the image after and the soft mask, [256 x 256] each. */
export async function makeEdits(
  films: readonly Film[],
  set: EditSet,
  out: string,
  { suite, backend }: OpenNetworks,
): Promise<void> {
  await mkdir(out, { recursive: true });
  const journal = join(out, 'edits.jsonl');
  const done = await editsIn(out);
  for (const [index, film] of films.entries()) {
    const open = askedOf(index, set).filter(
      ({ kind }) => !done.some((each) => each.film === film.name && each.kind === kind),
    );
    if (open.length === 0) continue;
    const source = await prepareSource(
      await openRadiograph(new Uint8Array(await readFile(film.name)), film.name),
      suite,
    );
    for (const { kind, edit, sampler } of open) {
      const began = Date.now();
      try {
        const advised = advisedSampling(suite.manifest.sampling, edit.kind);
        const made = await generate(
          source,
          suite,
          edit,
          { seed: index + 1, sampler, ...advised },
          { backend, allowUncertain: true },
        );
        const file = `${basename(film.name)}-${kind.replaceAll(/[^a-z]+/g, '-')}.f32`;
        const both = new Float32Array(2 * 256 * 256);
        both.set(toNetworkGrid(made.image));
        both.set(maskToGrid(made.mask, 256), 256 * 256);
        await writeFile(join(out, file), both);
        await appendFile(journal, `${JSON.stringify({ film: film.name, kind, file })}\n`);
        console.error(film.name, kind, Date.now() - began);
      } catch (error) {
        if (!(error instanceof CounterpartError)) throw error;
        console.error(film.name, kind, error.message);
      }
    }
  }
}

export async function editsIn(out: string): Promise<readonly MadeEdit[]> {
  return (await readFile(join(out, 'edits.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MadeEdit);
}
