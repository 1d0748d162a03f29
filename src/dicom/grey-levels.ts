/** From stored values to light as a DICOM file asks: modality rescale or LUT, VOI window or LUT, pixel padding. */

import { lineThrough, type GreyTable } from '../imaging/grey-table';
import type { Radiograph, StoredPixels, VoiWindow } from '../imaging/radiograph';
import { autoWindow, modalityPercentiles, rangeOfWindow, windowOfRange } from '../imaging/window';
import type { DicomDataSet } from './data-set';
import { macroOf } from './frames';
import { readLut } from './lut';
import type { PixelModule } from './pixel-module';
import { TAG } from './tags';

export type GreyLevels = Pick<
  Radiograph,
  | 'rescaleSlope'
  | 'rescaleIntercept'
  | 'modalityTable'
  | 'window'
  | 'windowFunction'
  | 'voiTable'
  | 'otherVoiTable'
  | 'pixelPadding'
  | 'notes'
>;

/** No detector's values are larger, and sums of values up to here stay finite and exact enough. */
const GREATEST = 1e12;

/**
 * Never fails: what is ill-formed is noted and replaced by what the pixels suggest.
 * @param frame from 1; its functional groups, where the file has any, come before the file's own attributes
 */
export function readGreyLevels(
  dataSet: DicomDataSet,
  module: PixelModule,
  pixels: StoredPixels,
  frame = 1,
): GreyLevels {
  const padding = readPadding(dataSet, module);
  const modality = readModality(macroOf(dataSet, frame, TAG.pixelValueTransformation) ?? dataSet, module);
  const base = { ...module, ...modality, ...padding, pixels };
  const { notes: said, ...asked } = readVoi(
    macroOf(dataSet, frame, TAG.frameVoiLut) ?? dataSet,
    modality,
    module.signed,
  );
  const notes = [...modality.notes, ...said];
  const seen = !asked.window || overlaps(asked, base);
  if (!seen)
    notes.push(
      `The file’s ${asked.voiTable ? 'VOI table' : 'window'} shows nothing of the image; one was computed from its values.`,
    );
  const { window, ...shape } = seen ? asked : {};
  return { ...modality, ...padding, ...shape, window: window ?? autoWindow(base), notes };
}

type Modality = Pick<Radiograph, 'rescaleSlope' | 'rescaleIntercept' | 'modalityTable' | 'notes'>;
type Voi = Partial<Pick<Radiograph, 'window' | 'windowFunction' | 'voiTable' | 'otherVoiTable'>> & {
  readonly notes: readonly string[];
};

function readModality(dataSet: DicomDataSet, { signed }: PixelModule): Modality {
  if (dataSet.firstItem(TAG.modalityLutSequence)) {
    const modalityTable = readLut(dataSet, TAG.modalityLutSequence, signed);
    const unit = { rescaleSlope: 1, rescaleIntercept: 0 };
    return modalityTable && !isConstant(modalityTable)
      ? { ...unit, modalityTable, notes: [] }
      : { ...unit, notes: ['The file’s modality table is ill-formed and was left out.'] };
  }
  const [slope = 1] = dataSet.decimals(TAG.rescaleSlope);
  const [intercept = 0] = dataSet.decimals(TAG.rescaleIntercept);
  const size = Math.abs(slope);
  // An intercept so much larger than the slope would swallow the differences between the values.
  if (size >= 1 / GREATEST && size <= GREATEST && Math.abs(intercept) <= size * 2 ** 32)
    return { rescaleSlope: slope, rescaleIntercept: intercept, notes: [] };
  return {
    rescaleSlope: 1,
    rescaleIntercept: 0,
    notes: ['The file’s rescale values are ill-formed and were left out.'],
  };
}

function isConstant({ entries: [head, ...rest] }: GreyTable): boolean {
  return rest.every((entry) => entry === head);
}

/** PixelPaddingValue and PixelPaddingRangeLimit (PS3.3 C.7.5.1.1.2), in stored values. */
function readPadding(dataSet: DicomDataSet, { signed }: PixelModule): Pick<Radiograph, 'pixelPadding'> {
  const read = (tag: string): number | undefined => (signed ? dataSet.signed(tag) : dataSet.unsigned(tag));
  const value = read(TAG.pixelPaddingValue);
  if (value === undefined) return {};
  const limit = read(TAG.pixelPaddingRangeLimit) ?? value;
  return { pixelPadding: [Math.min(value, limit), Math.max(value, limit)] };
}

/** The first window, or else the first VOI LUT: the file leaves it to the viewer (C.11.2.1). */
function readVoi(dataSet: DicomDataSet, modality: Modality, signed: boolean): Voi {
  const signedInput = modality.modalityTable ? false : signed || modality.rescaleIntercept < 0;
  const table = readLut(dataSet, TAG.voiLutSequence, signedInput);
  const usable = table && !isConstant(table) ? table : undefined;
  const [windowCenter] = dataSet.decimals(TAG.windowCenter);
  const [windowWidth] = dataSet.decimals(TAG.windowWidth);
  if (windowCenter !== undefined && windowWidth !== undefined) {
    const voi = readWindow({ windowCenter, windowWidth }, dataSet.text(TAG.voiLutFunction)?.toUpperCase());
    return usable && voi.window ? { ...voi, otherVoiTable: usable } : voi;
  }
  if (usable) return { voiTable: usable, window: windowNear(usable), notes: [] };
  return {
    notes: dataSet.firstItem(TAG.voiLutSequence)
      ? ['The file’s VOI table cannot be used; a window was computed from the values.']
      : [],
  };
}

/** The straight line nearest to a table. */
function windowNear(table: GreyTable): VoiWindow {
  const line = lineThrough(table.entries) ?? [0, table.entries.length - 1];
  return windowOfRange(table.first + Math.min(...line), table.first + Math.max(...line));
}

/** PS3.3 C.11.2.1.2 and C.11.2.1.3. A LINEAR_EXACT window is the same as a linear one half a unit higher and a unit wider. */
function readWindow(window: VoiWindow, voiLutFunction = 'LINEAR'): Voi {
  const { windowCenter: c, windowWidth: w } = window;
  // Written so that a number that is none is ill-formed, too.
  if (!(Math.abs(c) <= GREATEST * GREATEST && w > 0 && w <= GREATEST * GREATEST)) {
    return { notes: ['The file’s window is ill-formed; one was computed from its values.'] };
  }
  if (voiLutFunction === 'SIGMOID') return { window, windowFunction: 'SIGMOID', notes: [] };
  const exact = voiLutFunction === 'LINEAR_EXACT';
  if (!exact && w >= 1) return { window, notes: [] };
  const notes = exact ? [] : ['The file’s window is narrower than its function allows; it was read as an exact one.'];
  return { window: windowOfRange(c - w / 2, c + w / 2), notes };
}

function overlaps(
  { window, windowFunction }: Omit<Voi, 'notes'>,
  r: Parameters<typeof modalityPercentiles>[0],
): boolean {
  if (!window) return false;
  const { windowCenter: c, windowWidth: w } = window;
  // A sigmoid has reached 2 % and 98 % at a width to both sides.
  const [low, high] = windowFunction === 'SIGMOID' ? [c - w, c + w] : rangeOfWindow(window);
  const [least, greatest] = modalityPercentiles(r, 0.005, 0.995);
  return low < greatest && high > least;
}
