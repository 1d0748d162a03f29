/** How far an outlined place may reach: lung and a few millimetres of what lies beside it, and no further than its kind is large. */

import type { Finding } from '../../findings/vocabulary';
import type { Radiograph } from '../../imaging/radiograph';
import { AVERAGE_THORAX_MM } from '../sketch/chest';
import { fieldAt, type Field } from '../sketch/field';

/** Share of lung from which a point is searched, and counts as lung: behind the heart and below the diaphragm little can be told. */
export const IN_LUNG = 0.4;
/** What of a place may lie beyond the lung's border as it is read. */
const BEYOND_MM = 4;
/** Of an outlined place: less of it in lung is another structure. */
const LEAST_IN_LUNG = 0.6;
/** A nodule has at most 30 mm across (Fleischner Society, Hansell et al., Radiology 2008); what is larger is a mass. */
const NODULE_MM = 15;
const MASS_MM = 60;
/** Scales lie a factor of 1.4 apart: by so much a radius may be told too large. */
const TOLD_TOO_LARGE = 1.4;
const STEPS = 48;

interface Lungs {
  /** Share of lung over the whole image. */
  readonly share: Field;
  /** Millimetres of the image's width and height: as the file states, else of an average thorax. */
  readonly across: number;
  readonly down: number;
}

/** Undefined where there is no lung. */
export function lungsOf(
  share: Field,
  { width, height, pixelSpacing }: Pick<Radiograph, 'width' | 'height' | 'pixelSpacing'>,
): Lungs | undefined {
  const columns = widestOf(share);
  if (columns === 0) return undefined;
  if (pixelSpacing !== undefined) return { share, across: pixelSpacing[1] * width, down: pixelSpacing[0] * height };
  const across = (AVERAGE_THORAX_MM * share.width) / columns;
  return { share, across, down: (across * height) / width };
}

/** Greatest radius in mm that what is looked for may have. */
export function greatestRadius(finding: Finding): number {
  return finding === 'nodule' ? NODULE_MM : MASS_MM;
}

/** @param radius as it is told, share of the longer side */
export function isTooLarge(radius: number, finding: Finding, { across, down }: Lungs): boolean {
  return radius * Math.max(across, down) > TOLD_TOO_LARGE * greatestRadius(finding);
}

/**
 * The part of a closed loop that lies in lung or a little beside it, within `greatest` mm of its middle; undefined where too
 * little of the loop is lung.
 * @param outline x0, y0, x1, y1, ... around `at`, fractions of the image
 */
export function cutToLungs(
  outline: Float32Array,
  at: { readonly x: number; readonly y: number },
  greatest: number,
  { share, across, down }: Lungs,
): Float32Array | undefined {
  const loop = new Float32Array(outline.length);
  let [all, lung] = [0, 0];
  for (let k = 0; k < outline.length; k += 2) {
    const [dx, dy] = [(outline[k] ?? 0) - at.x, (outline[k + 1] ?? 0) - at.y];
    const length = Math.hypot(dx * across, dy * down);
    const reach = length === 0 ? 1 : Math.min(1, greatest / length);
    let [inside, isLeft] = [0, false];
    for (let step = 0; step < STEPS; step++) {
      const far = (reach * (step + 0.5)) / STEPS;
      // Rings count by their length: so parts of the rays are parts of the area.
      const area = length * length * reach * far;
      all += area;
      if (fieldAt(share, at.x + far * dx, at.y + far * dy) > IN_LUNG) {
        lung += area;
        if (!isLeft) inside = (reach * (step + 1)) / STEPS;
      } else if ((far - inside) * length > BEYOND_MM) isLeft = true;
    }
    const end = length === 0 ? 0 : Math.min(reach, inside + BEYOND_MM / length);
    loop[k] = at.x + end * dx;
    loop[k + 1] = at.y + end * dy;
  }
  return lung < LEAST_IN_LUNG * all ? undefined : loop;
}

/** Cells between the outer borders of the lungs where they lie furthest apart. */
function widestOf({ width, height, data }: Field): number {
  let widest = 0;
  for (let row = 0; row < height; row++) {
    const own = data.subarray(row * width, (row + 1) * width);
    const isLung = (value: number): boolean => value > IN_LUNG;
    const first = own.findIndex(isLung);
    if (first >= 0) widest = Math.max(widest, own.findLastIndex(isLung) - first + 1);
  }
  return widest;
}
