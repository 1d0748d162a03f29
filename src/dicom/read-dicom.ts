/** A DICOM file to a radiograph. */

import { newRadiographId, type FrameOfFile, type Radiograph, type StoredPixels } from '../imaging/radiograph';
import { parseDataSet, type DicomDataSet } from './data-set';
import { NoPixelDataError, UnsupportedBitsError, UnsupportedTransferSyntaxError } from './errors';
import { framesIn, refuseMissingFrame } from './frames';
import { readGreyLevels, type GreyLevels } from './grey-levels';
import { lossOf } from './lossy';
import { readStoredPixels } from './pixel-data';
import { readPixelModule, type PixelModule } from './pixel-module';
import { readStudy, refuseOtherStudies } from './study';
import { readReference } from './reference';
import { turnedUpright } from './orientation';
import { TAG } from './tags';
import { transferSyntax, type PixelEncoding, type TransferSyntax } from './transfer-syntax';

/**
 * Reads a greyscale radiograph. Everything that can be refused from the header is refused before pixels are read.
 * @param frame of several, from 1
 * @returns undefined when the bytes do not look like DICOM
 * @throws the errors of ./errors and ImageTooSmallError, ImageTooLargeError, UnsupportedImageError of imaging
 */
export async function readDicom(
  bytes: Uint8Array,
  name: string,
  frame = 1,
  refuse?: Refuse,
): Promise<Radiograph | undefined> {
  return framesOfDicom(bytes, name, refuse)?.read(frame);
}

type Refuse = (dataSet: DicomDataSet, name: string) => void;

export interface DicomFrames {
  readonly count: number;
  /** @param frame from 1. @throws as readDicom does */
  read(frame: number): Promise<Radiograph>;
  /** The same, not turned upright. */
  asStored(frame: number): Promise<Radiograph>;
}

/** The same of all frames, for which the file is parsed once. */
export function framesOfDicom(
  bytes: Uint8Array,
  name: string,
  refuse: Refuse = refuseOtherStudies,
): DicomFrames | undefined {
  const parsed = parseDataSet(bytes, name);
  if (!parsed) return undefined;
  const { dataSet } = parsed;
  refuseWithoutImage(dataSet, name);
  refuse(dataSet, name);
  const syntax = transferSyntax(dataSet.transferSyntax);
  if (!syntax?.encoding)
    throw new UnsupportedTransferSyntaxError(name, printable(dataSet.transferSyntax), syntax?.title);
  const { encoding } = syntax;
  const module = readPixelModule(dataSet, name);
  const { count, notes } = framesIn(dataSet, module);
  const image: Image = { dataSet, module, syntax, encoding, notes: [...parsed.notes, ...module.notes, ...notes] };
  const asStored = async (number: number): Promise<Radiograph> => {
    refuseMissingFrame(number, count, name);
    return frameOf(image, { number, count }, name);
  };
  return { count, asStored, read: async (number) => turnedUpright(await asStored(number), dataSet) };
}

interface Image {
  readonly dataSet: DicomDataSet;
  readonly module: PixelModule;
  readonly syntax: TransferSyntax;
  readonly encoding: PixelEncoding;
  readonly notes: readonly string[];
}

async function frameOf(
  { dataSet, module, syntax, encoding, notes: said }: Image,
  frame: FrameOfFile,
  name: string,
): Promise<Radiograph> {
  const { pixels, lossy, notes } = await readStoredPixels(dataSet, module, frame, encoding, name);
  const { levels, bitsStored } = await shownAs(dataSet, module, pixels, frame.number, name);
  const study = readStudy(dataSet, lossy ? lossOf(syntax, dataSet, module, frame.count) : undefined, frame.number);
  const dicomReference = readReference(dataSet);
  const { width, height, signed, photometricInterpretation } = module;
  return {
    id: newRadiographId(),
    name,
    format: 'dicom',
    width,
    height,
    pixels,
    bitsStored,
    signed,
    photometricInterpretation,
    ...levels,
    ...study,
    ...(dicomReference && { dicomReference }),
    ...(frame.count > 1 && { frame }),
    synthetic: dataSet.text(TAG.syntheticData)?.toUpperCase() === 'YES',
    notes: [...said, ...noteOf(frame), ...notes, ...levels.notes, ...study.notes],
  };
}

function noteOf({ number, count }: FrameOfFile): readonly string[] {
  return count > 1 ? [`The file holds ${count} frames; frame ${number} is shown.`] : [];
}

/** How values become light. Values that are indices of a palette are what they stand for. */
async function shownAs(
  dataSet: DicomDataSet,
  module: PixelModule,
  pixels: StoredPixels,
  frame: number,
  name: string,
): Promise<{ readonly levels: GreyLevels & Partial<Radiograph>; readonly bitsStored: number }> {
  if (module.palette) {
    const { greyOfPalette } = await import('./palette');
    const levels = greyOfPalette(dataSet, pixels, module.signed, name);
    return { levels, bitsStored: levels.bitsStored };
  }
  // Fewer bits travel in the eight that everything else has at least; more than 16 have been found to fit into 16.
  const bitsStored = Math.min(16, Math.max(8, module.bitsStored));
  return { levels: readGreyLevels(dataSet, module, pixels, frame), bitsStored };
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
