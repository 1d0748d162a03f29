/** Window and level: from drags and keys to a VOI window, and from a window to what the renderers want. */

import { greysUnder, isCurved, isHighDark } from '../../imaging/presentation';
import type { Radiograph, VoiWindow } from '../../imaging/radiograph';

/** A drag this long (CSS pixels) moves the window by the whole range of the image. */
const DRAG_FOR_RANGE = 600;
/** A key press moves by this part of the range. */
const KEY_STEP = 1 / 64;
/** One modality unit is the least that DICOM's linear function can tell apart (PS3.3 C.11.2.1.2.1). */
const MIN_WIDTH = 1;

/**
 * How far a drag should reach, in modality units: the file's own window, but not less than a tenth of the values the bits
 * can hold — a narrow window on a 16 bit image would otherwise take an arm's length to widen.
 */
export function windowRange(
  radiograph: Pick<Radiograph, 'bitsStored' | 'rescaleSlope' | 'modalityTable' | 'window'>,
): number {
  const { rescaleSlope, bitsStored, modalityTable } = radiograph;
  const full = Math.abs(rescaleSlope) * (2 ** (modalityTable?.bits ?? bitsStored) - 1);
  return Math.max(radiograph.window.windowWidth, full / 10);
}

/**
 * The window after a drag of (dx, dy) CSS pixels: right widens, up makes the picture brighter, also where high values
 * are shown dark (`highIsDark`: as the file has it or inverted, not both).
 */
export function dragWindow(start: VoiWindow, dx: number, dy: number, range: number, highIsDark: boolean): VoiWindow {
  const unit = range / DRAG_FOR_RANGE;
  return clampWindow({
    windowWidth: start.windowWidth + dx * unit,
    windowCenter: start.windowCenter + (highIsDark ? -dy : dy) * unit,
  });
}

/** One press of an arrow key; `x`, `y` are -1, 0 or 1, down and right positive. */
export function stepWindow(window: VoiWindow, x: number, y: number, range: number, highIsDark: boolean): VoiWindow {
  const pixels = DRAG_FOR_RANGE * KEY_STEP;
  return dragWindow(window, x * pixels, y * pixels, range, highIsDark);
}

export function clampWindow(window: VoiWindow): VoiWindow {
  return { windowCenter: window.windowCenter, windowWidth: Math.max(MIN_WIDTH, window.windowWidth) };
}

/**
 * cornerstone-core maps a modality value x to (x - center) / width + 0.5; DICOM to (x - (c - 0.5)) / (w - 1) + 0.5.
 * Given c - 0.5 and w - 1 it draws DICOM's function, and with it the same grey as imaging/presentation.
 */
export function cornerstoneVoi(window: VoiWindow): VoiWindow {
  return {
    windowCenter: window.windowCenter - 0.5,
    windowWidth: Math.max(window.windowWidth - 1, 1e-3),
  };
}

/**
 * What a grey made under the radiograph's own window (0 to 255, as the networks see it) looks like under the view's window:
 * 256 greys in [0, 255]. The identity when the windows agree and nothing is inverted.
 */
export function previewTable(radiograph: Radiograph, view: VoiWindow, inverted: boolean): Uint8ClampedArray {
  if (isCurved(radiograph)) return greysUnder(radiograph, view, inverted);
  const highIsDark = isHighDark(radiograph);
  const from = cornerstoneVoi(radiograph.window);
  const to = cornerstoneVoi(view);
  return Uint8ClampedArray.from({ length: 256 }, (_, shown) => {
    const along = highIsDark ? 1 - shown / 255 : shown / 255;
    const modality = from.windowCenter + (along - 0.5) * from.windowWidth;
    const grey = Math.min(1, Math.max(0, (modality - to.windowCenter) / to.windowWidth + 0.5));
    return Math.round(255 * (highIsDark !== inverted ? 1 - grey : grey));
  });
}
