/** What a drawing is asked for, on which chest, and drawn onto a radiograph at its own size. */

import { TAKES_SHAPE } from '../../findings/lungShape';
import { TAKES_PATHOLOGY } from '../../findings/pathology';
import { TAKES_BACK } from '../../findings/taken';
import type { Finding } from '../../findings/vocabulary';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/sketch';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import type { DrawnFinding } from '../edit';
import { SketchImpossibleError } from '../errors';
import { METAL_SHOWS, metalOn, underMetal, type MetalOnFilm } from '../metal/onFilm';
import type { Source } from '../source';
import { chestOf, missingOf, type Chest, type ChestPart } from './chest';
import { densityOf, withDensityChange, type DensityImage } from './density';
import { withFilmGrain } from './filmGrain';
import { HARMONISING, HARMONISING_AWAY, PATHOLOGY_FROM } from './harmonise';
import { sketcherOf } from './registry';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from './sketch';
import type { Drawing } from './ways';

/** A radiograph with one more finding in it, as it was sketched. */
export interface SketchedFilm {
  readonly radiograph: Radiograph;
  readonly sketch: Sketch;
  /** Where it was drawn, native size: 255 or 0. */
  readonly hard: Mask;
}

export function sketcherFor({ edit: { finding } }: Drawing): Sketcher {
  const sketcher = sketcherOf(finding);
  if (sketcher === undefined) throw new RangeError(`${finding} has no sketcher.`);
  return sketcher;
}

/** Every choice that a drawing leaves open, made. @throws SketchImpossibleError where an option is none of the finding's */
export function recordOf(drawing: Drawing): DrawnFinding {
  const { finding, severity, places, mask, sketch = {} } = drawing.edit;
  const { amount, options, harmonise, removes, settled } = sketcherFor(drawing);
  if (drawing.remove === true) {
    if (removes === undefined) throw new RangeError(`${finding} cannot be drawn away.`);
    return {
      finding,
      severity,
      places: [...places],
      amount: severity === 0 ? removes.amount : amountOf(amount, { severity }),
      unit: amount.unit,
      options: {},
      remove: true,
      ...(removes.harmonise === undefined ? {} : { harmonised: { from: removes.harmonise, ...HARMONISING_AWAY } }),
    };
  }
  for (const [name, choice] of Object.entries(sketch.options ?? {})) {
    const option = options.find((each) => each.name === name);
    if (option?.choices.includes(choice) !== true) {
      throw new SketchImpossibleError(
        `${findingName(finding)} cannot be drawn with “${name}: ${choice}”.`,
        option === undefined ? 'Leave that wish out.' : `Choose one of ${option.choices.join(', ')}.`,
      );
    }
  }
  const pathology = TAKES_PATHOLOGY.has(finding) ? sketch.pathology : undefined;
  const chosen = Object.fromEntries(options.map(({ name, choices }) => [name, sketch.options?.[name] ?? choices[0]]));
  const taken = TAKES_BACK.has(finding) ? sketch.taken : undefined;
  // What was this film's own is in tune with it.
  const from = taken !== undefined ? 0 : pathology === undefined ? harmonise : PATHOLOGY_FROM;
  return {
    finding,
    severity,
    places: [...places],
    amount: amountOf(amount, { severity, ...(sketch.amount === undefined ? {} : { amount: sketch.amount }) }),
    unit: amount.unit,
    // A donor's looks as it does in the donor, and what was here as it did.
    options:
      pathology === undefined && taken === undefined
        ? (settled?.({ options: chosen, places, ...(mask === undefined ? {} : { mask }) }) ?? chosen)
        : {},
    ...(sketch.at === undefined ? {} : { at: sketch.at }),
    ...(sketch.shape === undefined || !TAKES_SHAPE.has(finding) ? {} : { shape: sketch.shape }),
    ...(pathology === undefined ? {} : { pathology }),
    ...(taken === undefined ? {} : { taken }),
    ...(from > 0 ? { harmonised: { from, ...HARMONISING } } : {}),
  };
}

/** @param seed of the edit; the drawings of one edit share it */
export function requestOf(
  { finding, severity, places, amount, options, at, shape, remove }: DrawnFinding,
  seed: number,
  mask?: Mask,
): SketchRequest {
  return {
    finding,
    severity,
    places,
    amount,
    options,
    seed,
    ...(at === undefined ? {} : { at }),
    ...(shape === undefined ? {} : { shape }),
    ...(remove === undefined ? {} : { remove }),
    ...(mask === undefined ? {} : { mask }),
  };
}

/** Whether there is any of what goes. Of the seed what is found is independent. @param context of the film */
export function isFound(drawing: Drawing, context: () => SketchContext): boolean {
  const { finds } = sketcherFor(drawing).removes ?? {};
  if (finds === undefined) return true;
  const { image, chest } = context();
  const onto = metalUnder(drawing.edit.finding, image, chest)?.bare ?? image;
  return finds({ image: onto, chest }, requestOf(recordOf(drawing), 0, drawing.edit.mask));
}

/** The same on a film as it came; what needs a chest is not found where there is none. */
export function isFoundIn({ radiograph, anatomy }: Pick<Source, 'radiograph' | 'anatomy'>, drawing: Drawing): boolean {
  try {
    return isFound(drawing, () => ({ image: densityOf(radiograph), chest: requireChest({ radiograph, anatomy }) }));
  } catch (error) {
    if (error instanceof SketchImpossibleError) return false;
    throw error;
  }
}

const chests = new WeakMap<Source['anatomy'], Chest>();

/** Found once for a source. @throws SketchImpossibleError where the lungs or the heart were not found */
export function requireChest({ radiograph, anatomy }: Pick<Source, 'radiograph' | 'anatomy'>): Chest {
  const { width, height, pixelSpacing, name } = radiograph;
  const chest = chests.get(anatomy) ?? chestOf({ probabilities: anatomy.probabilities, width, height, pixelSpacing });
  if (chest !== undefined) {
    chests.set(anatomy, chest);
    return chest;
  }
  throw notFound(name, missingOf({ probabilities: anatomy.probabilities, width, height }));
}

/** Names what is missing and the nearest thing that can be done. */
function notFound(image: string, missing: readonly ChestPart[]): SketchImpossibleError {
  const lungs = missing.filter((part) => part !== 'heart');
  const [lung] = lungs;
  if (lung !== undefined && lungs.length === 1)
    return new SketchImpossibleError(say.lungMissing({ lung, image }), say.clearLungFirst(), {
      commandLine: 'Take a film that shows both lungs, or --sampler twin-flow, which needs no outlines.',
    });
  return new SketchImpossibleError(
    lung === undefined ? say.heartMissing({ image }) : say.noLungs({ image }),
    say.openFrontal(),
    {
      commandLine:
        'Take an upright frontal film that shows both lungs, or --sampler twin-flow, which needs no outlines.',
    },
  );
}

/**
 * @param onto a radiograph with this chest, with whatever was done to it before
 * @throws SketchImpossibleError
 */
export function sketchOnto(
  onto: Radiograph,
  chest: Chest,
  drawing: Drawing,
  record: DrawnFinding,
  seed: number,
): SketchedFilm {
  const image = densityOf(onto);
  const request = requestOf(record, seed, drawing.edit.mask);
  const sketch = drawnUnderMetal({ image, chest }, request, (context) => {
    const drawn = sketcherFor(drawing).draw(context, request);
    return record.remove === true ? drawn : withFilmGrain(context.image, chest, drawn);
  });
  const radiograph: Radiograph = { ...onto, pixels: withDensityChange(onto, sketch.change, sketch.box).pixels };
  return { radiograph, sketch, hard: maskOf(sketch, onto) };
}

/** What is drawn on the film without its metal, which shows through it; the very film where it shows none. */
export function drawnUnderMetal(
  context: SketchContext,
  { finding }: Pick<SketchRequest, 'finding'>,
  draw: (context: SketchContext) => Sketch,
): Sketch {
  const metal = metalUnder(finding, context.image, context.chest);
  return metal === undefined
    ? draw(context)
    : underMetal(draw({ ...context, image: metal.bare }), metal, context.image);
}

function metalUnder(finding: Finding, image: DensityImage, chest: Chest): MetalOnFilm | undefined {
  return METAL_SHOWS.has(finding) ? metalOn(image, chest) : undefined;
}

/** 255 wherever anything is drawn. */
function maskOf({ box, mask }: Sketch, { width, height }: Radiograph): Mask {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    for (let column = 0; column < box.width; column++)
      if ((mask[row * box.width + column] as number) > 0) data[from + column] = 255;
  }
  return { width, height, data };
}
