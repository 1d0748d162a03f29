/** The signed difference of a pair, ready to be coloured, with the scale of its legend. Computed once a pair. */

import { presentationDifference } from '../../imaging/difference';
import { presentationSlope } from '../../imaging/presentation';
import type { Radiograph } from '../../imaging/radiograph';
import { levelFor, preparedPixels } from './pyramid';

export interface DifferenceMap {
  readonly width: number;
  readonly height: number;
  /** Result minus source in presentation units (1 is the way from black to white). */
  readonly values: Float32Array;
  /** The magnitude that the legend ends at. */
  readonly limit: number;
}

/** Beyond this the map is made from averaged pixels: it is drawn smaller than that in any case. */
const MOST_PIXELS = 4_200_000;
const LIMITS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1] as const;

/** Images of one size; both under the source's own window, so that a change of the view's window does not change the map. */
export function differenceMap(source: Radiograph, counterfactual: Radiograph): DifferenceMap {
  const before = reduced(source);
  const values = presentationDifference(before, reduced(counterfactual));
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return { width: before.width, height: before.height, values, limit: legendLimit(most) };
}

/** The smallest round limit that holds the greatest difference. */
export function legendLimit(most: number): number {
  return LIMITS.find((limit) => most <= limit) ?? 1;
}

/** Labels at the legend's two ends and its middle, in shares of the window. */
export function legendLabels(limit: number): readonly [string, string, string] {
  const percent = String(Math.round(limit * 100));
  return [`\u2212${percent} %`, '0', `+${percent} %`];
}

/** The same in stored units of the source, whose sign turns where low values are shown bright (MONOCHROME1); of a table or a sigmoid along its straight line. */
export function legendStored(
  source: Parameters<typeof presentationSlope>[0],
  limit: number,
): readonly [string, string, string] {
  const units = presentationSlope(source) * limit;
  const rounded = Math.abs(units) < 10 ? Math.round(units * 10) / 10 : Math.round(units);
  const signed = (value: number): string => (value < 0 ? `\u2212${String(-value)}` : `+${String(value)}`);
  return [signed(-rounded), '0', signed(rounded)];
}

function reduced(radiograph: Radiograph): Radiograph {
  const { pyramid } = preparedPixels(radiograph);
  const { width, height, pixels } = pyramid.level(levelFor(radiograph, pyramid.depth, 1, MOST_PIXELS));
  return { ...radiograph, width, height, pixels };
}
