/** The image pixel module (PS3.3 C.7.6.3): how large the image is and how its values lie in the pixel data. */

import { checkSize } from '../imaging/errors';
import type { PhotometricInterpretation } from '../imaging/radiograph';
import type { DicomDataSet } from './data-set';
import { CorruptDicomError, UnsupportedBitsError, UnsupportedPhotometricError } from './errors';
import { TAG } from './tags';

export interface PixelModule {
  readonly width: number;
  readonly height: number;
  readonly bitsAllocated: 8 | 16 | 32;
  /** 1 to what is allocated. */
  readonly bitsStored: number;
  /** 3: red, green and blue, which have to agree. */
  readonly samples: 1 | 3;
  /** Of three samples: each colour's plane by itself, in place of the three of a pixel side by side. */
  readonly planar: boolean;
  /** Position of the most significant bit; bitsStored - 1 but in old files. */
  readonly highBit: number;
  readonly signed: boolean;
  /** What is shown: MONOCHROME1 is bright where values are low. */
  readonly photometricInterpretation: PhotometricInterpretation;
  /** Values are indices into tables of colours. */
  readonly palette: boolean;
  readonly notes: readonly string[];
}

/** @throws CorruptDicomError, UnsupportedPhotometricError, UnsupportedBitsError, ImageTooSmallError, ImageTooLargeError */
export function readPixelModule(dataSet: DicomDataSet, name: string): PixelModule {
  const { photometricInterpretation, notes } = readPolarity(dataSet, name);
  const height = dataSet.unsigned(TAG.rows);
  const width = dataSet.unsigned(TAG.columns);
  if (height === undefined || width === undefined)
    throw new CorruptDicomError(name, 'it does not state the size of its image');
  checkSize(name, width, height);
  const samples = dataSet.unsigned(TAG.samplesPerPixel) === 3 ? 3 : 1;
  const planar = dataSet.unsigned(TAG.planarConfiguration) === 1;
  const bits = readBits(dataSet, name);
  if (samples === 3 && (bits.bitsAllocated !== 8 || bits.bitsStored !== 8 || bits.signed))
    throw new UnsupportedPhotometricError(name, `RGB of ${String(bits.bitsStored)} bits`);
  const palette = dataSet.text(TAG.photometricInterpretation)?.toUpperCase() === 'PALETTE COLOR';
  return {
    width,
    height,
    photometricInterpretation,
    palette,
    samples,
    planar,
    ...bits,
    notes: [...notes, ...bits.notes],
  };
}

function readPolarity(dataSet: DicomDataSet, name: string): Pick<PixelModule, 'photometricInterpretation' | 'notes'> {
  const stated = dataSet.text(TAG.photometricInterpretation)?.toUpperCase();
  const samples = dataSet.unsigned(TAG.samplesPerPixel) ?? 1;
  // What JPEG keeps as luminance and colour is decoded to red, green and blue.
  const compressed = dataSet.element(TAG.pixelData)?.encapsulatedPixelData === true;
  if (samples === 3 && (stated === 'RGB' || (compressed && /^YBR_FULL(?:_422)?$/.test(stated ?? ''))))
    return { photometricInterpretation: 'MONOCHROME2', notes: [] };
  if (samples !== 1) throw new UnsupportedPhotometricError(name, stated ?? `unstated, with ${samples} samples a pixel`);
  if (stated === undefined) {
    return {
      photometricInterpretation: 'MONOCHROME2',
      notes: ['The file states no photometric interpretation; MONOCHROME2 is assumed.'],
    };
  }
  if (stated === 'PALETTE COLOR') return { photometricInterpretation: 'MONOCHROME2', notes: [] };
  if (stated !== 'MONOCHROME1' && stated !== 'MONOCHROME2') throw new UnsupportedPhotometricError(name, stated);
  const shape = dataSet.text(TAG.presentationLutShape)?.toUpperCase();
  if (shape === 'INVERSE' && stated === 'MONOCHROME2') {
    return {
      photometricInterpretation: 'MONOCHROME1',
      notes: ['Shown inverted, as the file’s presentation LUT shape asks.'],
    };
  }
  if (shape === 'IDENTITY' && stated === 'MONOCHROME1') {
    return {
      photometricInterpretation: 'MONOCHROME1',
      notes: ['The presentation LUT shape contradicts MONOCHROME1 and was left out.'],
    };
  }
  return { photometricInterpretation: stated, notes: [] };
}

function readBits(
  dataSet: DicomDataSet,
  name: string,
): Pick<PixelModule, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed' | 'notes'> {
  const bitsAllocated = dataSet.unsigned(TAG.bitsAllocated) ?? 16;
  const stated = dataSet.unsigned(TAG.bitsStored) ?? bitsAllocated;
  if ((bitsAllocated !== 8 && bitsAllocated !== 16 && bitsAllocated !== 32) || stated < 1) {
    throw new UnsupportedBitsError(name, String(bitsAllocated), String(stated));
  }
  const notes: string[] = [];
  const bitsStored = Math.min(stated, bitsAllocated);
  if (bitsStored < 8) notes.push(`The file keeps ${bitsStored} bits a pixel: few greys to work with.`);
  if (stated > bitsAllocated)
    notes.push(`The file states ${stated} bits stored in ${bitsAllocated}; ${bitsAllocated} are read.`);
  let highBit = dataSet.unsigned(TAG.highBit) ?? bitsStored - 1;
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    notes.push('The file states an impossible high bit; it was left out.');
    highBit = bitsStored - 1;
  }
  return { bitsAllocated, bitsStored, highBit, signed: dataSet.unsigned(TAG.pixelRepresentation) === 1, notes };
}
