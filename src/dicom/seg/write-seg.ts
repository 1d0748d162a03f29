/**
 * Masks of one radiograph as a DICOM segmentation: BINARY, one frame a segment (DICOM PS3.3 A.51). Where the radiograph's UIDs
 * are known the segmentation is in its study, of its patient where that is known, and names it; else it stands alone, of nobody.
 */

import type { DicomReference, Mask, Radiograph } from '../../imaging/radiograph';
import { INSIDE } from '../../imaging/mask-runs';
import { encodeFile, type Attributes } from '../encode';
import { code, emptyPatientAndStudy, imageOf, instanceOf, timeOf } from '../modules';
import { newUid } from '../uid';
import type { Segment } from './read-seg';
import { SEG, SEGMENTATION_STORAGE } from './seg-tags';

export interface SegmentationOptions {
  readonly version: string;
  /** Of the radiograph that is named. Absent: archives that file by the patient keep the segmentation apart from it. */
  readonly patientAndStudy?: Attributes | undefined;
  readonly now?: Date;
  readonly uid?: () => string;
}

/** Longest value of VR LO. */
const LABEL_LENGTH = 64;

/**
 * @param segments at least one, all of the radiograph's size; values of 128 and more are inside
 * @throws RangeError when there is no segment
 */
export function writeSegmentation(
  radiograph: Pick<Radiograph, 'width' | 'height' | 'dicomReference' | 'frame' | 'patientOrientation'>,
  segments: readonly Segment[],
  { version, patientAndStudy, now = new Date(), uid = newUid }: SegmentationOptions,
): Uint8Array {
  if (segments.length === 0) throw new RangeError('A segmentation needs at least one segment.');
  const { dicomReference: reference, frame, patientOrientation } = radiograph;
  const [instance, organisation] = [uid(), uid()];
  const { date, time } = timeOf(now);
  return encodeFile(SEGMENTATION_STORAGE, instance, {
    '00080005': ['CS', 'ISO_IR 192'],
    '00080008': ['CS', 'DERIVED\\PRIMARY'],
    '00080016': ['UI', SEGMENTATION_STORAGE],
    '00080018': ['UI', instance],
    ...emptyPatientAndStudy(),
    ...patientAndStudy,
    '00080023': ['DA', date],
    '00080033': ['TM', time],
    '00080060': ['CS', 'SEG'],
    '0020000D': ['UI', reference?.studyInstanceUid ?? uid()],
    '0020000E': ['UI', uid()],
    '00200011': ['IS', '1'],
    '00200013': ['IS', '1'],
    // Empty where the source does not say: nobody checked which side is which.
    '00200020': ['CS', patientOrientation?.join('\\') ?? ''],
    '00080070': ['LO', 'Counterpart'],
    '00081090': ['LO', 'Counterpart'],
    '00181000': ['LO', '0'],
    '00181020': ['LO', version],
    ...pixels(radiograph, segments),
    ...dimensions(organisation),
    [SEG.segmentationType]: ['CS', 'BINARY'],
    [SEG.segmentSequence]: ['SQ', segments.map(describe)],
    [SEG.sharedGroups]: ['SQ', [{}]],
    [SEG.perFrameGroups]: [
      'SQ',
      segments.map((_, index) => frameGroups(index + 1, reference && imageOf(reference, frame))),
    ],
    ...(reference && { [SEG.referencedSeriesSequence]: ['SQ', [series(reference)]] }),
    '00700080': ['CS', 'MASKS'],
    '00700081': ['LO', reference ? 'Masks of a radiograph' : 'Masks of a radiograph without DICOM identity'],
    '00700084': ['PN', ''],
  });
}

function pixels({ width, height }: Pick<Radiograph, 'width' | 'height'>, segments: readonly Segment[]): Attributes {
  return {
    '00280002': ['US', [1]],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280008': ['IS', String(segments.length)],
    '00280010': ['US', [height]],
    '00280011': ['US', [width]],
    '00280100': ['US', [1]],
    '00280101': ['US', [1]],
    '00280102': ['US', [0]],
    '00280103': ['US', [0]],
    '00282110': ['CS', '00'],
    '7FE00010': ['OB', packed(segments.map(({ mask }) => mask))],
  };
}

/** Frames follow each other bit by bit, the first pixel in the lowest bit (PS3.5 section 8.1.1). */
function packed(masks: readonly Mask[]): Uint8Array {
  const bits = masks.reduce((sum, { data }) => sum + data.length, 0);
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  let bit = 0;
  for (const { data } of masks) {
    for (const value of data) {
      if (value >= INSIDE) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (bit & 7));
      bit++;
    }
  }
  return bytes;
}

/** Frames are told apart by their segment. */
function dimensions(organisation: string): Attributes {
  return {
    '00209221': ['SQ', [{ '00209164': ['UI', organisation] }]],
    '00209222': [
      'SQ',
      [
        {
          '00209164': ['UI', organisation],
          '00209165': ['AT', [SEG.referencedSegmentNumber]],
          '00209167': ['AT', [SEG.segmentIdentificationSequence]],
          '00209421': ['LO', 'ReferencedSegmentNumber'],
        },
      ],
    ],
  };
}

function describe({ label }: Segment, index: number): Attributes {
  return {
    [SEG.segmentNumber]: ['US', [index + 1]],
    [SEG.segmentLabel]: ['LO', label.replaceAll('\\', '/').slice(0, LABEL_LENGTH)],
    '00620008': ['CS', 'SEMIAUTOMATIC'],
    '00620009': ['LO', 'Counterpart'],
    '00620003': ['SQ', [code('309825002', 'SCT', 'Spatial and Relational Concept')]],
    '0062000F': ['SQ', [code('111030', 'DCM', 'Image Region')]],
  };
}

function frameGroups(segment: number, image: Attributes | undefined): Attributes {
  const derivation: Attributes | undefined = image && {
    '00089215': ['SQ', [code('113076', 'DCM', 'Segmentation')]],
    [SEG.sourceImageSequence]: [
      'SQ',
      [
        {
          ...image,
          '0040A170': ['SQ', [code('121322', 'DCM', 'Source image for image processing operation')]],
        },
      ],
    ],
  };
  return {
    '00209111': ['SQ', [{ '00209157': ['UL', [segment]] }]],
    [SEG.segmentIdentificationSequence]: ['SQ', [{ [SEG.referencedSegmentNumber]: ['US', [segment]] }]],
    // Of nothing that DICOM knows: without the (empty) sequence a place in a patient would have to be stated (PS3.3 A.51.5).
    [SEG.derivationImageSequence]: ['SQ', derivation ? [derivation] : []],
  };
}

function series(reference: DicomReference): Attributes {
  return {
    '0020000E': ['UI', reference.seriesInstanceUid],
    [SEG.referencedInstanceSequence]: ['SQ', [instanceOf(reference)]],
  };
}
