/** One finding drawn onto a radiograph at its own size and, where its sketcher asks for that, harmonised with it. */

import { TAKES_SHAPE } from '../../findings/lungShape';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/sketch';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE, resizeBicubic, toNetworkGrid } from '../../imaging/resample';
import { softened } from '../compose';
import type { DrawnFinding } from '../edit';
import { SketchImpossibleError } from '../errors';
import { latentMask } from '../latentMask';
import type { Networks, Source } from '../source';
import { editStatements } from '../statement';
import type { SamplerHooks } from '../twinFlow';
import { chestOf, missingOf, type Chest, type ChestPart } from './chest';
import { densityOf, withDensityChange } from './density';
import type { Box } from './field';
import { harmonised, HARMONISING } from './harmonise';
import { sketcherOf } from './registry';
import { amountOf, type Sketch, type Sketcher, type SketchRequest } from './sketch';
import type { Drawing } from './ways';

/** A radiograph with one more finding in it. */
export interface DrawnFilm {
  readonly radiograph: Radiograph;
  /** Where it was drawn, native size: 255 or 0, and the same with a soft rim where it was harmonised. */
  readonly hard: Mask;
  readonly soft: Mask;
  readonly figures: Sketch['figures'];
}

export function sketcherFor({ edit: { finding } }: Drawing): Sketcher {
  const sketcher = sketcherOf(finding);
  if (sketcher === undefined) throw new RangeError(`${finding} has no sketcher.`);
  return sketcher;
}

/** Every choice that a drawing leaves open, made. @throws SketchImpossibleError where an option is none of the finding's */
export function recordOf(drawing: Drawing): DrawnFinding {
  const { finding, severity, places, sketch = {} } = drawing.edit;
  const { amount, options, harmonise, removes } = sketcherFor(drawing);
  if (drawing.remove === true) {
    if (removes === undefined) throw new RangeError(`${finding} cannot be drawn away.`);
    return {
      finding,
      severity,
      places: [...places],
      amount: removes.amount,
      unit: amount.unit,
      options: {},
      remove: true,
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
  return {
    finding,
    severity,
    places: [...places],
    amount: amountOf(amount, { severity, ...(sketch.amount === undefined ? {} : { amount: sketch.amount }) }),
    unit: amount.unit,
    options: Object.fromEntries(options.map(({ name, choices }) => [name, sketch.options?.[name] ?? choices[0]])),
    ...(sketch.at === undefined ? {} : { at: sketch.at }),
    ...(sketch.shape === undefined || !TAKES_SHAPE.has(finding) ? {} : { shape: sketch.shape }),
    ...(harmonise > 0 ? { harmonised: { from: harmonise, ...HARMONISING } } : {}),
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
    return new SketchImpossibleError(say.lungMissing({ lung, image }), say.clearLungFirst());
  return new SketchImpossibleError(
    lung === undefined ? say.heartMissing({ image }) : say.noLungs({ image }),
    say.openFrontal(),
  );
}

export interface DrawingHooks extends SamplerHooks {
  /** Told of the sketch before it is harmonised. */
  readonly onSketch?: (drawn: Radiograph) => void;
}

/**
 * @param onto the radiograph of `source`, with whatever was done to it before
 * @param index which drawing of the edit this is
 * @throws SketchImpossibleError, CancelledError, EngineError
 */
export async function drawFinding(
  source: Source,
  networks: Networks,
  chest: Chest,
  onto: Radiograph,
  drawing: Drawing,
  record: DrawnFinding,
  seed: number,
  index: number,
  hooks: DrawingHooks,
): Promise<DrawnFilm> {
  const sketch = sketcherFor(drawing).draw(
    { image: densityOf(onto), chest },
    requestOf(record, seed, drawing.edit.mask),
  );
  const drawn: Radiograph = { ...onto, pixels: withDensityChange(onto, sketch.change, sketch.box).pixels };
  const hard = maskOf(sketch, onto);
  hooks.onSketch?.(drawn);
  const { harmonised: way } = record;
  if (way === undefined) return { radiograph: drawn, hard, soft: hard, figures: sketch.figures };
  const soft = softened(hard);
  const z = await (await networks.encoder()).encode(toNetworkGrid(drawn), hooks.signal);
  const cells = latentMask(hard);
  const { target } = editStatements(
    source.reading,
    { ...drawing.edit, kind: 'add' },
    cells,
    source.anatomy.regions,
    networks.manifest.calibration.severity.scale,
  );
  const { regions } = source.anatomy;
  const e = await harmonised(
    await networks.denoiser(),
    { latent: z, cells, target, regions, context: source.context, seed, index, ...way },
    hooks,
  );
  const decoder = await networks.decoder();
  const [before, after] = [await decoder.decode(z, hooks.signal), await decoder.decode(e, hooks.signal)];
  const { change, box } = tuned(
    sketch,
    after.map((value, at) => (value - (before[at] as number)) / 2),
    soft,
  );
  return {
    radiograph: { ...onto, pixels: withDensityChange(onto, change, box).pixels },
    hard,
    soft,
    figures: sketch.figures,
  };
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

/** The sketch's change with the denoiser's residual [256 x 256] added inside the soft mask. */
function tuned(
  sketch: Sketch,
  residual: Float32Array,
  soft: Mask,
): { readonly change: Float32Array; readonly box: Box } {
  const { width, height, data } = soft;
  const native = resizeBicubic(residual, GRID_SIZE, GRID_SIZE, width, height);
  const box: Box = { x: 0, y: 0, width, height };
  const change = new Float32Array(width * height);
  for (let i = 0; i < change.length; i++) {
    const inside = data[i] as number;
    if (inside > 0) change[i] = ((native[i] as number) * inside) / 255;
  }
  for (let row = 0; row < sketch.box.height; row++) {
    const from = (sketch.box.y + row) * width + sketch.box.x;
    for (let column = 0, at = row * sketch.box.width; column < sketch.box.width; column++, at++)
      change[from + column] = (change[from + column] as number) + (sketch.change[at] as number);
  }
  return { change, box };
}
