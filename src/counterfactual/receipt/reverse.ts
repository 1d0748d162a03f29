/**
 * Can the edit be taken back? From the statement that was asked for back to the one that the source had, with the same
 * noise and mask, as the release makes edits of that direction: what then differs from the source inside the mask, beside
 * what the autoencoder alone gets wrong there (Monteiro et al., arXiv 2303.01274).
 */

import { ZONES } from '../../findings/vocabulary';
import { maskToGrid } from '../../imaging/mask';
import type { Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE } from '../../imaging/resample';
import type { Manifest } from '../../networks/manifest';
import { LATENT_LENGTH } from '../../networks/typed';
import { blended, blendOf, type Blend } from '../blend';
import { composeGrid, softened } from '../compose';
import type { Edit, Reading, Recipe, Reversal } from '../edit';
import { cancelledAsSuch, type RunOptions } from '../generate';
import { throwIfCancelled } from '../errors';
import { advisedSampling, resolveSampling, type ResolvedSampling } from '../choose';
import { noiseOf } from '../noise';
import { partsOf } from '../parts';
import { planEdit, type Plan } from '../plan';
import { sampleEdit } from '../sampleEdit';
import { prepareSource, type Networks, type Source } from '../source';
import { asOneOpacity, editStatements, type EditStatements } from '../statement';
import { previewMask } from '../preview';
import { meanError } from './measure';

interface ReverseOptions extends RunOptions {
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Undefined for an edit that changed nothing: there is nothing to take back.
 * @param edit as it was asked of `source`, with its mask
 * @throws CancelledError, EngineError
 */
export function reverseEdit(
  source: Source,
  networks: Networks,
  edit: Edit,
  result: Radiograph,
  recipe: Pick<Recipe, 'sampling' | 'search'>,
  run: ReverseOptions,
): Promise<Reversal | undefined> {
  return cancelledAsSuch(run.signal, async () => {
    const plan = planEdit(source, networks, edit, true, recipe.sampling.blended === true);
    if (plan === undefined) return undefined;
    const edited = await prepareSource(result, networks, run.signal);
    const { scale } = networks.manifest.calibration.severity;
    const { statements, blend } = takenBack(plan, source, scale);
    const back = await sampleEdit(
      networks,
      await edited.latent(run.signal),
      {
        mask: plan.mask,
        cells: plan.cells,
        statements,
        restate: (reading, regions) => ({
          source: editStatements(reading, edit, plan.cells, regions, scale).source,
          target: statements.target,
        }),
      },
      edited,
      wayBack(recipe.sampling.seed, edit, statements, networks.manifest.sampling),
      noiseOf(recipe.sampling.seed, LATENT_LENGTH, recipe.search),
      {
        signal: run.signal,
        onStep: async ({ step, steps }) => {
          run.onProgress?.(step / steps);
          await run.breathe?.();
        },
      },
    );
    const decoder = await networks.decoder();
    const before = await edited.reconstruction(run.signal);
    const after = blended(before, await decoder.decode(back, run.signal), blend);
    const own = await source.reconstruction(run.signal);
    throwIfCancelled(run.signal);
    const undone = composeGrid(edited.image, before, after, previewMask(softened(plan.mask)));
    const inside = maskToGrid(plan.mask, GRID_SIZE);
    return { error: meanError(source.image, undone, inside), own: meanError(source.image, own, inside) };
  });
}

/** From what was asked to what was read; an edit that took a share of the way takes its share back. */
function takenBack(plan: Plan, { reading, anatomy }: Source, scale: number): { readonly statements: EditStatements; readonly blend: Blend | undefined } {
  const { edit, cells, others, statements } = plan;
  if (plan.blend === undefined) return { statements: { source: statements.target, target: statements.source }, blend: undefined };
  const { source: read, target: asked } = editStatements(reading, edit, cells, anatomy.regions, scale);
  const now = { zones: ZONES.map((zone) => asked[zone]?.lung_opacity ?? 0), focus: asked.focus?.lung_opacity ?? 0 };
  const back: Edit = {
    kind: 'grade',
    finding: 'lung_opacity',
    ...(edit.mask === undefined ? readIn(plan, reading) : { places: edit.places, severity: read.focus?.lung_opacity ?? 0, mask: edit.mask }),
  };
  const blend = blendOf(back, now, others, anatomy.regions);
  const ends = blend && editStatements(reading, blend.asked, cells, anatomy.regions, scale).target;
  const opacity = ends && Object.fromEntries([...ZONES, 'focus' as const].map((row) => [row, ends[row]]));
  return { statements: { source: asked, target: { ...read, ...opacity } }, blend };
}

/** The zones that were asked to change, with what was read there. */
function readIn({ edit }: Plan, { zoneSeverity }: Reading): Pick<Edit, 'places' | 'severity' | 'severities'> {
  const places = asOneOpacity(partsOf(edit))?.places ?? [];
  const grades = ZONES.flatMap((zone, index) => (places.includes(zone) ? [[zone, zoneSeverity[index] ?? 0] as const] : []));
  return { places: grades.map(([zone]) => zone), severity: Math.max(0, ...grades.map(([, grade]) => grade)), severities: Object.fromEntries(grades) };
}

/** What was added is taken away as a removal is, and what went comes back as an addition does. `statements` are those of the way back. */
function wayBack(seed: number, { kind }: Edit, { source, target }: EditStatements, advised: Manifest['sampling']): ResolvedSampling {
  const before = source.focus?.lung_opacity ?? 0;
  const after = target.focus?.lung_opacity ?? 0;
  const raises = after === before ? kind === 'remove' : after > before;
  const back = raises ? 'add' : 'remove';
  return resolveSampling({ seed, sampler: 'auto', ...advisedSampling(advised, back) }, back, advised);
}
