/** The drawings of an edit, one after another onto whatever was made before. */

import { changeOf } from '../../findings/change';
import { isMaskEmpty, unionMasks } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { toNetworkGrid } from '../../imaging/resample';
import { DONOR_TIMES } from '../../findings/pathology';
import type { Place, Severity } from '../../findings/vocabulary';
import type { Counterfactual, DrawnFinding } from '../edit';
import { throwIfCancelled } from '../errors';
import type { GenerateOptions } from '../generate';
import { latentMask } from '../latentMask';
import { drawPathology } from '../streams/drawPathology';
import { giveBack } from '../streams/giveBack';
import { requireFrontalChest, requireMaskInReach, requirePlausible } from '../plausible';
import type { Networks, Source } from '../source';
import type { SamplerHooks } from '../twinFlow';
import { densityOf } from './density';
import { recordOf, requireChest, sketcherFor, sketchOnto, type SketchedFilm } from './drawFinding';
import { textureKept } from './harmonise';
import { inTune } from './inTune';
import { contrastAnew } from './lesion/contrast';
import { goWith, type StepCounter } from './steps';
import type { Drawing } from './ways';

/** A picture on its way to a counterfactual. */
export interface Film {
  readonly radiograph: Radiograph;
  /** Hard, native size; absent: nothing has changed yet. */
  readonly mask?: Mask;
  /** The same with its soft rim. */
  readonly soft?: Mask;
}

/** With every choice that it leaves open, made. */
export interface RecordedDrawing {
  readonly drawing: Drawing;
  readonly record: DrawnFinding;
}

interface DrawnFilms {
  readonly radiograph: Radiograph;
  readonly mask: Mask;
  readonly soft: Mask;
  readonly figures: NonNullable<Counterfactual['figures']>;
}

/** @throws NotFrontalChestError, ImplausibleEditError; SketchImpossibleError where the chest has just as much of what shall come, or more under paint */
export function requireDrawable(
  { radiograph, anatomy }: Pick<Source, 'radiograph' | 'anatomy'>,
  drawing: Drawing,
  allowUncertain: boolean,
): void {
  const { edit, remove, comes } = drawing;
  if (!allowUncertain) requireFrontalChest(radiograph.name, anatomy);
  requirePlausible(changeOf({ ...edit, kind: remove === true ? 'remove' : 'add' }));
  if (!allowUncertain && edit.mask !== undefined && !isMaskEmpty(edit.mask)) {
    requireMaskInReach({ ...edit, kind: 'add' }, latentMask(edit.mask), anatomy.regions);
  }
  const { requireChange } = sketcherFor(drawing);
  if (comes === true && requireChange !== undefined && asksForSomething(drawing))
    requireChange(requireChest({ radiograph, anatomy }), recordOf(drawing).amount, edit.mask !== undefined);
}

/** The severity of what comes. */
function worstOf(group: readonly RecordedDrawing[]): Severity {
  return Math.max(0, ...group.map(({ drawing }) => (drawing.remove === true ? 0 : drawing.edit.severity)));
}

/** Ground glass has no texture of its own: what it lies over shows through. */
function isHaze(group: readonly RecordedDrawing[]): boolean {
  return group.every(({ record }) => record.options.pattern === 'ground glass');
}

/** Somewhere to draw. */
export function asksForSomething({ edit: { places, mask } }: Drawing): boolean {
  return mask === undefined ? places.length > 0 : !isMaskEmpty(mask);
}

/** Some of an edit's drawings, and which of them the first is. */
interface DrawingsFrom {
  readonly from: number;
  readonly drawings: readonly RecordedDrawing[];
}

/** @throws SketchImpossibleError, CancelledError, EngineError */
export async function drawnFilm(
  source: Source,
  networks: Networks,
  film: Film,
  { from, drawings }: DrawingsFrom,
  seed: number,
  steps: StepCounter,
  run: GenerateOptions,
): Promise<DrawnFilms> {
  let { radiograph, mask, soft } = film;
  const figures: Readonly<Record<string, number>>[] = [];
  const chest = drawings.length === 0 ? undefined : requireChest(source);
  const hooks = (index: number): SamplerHooks => ({
    ...(run.signal && { signal: run.signal }),
    onStep: async ({ step }) => {
      run.onProgress?.({ stage: 'sample', fraction: steps.drawing(from + index, step) });
      await run.breathe?.();
    },
  });
  for (const { first, group } of tunedTogether(drawings)) {
    if (chest === undefined) break;
    const onto = radiograph;
    const sketched: SketchedFilm[] = [];
    const { pathology, taken } = { ...group[0]?.record };
    if (taken !== undefined) {
      const going = group.map(({ drawing }) => drawing);
      const next = await giveBack(source, networks, radiograph, taken, going, run.signal);
      sketched.push(next);
      radiograph = next.radiograph;
      figures.push(...next.figures);
      tell(run, steps.drawing(from + first, 0), radiograph);
    } else if (pathology !== undefined) {
      const next = await drawPathology(source, networks, radiograph, pathology, group, run.signal);
      sketched.push(next);
      radiograph = next.radiograph;
      for (const { record } of group) figures.push(factorsOf(next.factors, record.places));
      tell(run, steps.drawing(from + first, 0), radiograph);
    }
    for (const { drawing, record } of pathology === undefined && taken === undefined ? group : []) {
      throwIfCancelled(run.signal);
      const next = sketchOnto(radiograph, chest, drawing, record, seed);
      sketched.push(next);
      radiograph = next.radiograph;
      figures.push(next.sketch.figures);
      tell(run, steps.drawing(from + first, 0), radiograph);
    }
    const way = group[0]?.record.harmonised;
    const hard = unionMasks(...sketched.map((each) => each.hard));
    const drawn =
      way === undefined
        ? { radiograph, hard, soft: hard }
        : await inTune(
            source,
            networks,
            {
              onto,
              sketched,
              drawings: group.map(({ drawing }) => drawing),
              way,
              // A donor's tokens tell no texture: it is the film's own (docs/decisions/189).
              texture: pathology === undefined && !isHaze(group) ? textureKept(worstOf(group)) : 0,
            },
            seed,
            from + first,
            hooks(first),
          );
    ({ radiograph } = drawn);
    if (way !== undefined) {
      const film = radiograph;
      figures.push(...figures.splice(first).map((each) => contrastAnew(each, () => densityOf(film))));
    }
    tell(run, steps.drawing(from + first + group.length, 0), radiograph);
    mask = mask === undefined ? drawn.hard : unionMasks(mask, drawn.hard);
    soft = soft === undefined ? drawn.soft : unionMasks(soft, drawn.soft);
  }
  if (mask === undefined || soft === undefined) throw new RangeError('An edit without drawings was sampled.');
  return { radiograph, mask, soft, figures };
}

/** By how much the donor's tokens were scaled in each of the places. */
function factorsOf(
  factors: Readonly<Partial<Record<Place, number>>>,
  places: readonly Place[],
): Record<string, number> {
  const own = Object.entries(factors).filter(([place]) => places.length === 0 || places.includes(place as Place));
  return Object.fromEntries(own.map(([place, factor]) => [`${DONOR_TIMES}${place}`, factor]));
}

interface Group {
  /** Which of the edit's drawings is its first. */
  readonly first: number;
  readonly group: readonly RecordedDrawing[];
}

/** Neighbours that the denoiser brings in tune, or the decoder gives back, in one go: of one finding, in the same way. */
export function tunedTogether(drawings: readonly RecordedDrawing[]): readonly Group[] {
  const groups: { readonly first: number; readonly group: RecordedDrawing[] }[] = [];
  for (const [first, each] of drawings.entries()) {
    const last = groups.at(-1);
    const before = last?.group.at(-1)?.record;
    if (last !== undefined && before !== undefined && goWith(before, each.record)) last.group.push(each);
    else groups.push({ first, group: [each] });
  }
  return groups;
}

function tell(run: GenerateOptions, fraction: number, shown: Radiograph): void {
  run.onProgress?.({ stage: 'sample', fraction, preview: greyOfGrid(shown) });
}

/** As the networks see it, in grey of [0, 255]. */
function greyOfGrid(radiograph: Radiograph): Uint8ClampedArray {
  return Uint8ClampedArray.from(toNetworkGrid(radiograph), (value) => ((value + 1) / 2) * 255);
}
