/** A DICOM file to a radiograph. */

import { newRadiographId, type Radiograph } from '../imaging/radiograph';
import { parseDataSet, type DicomDataSet } from './data-set';
import { MultiFrameError, NoPixelDataError, UnsupportedBitsError, UnsupportedTransferSyntaxError } from './errors';
import { readGreyLevels } from './grey-levels';
import { readStoredPixels } from './pixel-data';
import { readPixelModule } from './pixel-module';
import { readStudy, refuseOtherStudies } from './study';
import { readReference } from './reference';
import { turnedUpright } from './orientation';
import { TAG } from './tags';
import { transferSyntax } from './transfer-syntax';

/**
 * Reads a one-frame greyscale radiograph. Everything that can be refused from the header is refused before pixels are read.
 * @returns undefined when the bytes do not look like DICOM
 * @throws the errors of ./errors and ImageTooSmallError, ImageTooLargeError, UnsupportedImageError of imaging
 */
export function readDicom(bytes: Uint8Array, name: string): Radiograph | undefined {
  const parsed = parseDataSet(bytes, name);
  if (!parsed) return undefined;
  const { dataSet } = parsed;
  refuseWithoutImage(dataSet, name);
  refuseOtherStudies(dataSet, name);
  const frames = dataSet.decimals(TAG.numberOfFrames)[0] ?? 1;
  if (frames > 1) throw new MultiFrameError(name, frames);
  const syntax = transferSyntax(dataSet.transferSyntax);
  if (!syntax?.encoding)
    throw new UnsupportedTransferSyntaxError(name, printable(dataSet.transferSyntax), syntax?.title);
  const module = readPixelModule(dataSet, name);
  const pixels = readStoredPixels(dataSet, module, syntax.encoding, name);
  const levels = readGreyLevels(dataSet, module, pixels);
  const study = readStudy(dataSet);
  const dicomReference = readReference(dataSet);
  const { width, height, bitsStored, signed } = module;
  const stored: Radiograph = {
    id: newRadiographId(),
    name,
    format: 'dicom',
    width,
    height,
    pixels,
    bitsStored,
    signed,
    ...levels,
    ...study,
    ...(dicomReference && { dicomReference }),
    synthetic: dataSet.text(TAG.syntheticData)?.toUpperCase() === 'YES',
    notes: [...parsed.notes, ...module.notes, ...levels.notes, ...study.notes],
  };
  return turnedUpright(stored, dataSet);
}

function refuseWithoutImage(dataSet: DicomDataSet, name: string): void {
  if (dataSet.element(TAG.pixelData)) return;
  if (dataSet.element(TAG.floatPixelData)) throw new UnsupportedBitsError(name, '32 (floating point)', '32');
  if (dataSet.element(TAG.doublePixelData)) throw new UnsupportedBitsError(name, '64 (floating point)', '64');
  throw new NoPixelDataError(name);
}

/** A UID fit for a message, whatever the file holds there. */
function printable(uid: string): string {
  return uid.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 64);
}
