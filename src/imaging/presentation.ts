/** From stored values to light and back: modality rescale or table, VOI window or table, photometric interpretation. */

import type { Box } from './box';
import { SizeMismatchError } from './errors';
import { lineThrough, tableFalls, tableOutput } from './grey-table';
import {
  storedRange,
  type Mask,
  type PresentationPixels,
  type Radiograph,
  type StoredPixels,
  type VoiWindow,
} from './radiograph';
import { kernels } from './kernels/current';
import { finderIn } from './mask-words';
import { modalityValue, rangeOfWindow } from './window';

export { autoWindow } from './window';

type Displayed = Omit<Radiograph, 'id' | 'name' | 'format' | 'synthetic' | 'notes'>;
/** All that decides the grey of a stored value. */
type Levels = Pick<
  Radiograph,
  | 'window'
  | 'windowFunction'
  | 'voiTable'
  | 'rescaleSlope'
  | 'rescaleIntercept'
  | 'modalityTable'
  | 'photometricInterpretation'
  | 'bitsStored'
  | 'signed'
>;

/** Whether its greys are no straight line of its stored values. */
export function isCurved(r: Pick<Radiograph, 'windowFunction' | 'voiTable' | 'modalityTable'>): boolean {
  return r.windowFunction !== undefined || r.voiTable !== undefined || r.modalityTable !== undefined;
}

/** Whether high modality values are dark: as MONOCHROME1 or a falling VOI table have it, and not as both have it. */
export function isHighDark(r: Pick<Radiograph, 'photometricInterpretation' | 'voiTable'>): boolean {
  return (r.photometricInterpretation === 'MONOCHROME1') !== (r.voiTable !== undefined && tableFalls(r.voiTable));
}

/**
 * The grey in [0, 1] of a modality value. The linear function is that of DICOM PS3.3 C.11.2.1.2.1:
 *   x <= c - 0.5 - (w-1)/2  -> 0;  x > c - 0.5 + (w-1)/2  -> 1;  else (x - (c - 0.5)) / (w - 1) + 0.5;
 * the sigmoid that of C.11.2.1.3.1: 1 / (1 + exp(-4 (x - c) / w)). A VOI table counts under the radiograph's own window.
 */
function greyFunction(r: Levels, window: VoiWindow): (modality: number) => number {
  const { windowCenter: c, windowWidth: w } = window;
  const { voiTable } = r;
  const own = c === r.window.windowCenter && w === r.window.windowWidth;
  if (voiTable && own) {
    const white = 2 ** voiTable.bits - 1;
    const inverted = r.photometricInterpretation === 'MONOCHROME1';
    return (x) => (inverted ? 1 - tableOutput(voiTable, x) / white : tableOutput(voiTable, x) / white);
  }
  const inverted = isHighDark(r);
  if (r.windowFunction === 'SIGMOID') {
    const slope = inverted ? 4 / w : -4 / w;
    return (x) => 1 / (1 + Math.exp(slope * (x - c)));
  }
  const low = c - 0.5 - (w - 1) / 2;
  const high = c - 0.5 + (w - 1) / 2;
  return (x) => {
    const y = x <= low ? 0 : x > high ? 1 : (x - (c - 0.5)) / (w - 1) + 0.5;
    return inverted ? 1 - y : y;
  };
}

interface PresentationTable {
  readonly table: Float32Array;
  readonly offset: number;
}

/** The last that was made, and all that it was made of: a film and what is made of it have the same. */
let latest: { readonly of: readonly unknown[]; readonly made: PresentationTable } | undefined;

/**
 * Presentation grey in [0, 1] of every stored value the pixel type can hold, as a table indexed by `stored + offset`. Not to be
 * written to.
 */
export function presentationTable(r: Displayed, window: VoiWindow = r.window): PresentationTable {
  const of: readonly unknown[] = [
    r.pixels.constructor,
    r.modalityTable,
    r.rescaleSlope,
    r.rescaleIntercept,
    r.voiTable,
    r.windowFunction,
    r.photometricInterpretation,
    ...[window, r.window].flatMap(({ windowCenter, windowWidth }) => [windowCenter, windowWidth]),
  ];
  if (latest?.of.every((each, i) => each === of[i]) !== true) latest = { of, made: tableOf(r, window) };
  return latest.made;
}

function tableOf(r: Displayed, window: VoiWindow): PresentationTable {
  const signed = r.pixels instanceof Int16Array;
  const offset = signed ? 32768 : 0;
  const table = new Float32Array(r.pixels instanceof Uint8Array ? 256 : 65536);
  const grey = greyFunction(r, window);
  for (let i = 0; i < table.length; i++) table[i] = grey(modalityValue(r, i - offset));
  return { table, offset };
}

/** The same for the values that the bits can hold, the least first. */
function greysOfBits(r: Levels): { readonly greys: Float32Array; readonly least: number } {
  const [least, greatest] = storedRange(r);
  const grey = greyFunction(r, r.window);
  return {
    greys: Float32Array.from({ length: greatest - least + 1 }, (_, i) => grey(modalityValue(r, least + i))),
    least,
  };
}

/** Presentation grey in [0, 1], one value a pixel, row by row, under the radiograph's window or another. */
export function toPresentation(r: Radiograph, window: VoiWindow = r.window): PresentationPixels {
  const { table, offset } = presentationTable(r, window);
  const { pixels } = r;
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = table[(pixels[i] as number) + offset] as number;
  return out;
}

/**
 * The straight line of stored values that greys follow: the value at which they are black, and how many lead from black to
 * white (negative where brighter is stored as less). Exact for a linear window; one of width 1 is a step and counts as one
 * modality unit wide. Of a table or a sigmoid, the line through its 10 % and 90 %.
 */
export function straightLine(r: Levels): { readonly black: number; readonly slope: number } {
  const line = isCurved(r) ? lineOfCurve(r) : undefined;
  if (line) return line;
  const perStored = r.rescaleSlope / Math.max(r.window.windowWidth - 1, 1);
  const [low, high] = rangeOfWindow(r.window);
  const dark = isHighDark(r);
  return { black: ((dark ? high : low) - r.rescaleIntercept) / r.rescaleSlope, slope: (dark ? -1 : 1) / perStored };
}

function lineOfCurve(r: Levels): { readonly black: number; readonly slope: number } | undefined {
  const { greys, least } = greysOfBits(r);
  const line = lineThrough(greys);
  return line && { black: least + line[0], slope: line[1] - line[0] };
}

/** Stored units per unit of presentation, sign included: `slope` of the straight line. */
export function presentationSlope(r: Levels): number {
  return straightLine(r).slope;
}

/** Of a row of a box, presentation units (1 is the way from black to white) in the columns from one up to, not including, another. */
export type ResidualRows = (y: number, from: number, to: number) => Float32Array;

/**
 * Adds mask/255 x residual to the radiograph in stored units, rounded to whole values and clipped to what its
 * bits can hold. Where the mask or the residual is 0, the original's bits stay.
 * @param residual of the box, row by row, presentation units (1 is the way from black to white), or its rows as they are asked for
 * @param box nothing changes outside it, whatever the mask says there; absent: the whole radiograph
 * @param given null: without kernels
 * @returns the new stored values and how many of them differ
 * @throws SizeMismatchError when residual or mask are not the radiograph's size
 */
export function addPresentationResidual(
  r: Levels & Pick<Radiograph, 'width' | 'height' | 'pixels'>,
  residual: Float32Array | ResidualRows,
  mask: Mask,
  box: Box = { x: 0, y: 0, width: r.width, height: r.height },
  given = kernels(),
): { readonly pixels: StoredPixels; readonly changed: number } {
  const { width } = r;
  if (mask.width !== width || mask.height !== r.height) {
    throw new SizeMismatchError('The mask', [width, r.height], [mask.width, mask.height]);
  }
  if (typeof residual !== 'function' && residual.length !== box.width * box.height) {
    throw new SizeMismatchError('The change', [box.width, box.height], [residual.length / box.height, box.height]);
  }
  const rowAt: ResidualRows =
    typeof residual === 'function' ? residual : (y) => residual.subarray(y * box.width, (y + 1) * box.width);
  const pixels = r.pixels.slice();
  const { data } = mask;
  const own = given?.hasRoomForRow(box.width) === true ? given : null;
  const move = storedChange(r);
  const scale = straightLine(r).slope / 255;
  const [least, greatest] = storedRange(r);
  const find = finderIn(data);
  let changed = 0;
  for (let y = 0; y < box.height; y++) {
    const first = (box.y + y) * width + box.x;
    const from = find.first(first, first + box.width) - first;
    if (from === box.width) continue;
    const to = find.last(first + from, first + box.width) + 1 - first;
    const row = rowAt(y, from, to);
    if (own !== null && move === undefined && !(pixels instanceof Uint8Array)) {
      const [some, part] = [pixels.subarray(first + from, first + to), data.subarray(first + from, first + to)];
      changed += own.addChange(some, row.subarray(from, to), part, scale, least, greatest);
      continue;
    }
    for (let x = from, i = first + from; x < to; x++, i++) {
      const weight = data[i] as number;
      if (weight === 0) continue;
      const before = pixels[i] as number;
      const delta =
        move === undefined ? Math.round((row[x] as number) * weight * scale) : move(before, row[x] as number, weight);
      // A network that failed numerically must not be able to write noise into the image.
      if (delta === 0 || !Number.isFinite(delta)) continue;
      const after = Math.min(greatest, Math.max(least, before + delta));
      if (after === before) continue;
      pixels[i] = after;
      changed++;
    }
  }
  return { pixels, changed };
}

/** How a change of grey becomes one of the stored value that has it along a curve that only rises or only falls; undefined: along the line. */
function storedChange(r: Levels): ((stored: number, residual: number, weight: number) => number) | undefined {
  if (!isCurved(r)) return undefined;
  const { greys, least } = greysOfBits(r);
  const sign = (greys.at(-1) as number) < (greys[0] as number) ? -1 : 1;
  for (let i = 1; i < greys.length; i++)
    if (((greys[i] as number) - (greys[i - 1] as number)) * sign < 0) return undefined;
  return (stored, residual, weight) => {
    const change = residual * (weight / 255);
    if (!Number.isFinite(change)) return change;
    const from = Math.min(greys.length - 1, Math.max(0, stored - least));
    const wanted = Math.min(1, Math.max(0, (greys[from] as number) + change));
    return nearestAlong(greys, from, wanted, Math.sign(change) * sign) - from;
  };
}

/** The index nearest to `from` in the direction of `step` whose grey is nearest to the wanted one. */
function nearestAlong(greys: Float32Array, from: number, wanted: number, step: number): number {
  if (step === 0) return from;
  const off = (index: number): number => Math.abs((greys[index] as number) - wanted);
  // Greys only come nearer up to the last index before the wanted one is passed.
  const passed = (index: number): boolean => {
    const grey = greys[index] as number;
    return (greys[from] as number) <= wanted ? grey >= wanted : grey <= wanted;
  };
  let near = from;
  let far = step > 0 ? greys.length - 1 : 0;
  if (passed(near)) return from;
  while (Math.abs(far - near) > 1) {
    const middle = (near + far) >> 1;
    if (passed(middle)) far = middle;
    else near = middle;
  }
  if (off(far) < off(near)) return far;
  return off(near) < off(from) ? near : from;
}

/**
 * What a grey made under the radiograph's own window (0 to 255) looks like under another: 256 greys in [0, 255]. The
 * identity when the windows agree and nothing is inverted.
 */
export function greysUnder(r: Levels, view: VoiWindow, inverted: boolean): Uint8ClampedArray {
  const { greys, least } = greysOfBits(r);
  const grey = greyFunction(r, view);
  const own = view.windowCenter === r.window.windowCenter && view.windowWidth === r.window.windowWidth;
  const table = new Float64Array(256);
  // Each grey by the stored value in the middle of those that have it.
  const [first, last] = [new Int32Array(256).fill(-1), new Int32Array(256).fill(-1)];
  for (let i = 0; i < greys.length; i++) {
    const at = Math.round(255 * (greys[i] as number));
    if (first[at] === -1) first[at] = i;
    last[at] = i;
  }
  let known = -1;
  for (let at = 0; at < 256; at++) {
    if (first[at] !== -1) {
      table[at] = 255 * grey(modalityValue(r, least + Math.round(((first[at] as number) + (last[at] as number)) / 2)));
      for (let gap = known + 1; gap < at; gap++) {
        const share = known < 0 ? 1 : (gap - known) / (at - known);
        table[gap] = (1 - share) * (table[Math.max(0, known)] as number) + share * (table[at] as number);
      }
      known = at;
    }
  }
  for (let gap = known + 1; gap < 256; gap++) table[gap] = known < 0 ? gap : (table[known] as number);
  return Uint8ClampedArray.from(table, (value, at) => {
    const shown = own ? at : Math.round(value);
    return inverted ? 255 - shown : shown;
  });
}
