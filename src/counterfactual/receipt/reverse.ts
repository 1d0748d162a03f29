/**
 * Can the edit be taken back? From the statement that was asked for back to the one that the source had, with the same
 * noise and mask, as the release makes edits of that direction: what then differs from the source inside the mask, beside
 * what the autoencoder alone gets wrong there (Monteiro et al., arXiv 2303.01274).
 */

import { isRemoval } from '../../findings/change';
import type { Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE } from '../../imaging/resample';
import type { Manifest } from '../../networks/manifest';
import { LATENT_LENGTH } from '../../networks/typed';
import { composeGrid } from '../compose';
import type { Edit, Recipe, Reversal } from '../edit';
import { cancelledAsSuch, type RunOptions } from '../generate';
import { throwIfCancelled } from '../errors';
import { advisedSampling, isBlended, resolveSampling, resolveStages, type ResolvedSampling } from '../choose';
import { coverage, softened } from '../maskMaps';
import { noiseOf } from '../noise';
import { planEdit, type Plan, type Stage } from '../plan';
import { sampleEdit } from '../sampleEdit';
import { prepareSource, type Networks, type Source } from '../source';
import { editStatements, type EditStatements, toldOf, type Told } from '../statement';
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
    const plan = planEdit(source, networks, edit, true, isBlended(recipe));
    if (plan === undefined) return undefined;
    const edited = await prepareSource(result, networks, run.signal);
    const told = toldOf(networks.manifest);
    const statements = takenBack(plan, source, told);
    const back = await sampleEdit(
      networks,
      await edited.latent(run.signal),
      {
        mask: plan.mask,
        cells: plan.cells,
        statements,
        restate: (reading, regions) => ({
          source: editStatements(reading, edit, plan.cells, regions, told).source,
          target: statements.target,
        }),
        ...(plan.stages && { stages: stagesBack(plan.stages, edit, told) }),
      },
      edited,
      wayBack(recipe.sampling.seed, plan, statements, networks.manifest.sampling),
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
    const after = await decoder.decode(back, run.signal);
    const own = await source.reconstruction(run.signal);
    throwIfCancelled(run.signal);
    const undone = composeGrid(edited.image, before, after, coverage(softened(plan.mask), GRID_SIZE));
    const inside = coverage(plan.mask, GRID_SIZE);
    return { error: meanError(source.image, undone, inside), own: meanError(source.image, own, inside) };
  });
}

/** What came goes first, then what went comes back. */
function stagesBack(
  { clearing, adding }: NonNullable<Plan['stages']>,
  edit: Edit,
  told: Told,
): NonNullable<Plan['stages']> {
  const back = ({ cells, statements: { source: before, target: after } }: Stage): Stage => ({
    cells,
    statements: { source: after, target: before },
    restate: (reading, regions) => ({
      source: editStatements(reading, edit, cells, regions, told).source,
      target: before,
    }),
  });
  return { clearing: back(adding), adding: back(clearing) };
}

/** From what was asked, not from the end of the scale that was sampled for it, to what was read. */
function takenBack(plan: Plan, { reading, anatomy }: Source, told: Told): EditStatements {
  const { source, target } =
    plan.blend === undefined ? plan.statements : editStatements(reading, plan.edit, plan.cells, anatomy.regions, told);
  return { source: target, target: source };
}

/**
 * What was added is taken away as a removal is, but from the film as it is: its healthy twin has nothing to go back to. And what
 * went comes back as an addition does; a share of either is another grade.
 * @param statements those of the way back
 */
function wayBack(
  seed: number,
  { edit: { kind }, blend, stages }: Plan,
  { source, target }: EditStatements,
  advised: Manifest['sampling'],
): ResolvedSampling {
  if (stages !== undefined)
    return resolveStages({ seed, sampler: 'auto', ...advisedSampling(advised, 'add') }, 'add', advised, false);
  const before = source.focus?.lung_opacity ?? 0;
  const after = target.focus?.lung_opacity ?? 0;
  const raises = after === before ? isRemoval({ kind }) : after > before;
  const back = blend === undefined ? (raises ? 'add' : 'remove') : 'grade';
  return resolveSampling({ seed, sampler: 'auto', ...advisedSampling(advised, back) }, back, advised, false);
}
