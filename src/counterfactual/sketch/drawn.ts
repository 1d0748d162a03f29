/** The drawings of an edit, one after another onto whatever was sampled before. */

import { isMaskEmpty, unionMasks } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { toNetworkGrid } from '../../imaging/resample';
import type { Counterfactual, DrawnFinding } from '../edit';
import type { GenerateOptions } from '../generate';
import { latentMask } from '../latentMask';
import { requireFrontalChest, requireMaskInReach, requirePlausible } from '../plausible';
import type { Networks, Source } from '../source';
import { drawFinding, requireChest } from './drawFinding';
import type { StepCounter } from './steps';
import type { Drawing } from './ways';

/** A picture on its way to a counterfactual. */
export interface Film {
  readonly radiograph: Radiograph;
  /** Hard, native size; absent: nothing has changed yet. */
  readonly mask?: Mask;
  /** The same with its soft rim. */
  readonly soft?: Mask;
}

interface DrawnFilms {
  readonly radiograph: Radiograph;
  readonly mask: Mask;
  readonly soft: Mask;
  readonly figures: NonNullable<Counterfactual['figures']>;
}

/** @throws NotFrontalChestError, ImplausibleEditError */
export function requireDrawable(
  { radiograph, anatomy }: Pick<Source, 'radiograph' | 'anatomy'>,
  { edit, remove }: Drawing,
  allowUncertain: boolean,
): void {
  if (!allowUncertain) requireFrontalChest(radiograph.name, anatomy);
  requirePlausible({ ...edit, kind: remove === true ? 'remove' : 'add' });
  if (!allowUncertain && edit.mask !== undefined && !isMaskEmpty(edit.mask)) {
    requireMaskInReach({ ...edit, kind: 'add' }, latentMask(edit.mask), anatomy.regions);
  }
}

/** Somewhere to draw. */
export function asksForSomething({ edit: { places, mask } }: Drawing): boolean {
  return mask === undefined ? places.length > 0 : !isMaskEmpty(mask);
}

/** @throws SketchImpossibleError, CancelledError, EngineError */
export async function drawnFilm(
  source: Source,
  networks: Networks,
  film: Film,
  drawings: readonly { readonly drawing: Drawing; readonly record: DrawnFinding }[],
  seed: number,
  steps: StepCounter,
  run: GenerateOptions,
): Promise<DrawnFilms> {
  let { radiograph, mask, soft } = film;
  const figures: Readonly<Record<string, number>>[] = [];
  const chest = drawings.length === 0 ? undefined : requireChest(source);
  for (const [index, { drawing, record }] of drawings.entries()) {
    if (chest === undefined) break;
    const tell = (step: number, shown: Radiograph): void =>
      run.onProgress?.({ stage: 'sample', fraction: steps.drawing(index, step), preview: greyOfGrid(shown) });
    const drawn = await drawFinding(source, networks, chest, radiograph, drawing, record, seed, index, {
      signal: run.signal,
      onSketch: (shown) => {
        tell(0, shown);
      },
      onStep: async ({ step }) => {
        run.onProgress?.({ stage: 'sample', fraction: steps.drawing(index, step) });
        await run.breathe?.();
      },
    });
    tell(record.harmonised?.steps ?? 1, drawn.radiograph);
    radiograph = drawn.radiograph;
    mask = mask === undefined ? drawn.hard : unionMasks(mask, drawn.hard);
    soft = soft === undefined ? drawn.soft : unionMasks(soft, drawn.soft);
    figures.push(drawn.figures);
  }
  if (mask === undefined || soft === undefined) throw new RangeError('An edit without drawings was sampled.');
  return { radiograph, mask, soft, figures };
}

/** As the networks see it, in grey of [0, 255]. */
function greyOfGrid(radiograph: Radiograph): Uint8ClampedArray {
  return Uint8ClampedArray.from(toNetworkGrid(radiograph), (value) => ((value + 1) / 2) * 255);
}
