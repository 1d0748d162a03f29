/** From stored values to light as a DICOM file asks: modality rescale, VOI window or LUT, pixel padding. */

import type { PhotometricInterpretation, Radiograph, StoredPixels, VoiWindow } from '../imaging/radiograph';
import { autoWindow, modalityPercentiles, rangeOfWindow, windowOfRange } from '../imaging/window';
import type { DicomDataSet } from './data-set';
import { readLut, type LookupTable } from './lut';
import type { PixelModule } from './pixel-module';
import { TAG } from './tags';

export type GreyLevels = Pick<
  Radiograph,
  'rescaleSlope' | 'rescaleIntercept' | 'window' | 'pixelPadding' | 'photometricInterpretation' | 'notes'
>;

/** No detector's values are larger, and sums of values up to here stay finite and exact enough. */
const GREATEST = 1e12;

/** Never fails: what is ill-formed is noted and replaced by what the pixels suggest. */
export function readGreyLevels(dataSet: DicomDataSet, module: PixelModule, pixels: StoredPixels): GreyLevels {
  const padding = readPadding(dataSet, module);
  const rescale = readRescale(dataSet);
  const base = { ...module, ...rescale, ...padding, pixels };
  const modalityLut = readLut(dataSet, TAG.modalityLutSequence, module.signed);
  const asked = askedRange(dataSet, rescale, module.signed);
  const notes = [...rescale.notes, ...asked.notes];
  const range = modalityLut ? storedRangeThroughLut(asked.range, modalityLut, notes) : asked.range;
  const window = range && overlaps(range, base) ? windowOfRange(...range) : undefined;
  if (range && !window) notes.push('The file’s window shows nothing of the image; one was computed from its values.');
  const { rescaleSlope, rescaleIntercept } = modalityLut ? { rescaleSlope: 1, rescaleIntercept: 0 } : rescale;
  const levels = { ...base, rescaleSlope, rescaleIntercept };
  // Tables that fall show the negative; two of them show the picture again.
  const inverted = (modalityLut?.falls ?? false) !== (asked.falls ?? false);
  const photometricInterpretation = inverted
    ? opposite(module.photometricInterpretation)
    : module.photometricInterpretation;
  if (inverted) notes.push('Shown inverted, as the file’s falling grey table asks.');
  return {
    rescaleSlope,
    rescaleIntercept,
    ...padding,
    photometricInterpretation,
    window: window ?? autoWindow(levels),
    notes,
  };
}

function opposite(photometric: PhotometricInterpretation): PhotometricInterpretation {
  return photometric === 'MONOCHROME1' ? 'MONOCHROME2' : 'MONOCHROME1';
}

type Range = readonly [number, number];
/** What the file asks to be shown; `falls`: the lower end of the range is to be the brighter one. */
type Asked = { readonly range?: Range; readonly falls?: boolean; readonly notes: readonly string[] };
type Rescale = Pick<Radiograph, 'rescaleSlope' | 'rescaleIntercept' | 'notes'>;

function readRescale(dataSet: DicomDataSet): Rescale {
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

/** PixelPaddingValue and PixelPaddingRangeLimit (PS3.3 C.7.5.1.1.2), in stored values. */
function readPadding(dataSet: DicomDataSet, { signed }: PixelModule): Pick<Radiograph, 'pixelPadding'> {
  const read = (tag: string): number | undefined => (signed ? dataSet.signed(tag) : dataSet.unsigned(tag));
  const value = read(TAG.pixelPaddingValue);
  if (value === undefined) return {};
  const limit = read(TAG.pixelPaddingRangeLimit) ?? value;
  return { pixelPadding: [Math.min(value, limit), Math.max(value, limit)] };
}

/** The modality values that become black and white, by the first window or else the VOI LUT. */
function askedRange(dataSet: DicomDataSet, rescale: Rescale, signed: boolean): Asked {
  const [windowCenter] = dataSet.decimals(TAG.windowCenter);
  const [windowWidth] = dataSet.decimals(TAG.windowWidth);
  if (windowCenter !== undefined && windowWidth !== undefined) {
    return windowRange({ windowCenter, windowWidth }, dataSet.text(TAG.voiLutFunction)?.toUpperCase());
  }
  const lut = readLut(dataSet, TAG.voiLutSequence, signed || rescale.rescaleIntercept < 0);
  if (!lut) return { notes: [] };
  const range = lut.linearRange();
  const note = range
    ? 'The file’s VOI table is approximated by a linear window.'
    : 'The file’s VOI table cannot be used; a window was computed from the values.';
  return { ...(range && { range }), falls: lut.falls, notes: [note] };
}

/** PS3.3 C.11.2.1.2 and C.11.2.1.3: LINEAR, LINEAR_EXACT, and SIGMOID by the line of its slope at the centre. */
function windowRange(window: VoiWindow, voiLutFunction = 'LINEAR'): Asked {
  const { windowCenter: c, windowWidth: w } = window;
  // Written so that a number that is none is ill-formed, too.
  if (!(Math.abs(c) <= GREATEST * GREATEST && w > 0 && w <= GREATEST * GREATEST)) {
    return { notes: ['The file’s window is ill-formed; one was computed from its values.'] };
  }
  const exact = voiLutFunction === 'LINEAR_EXACT' || voiLutFunction === 'SIGMOID';
  if (!exact && w >= 1) return { range: rangeOfWindow(window), notes: [] };
  const notes = voiLutFunction === 'SIGMOID' ? ['The file’s sigmoid window is approximated by a linear one.'] : [];
  if (!exact) notes.push('The file’s window is narrower than its function allows; it was read as an exact one.');
  return { range: [c - w / 2, c + w / 2], notes };
}

/** The stored values that a non-linear modality table takes to the ends of the range. */
function storedRangeThroughLut(range: Range | undefined, lut: LookupTable, notes: string[]): Range | undefined {
  const stored = range && lut.inputRange(...range);
  notes.push(
    stored ? 'The file’s modality table is approximated by a linear one.' : 'The file’s modality table was left out.',
  );
  return stored;
}

function overlaps([low, high]: Range, r: Parameters<typeof modalityPercentiles>[0]): boolean {
  const [least, greatest] = modalityPercentiles(r, 0.005, 0.995);
  return low < greatest && high > least;
}
