/**
 * A finding's own quantity measured on the film that it was drawn on, in the unit that it was asked in, by densities alone: no
 * network, no training, and nothing of what drew it. Only those are here of which the measure is near to what was drawn on real
 * films (docs/evaluation.md, drawn findings). The anatomist measures the heart as well.
 */

import type { Finding, Place } from '../../../findings/vocabulary';
import type { DrawnFinding } from '../../edit';
import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { blobAt } from './blob';
import { measureEffusion } from './effusion';
import { measureFill } from './fill';
import { measureHeartWidth } from './heartWidth';
import { measureThickening } from './thickening';
import { greysOf } from './tissue';

/** The film without it, with it, and the geometry that it was drawn in. */
export interface Films {
  readonly before: DensityImage;
  readonly after: DensityImage;
  readonly chest: Chest;
}

/** @param figures the numbers that the drawing used @returns undefined where nothing measures it, as what goes or was placed in a part of a zone */
export function measureAsked(
  { finding, places, options, amount, at, remove }: Omit<DrawnFinding, 'severity' | 'unit' | 'harmonised'>,
  films: Films,
  figures: Readonly<Record<string, number>>,
): number | undefined {
  const measure = MEASURES[finding];
  if (remove === true || (measure === fill && at !== undefined)) return undefined;
  return measure?.(films, { places, options, amount: figures['amount'] ?? amount, figures });
}

interface Asked {
  readonly places: readonly Place[];
  readonly options: Readonly<Record<string, string>>;
  readonly amount: number;
  readonly figures: Readonly<Record<string, number>>;
}

type Measure = (films: Films, asked: Asked) => number | undefined;

/** Mean over the sides asked, of the film with fluid against the film without. */
const level: Measure = ({ before, after, chest }, { places, options }) => {
  const sides = (['right', 'left'] as const).filter((side) => places.some((place) => place.startsWith(side)));
  // Fluid under the lung hardly rises along the wall, and fluid behind it has no level.
  if (sides.length === 0 || options['kind'] === 'subpulmonic' || options['kind'] === 'layered') return undefined;
  const found = measureEffusion(after, chest, before);
  return sides.reduce((sum, side) => sum + found[side].levelShare, 0) / sides.length;
};

/** By the same greys before and after: the film's own. */
const fill: Measure = ({ before, after, chest }, { places }) => {
  const { lung, tissue } = greysOf(before, chest);
  const of = (image: DensityImage): number =>
    measureFill(image, chest, places, { ...greysOf(image, chest), lung, tissue });
  const [clear, filled] = [of(before), of(after)];
  return Number.isNaN(clear) ? undefined : (filled - clear) / Math.max(0.1, 1 - clear);
};

const blob: Measure = ({ before, after, chest }, { amount, figures }) => {
  const { centreX: x, centreY: y } = figures;
  if (x === undefined || y === undefined) return undefined;
  const { diameterMm } = blobAt(after, chest, { x, y }, amount, before);
  return Number.isNaN(diameterMm) ? 0 : diameterMm;
};

/** A heart that grew: what was lung and is heart now. One that was drawn narrower than it was has no such measure. */
const heartWidth: Measure = ({ before, after, chest }, { amount }) =>
  amount > chest.cardiothoracicRatio ? measureHeartWidth(after, chest, before) : undefined;

/**
 * Mean over the sides asked of how far the wall's edge moved inward, over the zones asked; plaques are narrower than what it is told
 * over, of caps and rinds together there is no one thickness, and a rind of a lower zone alone is thickest in the angle to the
 * diaphragm, where the wall cannot be told from it.
 */
const thickness: Measure = ({ before, after, chest }, { places, options }) => {
  const kind = options['kind'] ?? 'diffuse';
  const sides = (['right', 'left'] as const).filter((side) => places.some((place) => place.startsWith(side)));
  if (sides.length === 0 || (kind !== 'diffuse' && kind !== 'apical')) return undefined;
  if (kind === 'diffuse' && sides.some((side) => spanOf(side, places)[0] > 0.5)) return undefined;
  const spans = Object.fromEntries(sides.map((side) => [side, spanOf(side, places)]));
  const found = measureThickening(after, chest, before, spans);
  const mean =
    sides.reduce((sum, side) => sum + (kind === 'apical' ? found[side].apexMm : found[side].widestMm), 0) /
    sides.length;
  return Number.isNaN(mean) ? undefined : mean;
};

/** From the top of the highest zone asked to the bottom of the lowest: thirds of the height. */
function spanOf(side: ChestSide, places: readonly Place[]): readonly [number, number] {
  const levels = ['upper', 'mid', 'lower'].map((level) => places.includes(`${side}_${level}` as Place));
  return [levels.indexOf(true) / 3, (levels.lastIndexOf(true) + 1) / 3];
}

const MEASURES: Readonly<Partial<Record<Finding, Measure>>> = {
  effusion: level,
  nodule: blob,
  mass: blob,
  lung_opacity: fill,
  consolidation: fill,
  infiltration: fill,
  pneumonia: fill,
  edema: fill,
  cardiomegaly: heartWidth,
  pleural_thickening: thickness,
};
